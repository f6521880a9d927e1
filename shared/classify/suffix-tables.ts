import {
  ARABIC_SUFFIXES,
  PREFIX,
  PREFIXES_OF,
  RUSSIAN_SUFFIXES,
  type Suffix,
} from '../watchlist/affixes.ts';

/** Suffixes by the last letter of the word (from `FIRST_LETTER`; the empty one at 0), with the classes that they may end. */
export type SuffixTable = readonly (readonly Suffix[] | undefined)[];

export const FIRST_LETTER = 0x3ff;

/** The table of a prefix: only what may stand behind it. */
function tableFor(
  suffixes: ReadonlyMap<number, readonly Suffix[]>,
  classes: number,
  definite: boolean,
): SuffixTable {
  const table: (readonly Suffix[] | undefined)[] = new Array(0x300).fill(undefined);
  for (const [letter, list] of suffixes) {
    const fitting = list
      .map((s) => ({ ...s, classes: s.classes & classes & (definite ? ~s.indefinite : -1) }))
      .filter((s) => s.classes !== 0);
    if (fitting.length > 0) table[letter === 0 ? 0 : letter - FIRST_LETTER] = fitting;
  }
  return table;
}

/** The classes that may follow prefixes of some kinds. */
function classesAfter(kinds: number): number {
  return Object.entries(PREFIXES_OF).reduce(
    (classes, [cls, allowed]) => (allowed & kinds ? classes | Number(cls) : classes),
    0,
  );
}

const arabic = (kinds: number, definite = false) =>
  tableFor(ARABIC_SUFFIXES, classesAfter(kinds), definite);
export const BARE = arabic(PREFIX.none);
export const PREPOSITION = arabic(PREFIX.preposition);
export const DEFINITE = arabic(PREFIX.definite, true);
export const IMPERFECT = arabic(PREFIX.imperfect);
export const SHORT_IMPERFECT = arabic(PREFIX.imperfect | PREFIX.shortImperfect);
export const RUSSIAN = tableFor(RUSSIAN_SUFFIXES, -1, false);
