/**
 * Words already met, as they were written, with what was found out about them. A slot of 32 bytes holds hash, key, finding
 * and up to ten code units, so that a look costs one cache line and folds no letter. A full neighbourhood is
 * overwritten: hostile words cannot make it slow.
 */
export interface WordCache {
  readonly slots: Int32Array;
  /** The same memory, unit by unit. */
  readonly units: Uint16Array;
  /** Longer words, by the languages they were met in: one in twenty or fewer. */
  readonly long: Map<string, number>[];
  /** Whether the next word to go is one at home. */
  turn: boolean;
}

/** Numbers of a slot: hash, key, finding, and units from `FIRST_UNIT` on. */
export const SLOT = 8;
export const FIRST_UNIT = 6;
/** Units of a word that has a slot. */
export const SLOT_UNITS = 10;
/** Slots: an hour of news has some 60,000 different words. */
export const CACHE_SIZE = 1 << 16;
const EMPTY = -1;
/** Long words remembered, for the languages at hand. */
const MAX_LONG_WORDS = 1 << 13;
/** Longer stretches without a gap are no words, and would only take room. */
const MAX_LONG = 96;

/** The short word at hand: one object for all, since a look allocates nothing. */
export interface ShortWord {
  units: Uint16Array;
  start: number;
  length: number;
  hash: number;
  key: number;
  /** The slot that it should have; the other that it may have is `home ^ SLOT`, in the same line of memory. */
  home: number;
}

/** A cache without words. */
export function createCache(): WordCache {
  const slots = new Int32Array(CACHE_SIZE * SLOT).fill(EMPTY);
  return { slots, units: new Uint16Array(slots.buffer), long: [], turn: false };
}

/** Forgets all words. */
export function clearCache(cache: WordCache): void {
  cache.slots.fill(EMPTY);
  cache.long.length = 0;
}

/** The finding of a word that is not in its home slot, or -1. */
export function findNear({ slots, units: known }: WordCache, word: ShortWord): number {
  const { units, start, length, hash, key, home } = word;
  const slot = home ^ SLOT;
  if (slots[slot] !== hash || slots[slot + 1] !== key) return -1;
  const from = slot * 2 + FIRST_UNIT;
  for (let i = 0; i < length; i++) if (known[from + i] !== units[start + i]) return -1;
  return slots[slot + 2] as number;
}

/** Keeps a word in one of its slots: in one that is free, or else in either by turns. */
export function keep(cache: WordCache, word: ShortWord, finding: number): void {
  const { slots } = cache;
  const { units, start, length, home } = word;
  const isHome = slots[home + 1] === EMPTY || (slots[(home ^ SLOT) + 1] !== EMPTY && cache.turn);
  const slot = isHome ? home : home ^ SLOT;
  cache.turn = !cache.turn;
  slots[slot] = word.hash;
  slots[slot + 1] = word.key;
  slots[slot + 2] = finding;
  const from = slot * 2 + FIRST_UNIT;
  for (let i = 0; i < length; i++) cache.units[from + i] = units[start + i] as number;
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
