/**
 * Words already met, as they were written, with what was found out about them. A slot has two hashes of a word's code units,
 * finding and watched lexeme: a look costs one cache line, compares no letter and folds none. New words take the places of old ones: it
 * never grows, and hostile words cannot make it slow.
 */
export interface WordCache {
  readonly slots: Int32Array;
  /** The factors of the two hashes. */
  readonly factors: readonly [number, number];
  /** Whether the next word goes in its first slot. */
  turn: boolean;
}

/** Numbers of a slot: both hashes, finding, watched lexeme. An empty one is all zeros, so that memory is touched only where words are. */
export const SLOT = 4;
const SLOT_BITS = 16;
/** Slots: an hour of news has some 60,000 different words. */
export const CACHE_SIZE = 1 << SLOT_BITS;

/** A cache without words, whose hashes follow from a number that those who write texts do not know. */
export function createCache(seed: number): WordCache {
  return {
    slots: new Int32Array(CACHE_SIZE * SLOT),
    factors: [factor(seed), factor(Math.imul(seed, 0x9e3779b1))],
    turn: false,
  };
}

/**
 * A factor for a rolling hash. Of this remainder the powers differ by the least powers of two that there are, so that words of
 * which letters changed places have different hashes for certain; any two words have the same two with a chance of 2^-64.
 */
function factor(seed: number): number {
  return (seed & ~7) | 5;
}

/** Forgets all words. */
export function clearCache(cache: WordCache): void {
  cache.slots.fill(0);
}

/** The first of a word's two slots; the other is beside it, in the same cache line. */
export function slotOf(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> (32 - SLOT_BITS)) * SLOT;
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
