import { MAX_LETTERS } from './analyse.ts';

/**
 * Words already analysed. Open addressing; a slot of 32 bytes holds the hash, the key, the row, where the letters beyond the
 * eighth are, and the first eight, so that a look costs one cache line. A full neighbourhood is overwritten, and in a text
 * with too many words the last ones are not kept: hostile words cannot make it slow.
 */
export interface Cache {
  readonly slots: Int32Array;
  /** The same memory, letter by letter. */
  readonly letters: Uint16Array;
  /** The letters of long words beyond the eighth. */
  readonly rest: Uint16Array;
  used: number;
  restUsed: number;
}

export const SLOT = 8;
export const INLINE_LETTERS = 8;
/** Where in a slot, counted in letters, its letters start. */
export const SLOT_LETTERS = 8;

/** Words remembered: an hour of news has some 60,000 different ones. */
export const CACHE_SIZE = 1 << 16;
export const CACHE_REST = CACHE_SIZE * 2;
export const CACHE_PROBES = 8;

export function createCache(): Cache {
  const slots = new Int32Array(CACHE_SIZE * SLOT).fill(-1);
  const letters = new Uint16Array(slots.buffer);
  return { slots, letters, rest: new Uint16Array(CACHE_REST), used: 0, restUsed: 0 };
}

/** The letters of the word at hand; a power of two, so that a mask keeps any length inside. */
export const letters = new Uint16Array(64);
export const LETTER_MASK = letters.length - 1;

export function hasLetters(cache: Cache, slot: number, length: number): boolean {
  const from = slot * 2 + SLOT_LETTERS;
  const inline = Math.min(length, INLINE_LETTERS);
  for (let i = 0; i < inline; i++) if (cache.letters[from + i] !== letters[i]) return false;
  const rest = (cache.slots[slot + 3] as number) - INLINE_LETTERS;
  for (let i = inline; i < length; i++) if (cache.rest[rest + i] !== letters[i]) return false;
  return true;
}

export function keep(
  cache: Cache,
  slot: number,
  hash: number,
  key: number,
  length: number,
  row: number,
): void {
  const { slots } = cache;
  if (cache.restUsed + MAX_LETTERS > CACHE_REST || cache.used > CACHE_SIZE * 0.9) return;
  if (slots[slot + 1] === -1) cache.used++;
  slots[slot] = hash;
  slots[slot + 1] = key;
  slots[slot + 2] = row;
  slots[slot + 3] = cache.restUsed;
  const from = slot * 2 + SLOT_LETTERS;
  const inline = Math.min(length, INLINE_LETTERS);
  for (let i = 0; i < inline; i++) cache.letters[from + i] = letters[i] as number;
  for (let i = inline; i < length; i++) cache.rest[cache.restUsed++] = letters[i] as number;
}
