import type { Suffix } from '../watchlist/affixes.ts';
import { ARABIC_SUFFIXES, RUSSIAN_SUFFIXES } from '../watchlist/suffixes.ts';
import { type EndingTables, LETTER_BITS, LETTERS_OF_SCRIPT, packEnd } from './packed-end.ts';

function endingsOf(before: number, suffixes: ReadonlyMap<number, readonly Suffix[]>): EndingTables {
  const empty = suffixes.get(0) ?? [];
  const rowOf = new Array<number>(LETTERS_OF_SCRIPT ** 2).fill(0);
  const rows = [empty];
  for (const [letter, list] of suffixes) {
    if (letter === 0) continue;
    const lastButOne = ({ letters }: Suffix) => letters.charCodeAt(letters.length - 2) - before;
    const long = list.filter(({ letters }) => letters.length > 1);
    const short = list.filter(({ letters }) => letters.length === 1);
    const key = (index: number) => (index << LETTER_BITS) | (letter - before);
    for (let index = 0; index < LETTERS_OF_SCRIPT; index++) rowOf[key(index)] = rows.length;
    rows.push([...empty, ...short]);
    for (const index of new Set(long.map(lastButOne))) {
      rowOf[key(index)] = rows.length;
      rows.push([...empty, ...list.filter((s) => short.includes(s) || lastButOne(s) === index)]);
    }
  }
  const entries = rows.map((row) => row.flatMap(entryOf(before)));
  const start = [0];
  for (const row of entries) start.push((start.at(-1) as number) + row.length);
  return {
    before,
    rowOf: Uint8Array.from(rowOf),
    start: Int32Array.from(start),
    entries: Int32Array.from(entries.flat()),
  };
}

function entryOf(before: number): (suffix: Suffix) => number[] {
  return ({ letters, classes, indefinite, forms }) => {
    const units = Uint16Array.from(letters, (letter) => letter.charCodeAt(0));
    const { length } = units;
    const bits = 2 ** (length * LETTER_BITS) - 1;
    return [packEnd(before, units, length), bits, length, classes, indefinite, forms];
  };
}

/** The suffixes of each script. Worked out when a bundle is built (`infra/evaluated.ts`). */
export const ARABIC: EndingTables = endingsOf(0x61f, ARABIC_SUFFIXES);
export const RUSSIAN: EndingTables = endingsOf(0x42f, RUSSIAN_SUFFIXES);
