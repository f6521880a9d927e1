import { randomBytes } from 'node:crypto';

/**
 * Words already met, as they were written, with what was found out about them. A slot has two hashes of a word's code units,
 * finding and watched lexeme: a look costs one cache line, compares no letter and folds none. New words take the places of
 * old ones: it never grows, and hostile words cannot make it slow.
 */
export interface WordCache {
  readonly slots: Int32Array;
  /** The factors of the two hashes and what the second begins with: drawn by lot, so that nobody can write a word that is taken for another. */
  readonly secrets: readonly [number, number, number];
  /** Whether the next word goes in its first slot. */
  turn: boolean;
}

/** Numbers of a slot: both hashes, finding, watched lexeme. An empty one is all zeros, so that memory is touched only where words are. */
export const SLOT = 4;
const SLOT_BITS = 16;
/** Slots: an hour of news has some 60,000 different words. */
export const CACHE_SIZE = 1 << SLOT_BITS;

/** A cache without words. What is found does not depend on the lot: two words are taken for one with a chance of 2^-64. */
export function createCache(): WordCache {
  const lot = randomBytes(12);
  const factor = (at: number) => (lot.readInt32LE(at) & ~7) | LEAST_ALIKE;
  return {
    slots: new Int32Array(CACHE_SIZE * SLOT),
    secrets: [factor(0), factor(4), lot.readInt32LE(8)],
    turn: false,
  };
}

/** What a factor leaves when divided by 8: its powers then differ by the least powers of two, and so do words whose letters changed places. */
const LEAST_ALIKE = 5;

/** Forgets all words. */
export function clearCache(cache: WordCache): void {
  cache.slots.fill(0);
}

/** The first of a word's two slots; the other is beside it, in the same cache line. */
export function slotOf(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> (32 - SLOT_BITS)) * SLOT;
}

/** Whether a slot has the word of these hashes. */
export function holds(slots: Int32Array, slot: number, hash: number, other: number): boolean {
  return (((slots[slot] as number) ^ hash) | ((slots[slot + 1] as number) ^ other)) === 0;
}

/** Keeps a word in one of its two slots, in one that is free or else in either by turns, and says in which. */
export function keep(
  cache: WordCache,
  hash: number,
  other: number,
  finding: number,
  lexeme: number,
): number {
  const { slots } = cache;
  const one = slotOf(hash);
  const two = one ^ SLOT;
  const isFree = (slot: number) => ((slots[slot] as number) | (slots[slot + 1] as number)) === 0;
  const slot = !isFree(one) && (isFree(two) || cache.turn) ? two : one;
  cache.turn = !cache.turn;
  slots[slot] = hash;
  slots[slot + 1] = other;
  slots[slot + 2] = finding;
  slots[slot + 3] = lexeme;
  return slot;
}
