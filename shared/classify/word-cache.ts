/**
 * Words already met, as they were written, with what was found out about them. A slot of 32 bytes holds hash, key and sign,
 * finding and up to ten code units, so that a look costs one cache line and folds no letter. New words take the places of old
 * ones: it never grows, and hostile words cannot make it slow.
 */
export interface WordCache {
  readonly slots: Int32Array;
  /** The same memory, unit by unit. */
  readonly units: Uint16Array;
  /** Longer words, by the languages they were met in: one in twenty or fewer. */
  readonly long: Map<string, number>[];
  /** Whether the next word goes in its first slot. */
  turn: boolean;
}

/** Numbers of a slot: hash; key, and from `SIGN_SHIFT` on the sign; finding; then units, from `FIRST_UNIT` on. */
export const SLOT = 8;
export const SIGN_SHIFT = 8;
const KEY_BITS = 0xff;
const FIRST_UNIT = 6;
/** Pairs of units in a slot. */
export const PAIRS = 5;
/** Units of a word that has a slot. */
export const SLOT_UNITS = PAIRS * 2;
/** Slots: an hour of news has some 60,000 different words. */
export const CACHE_SIZE = 1 << 16;
const EMPTY = -1;
/** The slot behind all others: what was found out about the long word at hand. */
export const LONG_SLOT = CACHE_SIZE * SLOT;
/** Long words remembered, for the languages at hand. */
const MAX_LONG_WORDS = 1 << 13;
/** Longer stretches without a gap are no words, and would only take room. */
const MAX_LONG = 96;

/** What a short word must have in common with a slot beside hash and units: its length, and the languages it was met in. */
export function keyOf(length: number, languages: number): number {
  return (languages << 4) | length;
}

/** What of each pair of units belongs to a word of `length` units: from `length * PAIRS` on. */
export const MASKS: Int32Array = buildMasks();

function buildMasks(): Int32Array {
  const masks = new Int32Array((SLOT_UNITS + 1) * PAIRS);
  for (let length = 0; length <= SLOT_UNITS; length++) {
    for (let pair = 0; pair < PAIRS; pair++) {
      const units = length - pair * 2;
      masks[length * PAIRS + pair] = units >= 2 ? -1 : units === 1 ? 0xffff : 0;
    }
  }
  return masks;
}

/** Whether a slot holds a word of this hash, key and pairs of units. */
export function holds(
  slots: Int32Array,
  slot: number,
  hash: number,
  key: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
): boolean {
  const differs =
    ((slots[slot] as number) ^ hash) |
    (((slots[slot + 1] as number) & KEY_BITS) ^ key) |
    ((slots[slot + 3] as number) ^ a) |
    ((slots[slot + 4] as number) ^ b) |
    ((slots[slot + 5] as number) ^ c) |
    ((slots[slot + 6] as number) ^ d) |
    ((slots[slot + 7] as number) ^ e);
  return differs === 0;
}

/** A short word of the text at hand. */
export interface ShortWord {
  readonly units: Uint16Array;
  readonly start: number;
  readonly length: number;
  readonly hash: number;
  readonly key: number;
}

/** A cache without words. */
export function createCache(): WordCache {
  const slots = new Int32Array((CACHE_SIZE + 1) * SLOT).fill(EMPTY);
  return { slots, units: new Uint16Array(slots.buffer), long: [], turn: false };
}

/** Forgets all words. */
export function clearCache(cache: WordCache): void {
  cache.slots.fill(EMPTY);
  cache.long.length = 0;
}

/** Keeps a word in one of its two slots, in one that is free or else in either by turns, and says in which. */
export function keep(
  cache: WordCache,
  one: number,
  word: ShortWord,
  finding: number,
  sign: number,
): number {
  const { slots } = cache;
  const { units, start, length } = word;
  const other = one ^ SLOT;
  const isFree = (slot: number) => slots[slot + 1] === EMPTY;
  const slot = isFree(other) || (!isFree(one) && cache.turn) ? other : one;
  cache.turn = !cache.turn;
  slots.fill(0, slot, slot + SLOT);
  slots[slot] = word.hash;
  slots[slot + 1] = word.key | (sign << SIGN_SHIFT);
  slots[slot + 2] = finding;
  const from = slot * 2 + FIRST_UNIT;
  for (let i = 0; i < length; i++) cache.units[from + i] = units[start + i] as number;
  return slot;
}

/** The finding of a long word, or -1. */
export function findLong({ long }: WordCache, languages: number, word: string): number {
  return long[languages]?.get(word) ?? -1;
}

/** Keeps a long word. */
export function keepLong(cache: WordCache, languages: number, word: string, finding: number): void {
  if (word.length > MAX_LONG) return;
  cache.long[languages] ??= new Map();
  if (cache.long[languages].size >= MAX_LONG_WORDS) cache.long[languages].clear();
  // A slice would keep the whole text that it is of.
  cache.long[languages].set(Buffer.from(word, 'utf16le').toString('utf16le'), finding);
}
