import { hashLetters, spread } from './hash.ts';
import type { Lexeme } from './lexicon.ts';

/** What is known of a lexeme's stem stands together, so that the analysis of a word reads it from one place in memory. */
export const STEM = {
  /** Numbers of a stem. */
  size: 3,
  /** The first: where its letters stand in the pool. */
  letters: 0,
  /** The second: its class, and the bits of `STEM_MARKS`. */
  marks: 1,
  /** The third: `FORM` bits that it has by itself. */
  forms: 2,
} as const;
export const STEM_MARKS = {
  lengthShift: 15,
  length: 63,
  languagesShift: 21,
  capitalsShift: 25,
  capitals: 3,
  /** Some rule's pattern uses it. */
  watched: 1 << 27,
} as const;

/** Bits of a slot that are a lexeme and one, so that 0 is an empty slot; the others are a piece of its stem's hash. */
export function lexemeBits(lexemes: number): number {
  return 32 - Math.clz32(lexemes);
}

/** The stems, their letters, and where to find them by hash. */
export interface StemTables {
  readonly stems: Int32Array<ArrayBuffer>;
  readonly pool: Uint16Array<ArrayBuffer>;
  readonly slots: Int32Array<ArrayBuffer>;
  /** A bit for each hash that there is. */
  readonly stemBits: Int32Array<ArrayBuffer>;
}

/** Bits for each slot of the stems' table: with these, fifteen of sixteen stretches that are no stem need no look into the table. */
const BITS_A_SLOT = 8;

/** Lays down the stems of all lexemes; of those that are `watched` some rule's pattern has need. */
export function buildStems(
  lexemes: readonly Lexeme[],
  watched: ReadonlySet<number>,
  multiplier: number,
): StemTables {
  let size = 16;
  while (size < lexemes.length * 1.5) size *= 2;
  const slots = new Int32Array(size);
  const stemBits = new Int32Array((size * BITS_A_SLOT) / 32);
  const stems = new Int32Array(lexemes.length * STEM.size);
  const pool = new Uint16Array(lexemes.reduce((sum, { letters }) => sum + letters.length, 0));
  const bits = lexemeBits(lexemes.length);
  let start = 0;
  lexemes.forEach((lexeme, id) => {
    const { letters, forms } = lexeme;
    stems.set([start, marksOf(lexeme, watched.has(id)), forms], id * STEM.size);
    for (let i = 0; i < letters.length; i++) pool[start++] = letters.charCodeAt(i);
    const mixed = spread(hashLetters(letters, multiplier));
    const word = (mixed >>> 5) & (stemBits.length - 1);
    stemBits[word] = (stemBits[word] as number) | (1 << mixed);
    let slot = mixed & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = ((mixed >>> bits) << bits) | (id + 1);
  });
  return { stems, pool, slots, stemBits };
}

function marksOf({ letters, cls, capitals, languages }: Lexeme, isWatched: boolean): number {
  // No word is as long as the longest that has room here.
  const length = Math.min(letters.length, STEM_MARKS.length);
  return (
    cls |
    (length << STEM_MARKS.lengthShift) |
    (languages << STEM_MARKS.languagesShift) |
    (capitals << STEM_MARKS.capitalsShift) |
    (isWatched ? STEM_MARKS.watched : 0)
  );
}
