import {
  ARABIC_SUFFIXES,
  PREFIX,
  PREFIXES_OF,
  RUSSIAN_SUFFIXES,
  type Suffix,
} from '../watchlist/affixes.ts';

/** The suffixes of a script in flat arrays: a new word is compared with the few that its last two letters leave. */
export interface Endings {
  /** The code unit before the script's first letter: its letters count from 1, all others as 0. */
  readonly before: number;
  /** The row of a word, by its last two letters. */
  readonly rowOf: Uint8Array;
  /** Row i is [start[i], start[i + 1]) of `entries`, which has `ENTRY` numbers for each suffix. */
  readonly start: Int32Array;
  readonly entries: Int32Array;
}

/** The numbers of an entry: packed letters, which bits they take, how many they are, and the suffix's own. */
const ENTRY = 6;
const LETTER_BITS = 6;
const LETTERS_OF_SCRIPT = 1 << LETTER_BITS;
/** The longest suffix (اتهما) has as many letters. */
const MAX_SUFFIX = 5;

function endingsOf(before: number, suffixes: ReadonlyMap<number, readonly Suffix[]>): Endings {
  const empty = suffixes.get(0) ?? [];
  const rowOf = new Uint8Array(LETTERS_OF_SCRIPT ** 2);
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
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    start[i + 1] = (start[i] as number) + row.length * ENTRY;
  });
  return { before, rowOf, start, entries: Int32Array.from(rows.flat().flatMap(entryOf(before))) };
}

function entryOf(before: number): (suffix: Suffix) => number[] {
  return ({ letters, classes, indefinite, forms }) => {
    const units = Uint16Array.from(letters, (letter) => letter.charCodeAt(0));
    const { length } = units;
    const bits = 2 ** (length * LETTER_BITS) - 1;
    return [packEnd(before, units, length), bits, length, classes, indefinite, forms];
  };
}

/** The last letters of a word in one number, the last of all lowest. */
function packEnd(before: number, letters: Uint16Array, length: number): number {
  let packed = 0;
  for (let back = length < MAX_SUFFIX ? length : MAX_SUFFIX; back > 0; back--) {
    const index = (letters[length - back] as number) - before;
    packed = (packed << LETTER_BITS) | (index > 0 && index < LETTERS_OF_SCRIPT ? index : 0);
  }
  return packed;
}

export const ARABIC: Endings = endingsOf(0x61f, ARABIC_SUFFIXES);
export const RUSSIAN: Endings = endingsOf(0x42f, RUSSIAN_SUFFIXES);

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
export function findEnds(endings: Endings, letters: Uint16Array, length: number): void {
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
  return Object.entries(PREFIXES_OF).reduce(
    (classes, [cls, allowed]) => (allowed & kinds ? classes | Number(cls) : classes),
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
