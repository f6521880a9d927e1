import { type FoldedLine, foldLines } from './fold.ts';
import { isStopped, type LineSigns } from './line-signs.ts';

/** A line of a text, and what it turns out to be. */
export interface Line extends LineSigns, FoldedLine {
  role: 'title' | 'body' | 'byline' | 'drop' | null;
  reason: string;
}

/** Running text: this many words with a comma or an end, or twice as many without. */
const PARAGRAPH_WORDS = 12;
/** Words of a line that is running text however it ends. */
export const LONG_WORDS = 25;
/** A headline has hardly more words. */
export const HEADLINE_WORDS = 35;
/** Longer lines are not compared with phrases: text, or bait for a regular expression. */
export const MAX_FURNITURE_CHARS = 700;

/** The lines that are not empty, none of them judged yet, and what they are together when folded. */
export function asLines(written: readonly string[]): { lines: Line[]; folded: string } {
  const texts = written.filter((text) => text !== '');
  const { folded, lines } = foldLines(texts);
  return {
    folded,
    lines: lines.map((line, i) => {
      const text = texts[i] as string;
      return {
        text,
        folded: text.length <= MAX_FURNITURE_CHARS ? line.folded : text.toLowerCase(),
        words: line.words,
        hasLatin: line.hasLatin,
        hasOther: line.hasOther,
        role: null,
        reason: '',
      };
    }),
  };
}

/** Judges a line to be no part of the article. @param reason a slug, as `Dropped` has it. */
export function drop(line: Line, reason: string): void {
  line.role = 'drop';
  line.reason = reason;
}

/** Whether the line is running text, as far as nothing else was made of it. */
export function isParagraph(line: Line): boolean {
  if (line.role !== null) return false;
  if (line.words >= LONG_WORDS) return true;
  return line.words >= PARAGRAPH_WORDS && isStopped(line.text);
}
