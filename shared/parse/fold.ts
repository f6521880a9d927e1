import { countRuns, LETTER, MARK, NUMBER, propertiesOf } from '../text/characters.ts';
import {
  KEPT_SHIFT,
  lay,
  learn,
  MARKS_SHIFT,
  type Rewriting,
  rewrite,
  rewriting,
  SPACE_SHIFT,
  UNIT,
} from '../text/rewriting.ts';
import { textOf } from '../text/text-units.ts';

/** For comparing lines with known phrases: lower case, no marks, tatweel or invisible characters, one alef, yeh, heh, kaf; ASCII digits and apostrophes; single spaces. */
export function fold(text: string): string {
  return rewrite(text, FOLDS) ?? oneSpace(foldCharacters(text)).trim();
}

function foldCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Mn}|\p{Cf}|\u0640/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ');

/** Joins no letters, but parts no words: می‌شود is one. */
const ZWNJ = 0x200c;

/** What words and numbers are made of. */
const WORD = LETTER | MARK | NUMBER;

/** What is counted of a line beside folding it, as marks of its characters. */
const MARKED = { word: 1, latin: 2, other: 4 } as const;
const LATIN_SHIFT = MARKS_SHIFT + 1;
const OTHER_SHIFT = MARKS_SHIFT + 2;

function marksOf(character: string): number {
  const code = character.charCodeAt(0);
  const isWord = (propertiesOf(code) & WORD) !== 0 || code === ZWNJ;
  const isOther = /[\u0620-\u06ff\u0400-\u04ff]/.test(character);
  return (
    (isWord ? MARKED.word : 0) |
    (/[A-Za-z]/.test(character) ? MARKED.latin : 0) |
    (isOther ? MARKED.other : 0)
  );
}

const FOLDS: Rewriting = rewriting((character) => oneSpace(foldCharacters(character)), {
  name: 'fold',
  marksOf,
});

/** A line folded, with what is counted in it. */
export interface FoldedLine {
  readonly folded: string;
  /** As `countWords` counts. */
  readonly words: number;
  /** Letters of ASCII. */
  readonly latin: number;
  /** Characters of the Arabic and the Cyrillic script. */
  readonly other: number;
}

/** Folds a line and counts in it, in one walk as `rewrite` does it: every line of an article is asked for all of this. */
export function foldLine(text: string): FoldedLine {
  const { from, to } = lay(text);
  const { units: read } = from;
  const { units: written } = to;
  const { units } = FOLDS;
  const end = text.length;
  let length = 0;
  let gap = 1;
  let all = -1;
  let words = 0;
  let before = 0;
  let latin = 0;
  let other = 0;
  for (let i = 0; i < end; i++) {
    const unit = units[read[i] as number] as number;
    const kept = (unit >>> KEPT_SHIFT) & 1;
    const space = (unit >>> SPACE_SHIFT) & 1;
    written[length] = unit;
    length += kept & ~(space & gap);
    gap = space | (gap & ~kept);
    all &= unit;
    const word = (unit >>> MARKS_SHIFT) & 1;
    words += word & ~before;
    before = word;
    latin += (unit >>> LATIN_SHIFT) & 1;
    other += (unit >>> OTHER_SHIFT) & 1;
  }
  if ((all & UNIT.known) === 0) {
    learn(FOLDS, text);
    return foldLine(text);
  }
  if ((all & UNIT.plain) === 0)
    return { folded: fold(text), words: countWords(text), latin, other };
  return { folded: textOf(to, length - (length > 0 ? gap : 0)), words, latin, other };
}

/** Words and numbers in a text. */
export function countWords(text: string): number {
  return countRuns(text, WORD, ZWNJ);
}
