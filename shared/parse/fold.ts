import { countRuns, LETTER, MARK, NUMBER, propertiesOf } from '../text/characters.ts';
import {
  KEPT_SHIFT,
  lay,
  learn,
  MARKS_SHIFT,
  type Rewriting,
  rewriting,
  SPACE_SHIFT,
  UNIT,
} from '../text/rewriting.ts';
import { textOf } from '../text/text-units.ts';

/** For comparing lines with known phrases: lower case, no marks, tatweel or invisible characters, one alef, yeh, heh, kaf; ASCII digits and apostrophes; single spaces. */
export function fold(text: string): string {
  const { from, to } = lay(text);
  const { isPlain, end } = walk(text, from.units, 0, to.units, 0);
  return isPlain ? textOf(to, end) : foldSlowly(text);
}

const foldSlowly = (text: string): string => oneSpace(foldCharacters(text)).trim();

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
  /** Whether it has a letter of ASCII. */
  readonly hasLatin: boolean;
  /** Whether it has a character of the Arabic or the Cyrillic script. */
  readonly hasOther: boolean;
}

/** Lines folded, and in one text. */
export interface FoldedLines {
  /** All of them, one a line. */
  readonly folded: string;
  readonly lines: readonly FoldedLine[];
}

/** Folds lines and counts in them, all in one walk: every line of an article is asked for all of this. */
export function foldLines(lines: readonly string[]): FoldedLines {
  const { from, to } = lay(lines.join('\n'));
  const walked: Walked[] = [];
  let place = 0;
  let length = 0;
  for (const line of lines) {
    const one = walk(line, from.units, place, to.units, length);
    walked.push(one);
    place += line.length + 1;
    length = one.end;
    to.units[length++] = LINE_END;
  }
  const folded = textOf(to, Math.max(0, length - 1));
  const plain = walked.map(({ start, end, words, marks }) => ({
    folded: folded.slice(start, end),
    words,
    hasLatin: (marks & MARKED.latin) !== 0,
    hasOther: (marks & MARKED.other) !== 0,
  }));
  if (walked.every(({ isPlain }) => isPlain)) return { folded, lines: plain };
  const all = plain.map((line, i) => {
    const text = lines[i] as string;
    return walked[i]?.isPlain
      ? line
      : { ...line, folded: foldSlowly(text), words: countWords(text) };
  });
  return { folded: all.map((line) => line.folded).join('\n'), lines: all };
}

interface Walked {
  /** Where the folded line stands in all that is written. */
  readonly start: number;
  readonly end: number;
  /** All its characters could be folded by themselves. */
  readonly isPlain: boolean;
  readonly words: number;
  /** What some of its characters are, as `MARKED` has it. */
  readonly marks: number;
}

const LINE_END = 0x0a;

/**
 * Folds the line that stands at `place`, to `start`: white space as one space and none at its ends. The loop has no branch: of
 * a text that was never seen the machine guesses every second one wrong.
 */
function walk(
  line: string,
  read: Uint16Array,
  place: number,
  written: Uint16Array,
  start: number,
): Walked {
  const { units } = FOLDS;
  // In a bundle only what a function holds itself is constant to the engine.
  const [keptShift, spaceShift, wordShift] = [KEPT_SHIFT, SPACE_SHIFT, MARKS_SHIFT];
  const end = place + line.length;
  let length = start;
  let gap = 1;
  let all = -1;
  let words = 0;
  let before = 0;
  let any = 0;
  for (let i = place; i < end; i++) {
    const unit = units[read[i] as number] as number;
    const kept = (unit >>> keptShift) & 1;
    const space = (unit >>> spaceShift) & 1;
    written[length] = unit;
    length += kept & ~(space & gap);
    gap = space | (gap & ~kept);
    all &= unit;
    const word = (unit >>> wordShift) & 1;
    words += word & ~before;
    before = word;
    any |= unit;
  }
  if ((all & UNIT.known) === 0) {
    learn(FOLDS, line);
    return walk(line, read, place, written, start);
  }
  const isPlain = (all & UNIT.plain) !== 0;
  return {
    start,
    end: length > start ? length - gap : start,
    isPlain,
    words,
    marks: any >>> MARKS_SHIFT,
  };
}

/** Words and numbers in a text. */
export function countWords(text: string): number {
  return countRuns(text, WORD, ZWNJ);
}
