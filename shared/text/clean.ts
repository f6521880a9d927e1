import { at, characterTable } from './characters.ts';
import { copyUnits, createUnits } from './text-units.ts';

/**
 * The one place where characters are put in order. Everything a reader finds passes through here once:
 *
 * | what | becomes | why |
 * | --- | --- | --- |
 * | CR LF, CR, NEL, VT, FF, U+2028, U+2029 | LF | one kind of line end |
 * | NBSP, thin, ideographic and other spaces, tab | one space | pages fill empty lines and thousands with NBSP |
 * | bidi marks, embeddings and isolates (U+061C, U+200E/F, U+202A-E, U+2066-9) | nothing | they split words that a reader sees whole |
 * | U+200B, U+200D, U+2060, U+FEFF, soft hyphen, CGJ, other format characters | nothing | as above |
 * | U+200C (ZWNJ) | kept between two letters of the Arabic script, else nothing | it is spelling in Persian: می‌شود |
 * | tatweel U+0640 | nothing | ســـلاح is سلاح |
 * | presentation forms (U+FB50-FDFF, U+FE70-FEFF, U+FB00-FB06) | the letters they stand for | PDF and old editors write ﻻ for لا |
 * | control characters, noncharacters, private use, U+FFFC, U+FFFD, lone surrogates | nothing | not text; the decoder has counted U+FFFD before |
 * | what remains | NFC | أ as one character |
 */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
const ZWNJ = /(?<![\u0620-\u06ff])\u200c|\u200c(?![\u0620-\u06ff])/g;
const INVISIBLE = /(?!\u200c)\p{Cf}|[\u0640\ufffc\ufffd]|\u034f/gu;
const NOT_TEXT = /(?![\n\t])\p{Cc}|[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/gu;
const PRESENTATION = /[\ufb00-\ufb06\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+/g;

/** Characters put in order, line by line; lines and blank lines stay where they are. Idempotent. */
export function cleanCharacters(text: string): string {
  return (isInOrder(text) ? text : putInOrder(text)).trim();
}

function putInOrder(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(NOT_TEXT, '')
    .replace(INVISIBLE, '')
    .replace(PRESENTATION, (forms) => forms.normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(ZWNJ, '')
    .replace(SPACES, ' ')
    .replace(/ ?\n ?/g, '\n')
    .normalize('NFC');
}

/** What a character may be for a text to be in order already: any, as long as its neighbours are as told. */
const ORDER = { plain: 0, mark: 1, space: 2, line: 3, never: 4 } as const;
const ARABIC_SIGN = /[\u064b-\u0652\u0670]/;

const ORDERS = characterTable((character) => {
  if (character === ' ') return ORDER.space;
  if (character === '\n') return ORDER.line;
  if (ARABIC_SIGN.test(character)) return ORDER.mark;
  // Other marks and jamo may join what stands before them.
  const mayJoin = /[\p{M}\u1100-\u11ff\u200c]/u.test(character);
  return mayJoin || putInOrder(character) !== character ? ORDER.never : ORDER.plain;
}, 'order');

const KINDS = 5;
/**
 * Which character may not stand behind which, a bit for each pair: nothing beside `never`, no two marks, since NFC sorts them,
 * no space at a space or behind a line end, no line end behind a space.
 */
const DISORDER = pairs(
  ...Object.values(ORDER).flatMap((kind) => [[kind, ORDER.never] as const]),
  [ORDER.mark, ORDER.mark],
  [ORDER.space, ORDER.space],
  [ORDER.line, ORDER.space],
  [ORDER.space, ORDER.line],
);

function pairs(...all: readonly (readonly [before: number, now: number])[]): number {
  return all.reduce((bits, [before, now]) => bits | (1 << (before * KINDS + now)), 0);
}

let room = createUnits(4_096);

/**
 * Most texts are: one look at each character instead of nine passes, without a branch that the machine could guess wrong.
 * Right when it says yes; a no costs time only.
 */
function isInOrder(text: string): boolean {
  const known = ORDERS.units;
  room = copyUnits(room, text);
  const { units } = room;
  const end = text.length;
  // In a bundle only what a function holds itself is constant to the engine.
  const [wrong, kinds] = [DISORDER, KINDS];
  let before: number = ORDER.plain;
  let disorder = 0;
  for (let i = 0; i < end; i++) {
    const unit = units[i] as number;
    const stored = known[unit] as number;
    const now = stored === 0 ? at(ORDERS, unit) : stored - 1;
    disorder |= wrong >>> (before * kinds + now);
    before = now;
  }
  return (disorder & 1) === 0;
}

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
