import type { Tables } from '../watchlist/artifact.ts';

/** How stems begin, so that most words need not be looked up at all. */
export interface Beginnings {
  /** For the first three letters of a word (hashed) the lengths of the stems that begin so, as bits. */
  readonly beginnings: Int32Array;
  /** Whether stems of one or two letters begin so. */
  readonly shortBeginnings: Uint8Array;
}

const BEGINNINGS = 1 << 15;
const SHORT_BEGINNINGS = 1 << 12;

function beginningOf(a: number, b: number, c: number): number {
  return (Math.imul((a << 11) ^ (b << 5) ^ c, 0x9e3779b1) >>> 17) & (BEGINNINGS - 1);
}

function shortBeginningOf(a: number, b: number): number {
  return (Math.imul((a << 6) ^ b, 0x9e3779b1) >>> 20) & (SHORT_BEGINNINGS - 1);
}

/** The lengths of stems by how they begin. Lengths from 31 on share a bit. */
export function beginningsOf({ stemStart, pool, stemClass }: Tables): Beginnings {
  const beginnings = new Int32Array(BEGINNINGS);
  const shortBeginnings = new Uint8Array(SHORT_BEGINNINGS);
  for (let id = 0; id < stemClass.length; id++) {
    const start = stemStart[id] as number;
    const length = (stemStart[id + 1] as number) - start;
    const [a, b] = [pool[start] as number, pool[start + 1] as number];
    if (length <= 2) shortBeginnings[shortBeginningOf(a, length === 2 ? b : 0)] = 1;
    else {
      const key = beginningOf(a, b, pool[start + 2] as number);
      beginnings[key] = (beginnings[key] as number) | (1 << Math.min(length, 31));
    }
  }
  return { beginnings, shortBeginnings };
}

/** The lengths, as bits, of the stems that may begin at a letter of the word at hand. */
export function lengthsAt(
  by: Beginnings,
  letters: Uint16Array,
  from: number,
  length: number,
): number {
  const left = length - from;
  const a = letters[from] as number;
  const b = letters[from + 1] as number;
  if (left === 1) return (by.shortBeginnings[shortBeginningOf(a, 0)] as number) << 1;
  const two = (by.shortBeginnings[shortBeginningOf(a, b)] as number) << 2;
  if (left < 3) return two;
  return two | (by.beginnings[beginningOf(a, b, letters[from + 2] as number)] as number);
}
