import { cleanCharacters } from './order.ts';

/** One line: as `cleanCharacters`, with line ends turned into spaces. */
export function cleanLine(text: string): string {
  return cleanCharacters(text).replace(/\n+/g, ' ');
}

/** Paragraphs, one a line, parted by one blank line. `clean(clean(x)) === clean(x)`. */
export function clean(text: string): string {
  return cleanCharacters(text).replace(/\n+/g, '\n\n');
}

/** Ends as a sentence or a clause does: `قال ذلك.`, `نعم؟"`, `as follows:`. */
const SENTENCE_END = /[.!?؟…。۔:;؛][\])}"'»”’]*$/;
/** A line that starts a new thing whatever came before: a list item, a dialogue dash, a quote, a date label. */
const FRESH_START = /^(?:[-–—•*▪●◄►]\s|\d{1,2}[.)]\s)/;
/** Mail and old terminals wrap at 60-80 columns; narrower is verse or a list, wider is a paragraph a line. */
const WRAP_MIN = 50;
const WRAP_MAX = 100;

/**
 * Joins lines that an editor broke in the middle of a sentence. Only where the text shows that it is wrapped: at least
 * four lines in a row and most of all filled lines end without a sentence end between 50 and 100 characters.
 */
export function unwrapLines(lines: readonly string[]): string[] {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  if (width > WRAP_MAX) return [...lines];
  const filled = lines.filter((line) => line !== '');
  const broken = filled.filter((line) => line.length >= WRAP_MIN && !SENTENCE_END.test(line));
  if (filled.length < 4 || broken.length < filled.length * 0.4) return [...lines];
  // A line is full when the next word would not have fitted; words of 18 characters are rare in any language here.
  const full = width - 18;
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const goesOn = open && line !== '' && !FRESH_START.test(line);
    if (goesOn) joined[joined.length - 1] += ` ${line}`;
    else joined.push(line);
    open = line.length >= full;
  }
  return joined;
}
