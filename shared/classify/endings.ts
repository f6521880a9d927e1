import { PREFIX, PREFIXES_OF } from '../watchlist/affixes.ts';
import { ENTRY, type EndingTables, LETTERS_OF_SCRIPT, packEnd } from './packed-end.ts';

/** More suffixes than any word ends in. */
const ROOM = 16;

/** The suffixes that the word at hand ends in: where the stem before each ends, and what it may end. */
export const ends = {
  count: 0,
  end: new Int32Array(ROOM),
  classes: new Int32Array(ROOM),
  indefinite: new Int32Array(ROOM),
  forms: new Int32Array(ROOM),
};

/** Puts the suffixes of the word in `letters[0..length)` into `ends`. */
export function findEnds(endings: EndingTables, letters: Uint16Array, length: number): void {
  const { before, rowOf, start, entries } = endings;
  const packed = packEnd(before, letters, length);
  const row = rowOf[packed & (LETTERS_OF_SCRIPT ** 2 - 1)] as number;
  const last = start[row + 1] as number;
  let count = 0;
  for (let at = start[row] as number; at < last && count < ROOM; at += ENTRY) {
    const end = length - (entries[at + 2] as number);
    if ((packed & (entries[at + 1] as number)) !== entries[at] || end <= 0) continue;
    ends.end[count] = end;
    ends.classes[count] = entries[at + 3] as number;
    ends.indefinite[count] = entries[at + 4] as number;
    ends.forms[count++] = entries[at + 5] as number;
  }
  ends.count = count;
}

/** The classes that may follow prefixes of some kinds. */
function classesAfter(kinds: number): number {
  return PREFIXES_OF.reduce(
    (classes, [cls, allowed]) => (allowed & kinds ? classes | cls : classes),
    0,
  );
}

/** The classes behind each kind of prefix. */
export const BEHIND = {
  bare: classesAfter(PREFIX.none),
  preposition: classesAfter(PREFIX.preposition),
  definite: classesAfter(PREFIX.definite),
  imperfect: classesAfter(PREFIX.imperfect),
  shortImperfect: classesAfter(PREFIX.imperfect | PREFIX.shortImperfect),
  anything: -1,
} as const;
