import { LETTER, NUMBER, propertiesOf } from '../text/characters.ts';
import { rewrite, rewriting } from '../text/rewriting.ts';
import { fold } from './fold.ts';
import { drop, HEADLINE_WORDS, type Line } from './line.ts';
import { CREDIT, isByline, isStopped } from './line-signs.ts';

/** The headline: repeated before the text, or the first line that can be one. */
export function findTitle(lines: readonly Line[], firstParagraph: number): string | null {
  const end = firstParagraph < 0 ? lines.length : firstParagraph;
  const head = lines.slice(0, end).filter((line) => line.role === null);
  const canBe = head.filter(
    (line) => line.words <= HEADLINE_WORDS && (line === lines[0] || !isByline(line)),
  );
  const repeated = canBe.find(
    (line) => line.words >= 3 && head.some((o) => o !== line && o.folded.includes(line.folded)),
  );
  const first = canBe.find((line) => line.words >= 4 && !CREDIT.test(line.folded));
  const longest = canBe.reduce<Line | null>(
    (a, b) => (a !== null && a.words >= b.words ? a : b),
    null,
  );
  return (repeated ?? first ?? longest)?.text ?? firstLineTitle(lines, firstParagraph);
}

/** A long headline on the first line passes for a paragraph: it has no full stop and longer text follows. */
function firstLineTitle(lines: readonly Line[], firstParagraph: number): string | null {
  const first = lines[0];
  if (firstParagraph !== 0 || first === undefined || lines.length < 2) return null;
  const next = lines[1] as Line;
  const isHeadline =
    first.words <= HEADLINE_WORDS && !isStopped(first.text) && next.words > first.words;
  return isHeadline ? first.text : null;
}

/** Takes the headline and its copies out of the lines: `title`, `title | site`, `title title`. */
export function markTitle(lines: readonly Line[], title: string, given: boolean): void {
  const wanted = letters(fold(title));
  if (wanted === '') return;
  let found = given;
  for (const line of lines) {
    if (line.role === 'drop' || line.words > HEADLINE_WORDS * 3) continue;
    if (!mayBeCopy(line.folded, wanted)) continue;
    const own = letters(line.folded);
    if (own === wanted && !found) {
      line.role = 'title';
      found = true;
    } else if (isCopy(own, wanted)) drop(line, 'repeated-title');
  }
}

const notLetters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const LETTERS_ONLY = rewriting(notLetters, { name: 'letters' });
const letters = (folded: string): string => rewrite(folded, LETTERS_ONLY) ?? notLetters(folded);

/** How many letters may stand around the copies of a headline. */
const AROUND = 3;
/** Letters of a headline that are looked for at the first letters of a line. */
const HEAD = 3;
const GLANCE_CHARS = 48;
const glance = new Uint16Array(AROUND + HEAD);

/** Whether the headline begins at one of the first letters of a line: a look that spares most lines the whole one. */
function mayBeCopy(folded: string, wanted: string): boolean {
  let letters = 0;
  for (let i = 0; i < GLANCE_CHARS && i < folded.length && letters < glance.length; i++) {
    const unit = folded.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdfff) return true;
    if ((propertiesOf(unit) & (LETTER | NUMBER)) !== 0) glance[letters++] = unit;
  }
  if (letters < glance.length || wanted.length < HEAD) return true;
  const [a, b, c] = [wanted.charCodeAt(0), wanted.charCodeAt(1), wanted.charCodeAt(2)];
  for (let i = 0; i <= AROUND; i++)
    if (glance[i] === a && glance[i + 1] === b && glance[i + 2] === c) return true;
  return false;
}

/** Nothing but the headline, once or more, is left of the line. */
function isCopy(own: string, wanted: string): boolean {
  if (own === wanted) return true;
  if (wanted.length < 8 || own.length <= wanted.length || !own.includes(wanted)) return false;
  return own.split(wanted).join('').length <= AROUND;
}
