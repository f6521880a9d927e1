import { at, characterTable } from './characters.ts';
import { lay } from './rewriting.ts';
import { textOf } from './text-units.ts';

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
  return (isInOrder(text) ? text : (tidied(text) ?? putInOrder(text))).trim();
}

/** All of it, whatever the text holds, in nine passes. */
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

/**
 * Most texts are: one look at each character instead of nine passes, without a branch that the machine could guess wrong.
 * Right when it says yes; a no costs time only.
 */
function isInOrder(text: string): boolean {
  const known = ORDERS.units;
  const { units } = lay(text).from;
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

/** What becomes of a character whatever stands beside it; `hard` where that is not known. */
const BECOMES = { itself: 0, sign: 1, nothing: 2, space: 3, lineEnd: 4, hard: 5 } as const;

const TIDIED = characterTable((character) => {
  if (ARABIC_SIGN.test(character)) return BECOMES.sign;
  if (/[\p{M}\u1100-\u11ff\u200c\ud800-\udfff]/u.test(character)) return BECOMES.hard;
  // Between letters, since at the ends of a line spaces are taken away.
  const [, written = ''] = /^a(.*)b$/s.exec(putInOrder(`a${character}b`)) ?? [];
  if (written === character)
    return BECOMES[character === '\n' ? 'lineEnd' : character === ' ' ? 'space' : 'itself'];
  if (written === '') return BECOMES.nothing;
  if (written === ' ') return BECOMES.space;
  return written === '\n' ? BECOMES.lineEnd : BECOMES.hard;
}, 'tidied');

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20];

/**
 * Half of all other texts hold only spaces, line ends and characters to leave out that are not as they should be: those are
 * put in order in one walk. Null where a text holds more.
 */
function tidied(text: string): string | null {
  const { from, to } = lay(text);
  const { units: read } = from;
  const { units: written } = to;
  let length = 0;
  let before: number = BECOMES.itself;
  for (let i = 0; i < text.length; i++) {
    const unit = read[i] as number;
    const now = at(TIDIED, unit);
    if (now === BECOMES.hard || (now === BECOMES.sign && before === BECOMES.sign)) return null;
    if (now === BECOMES.nothing) continue;
    if (now === BECOMES.lineEnd) {
      // CR LF is one.
      if (unit === LF && read[i - 1] === CR) continue;
      if (before === BECOMES.space) length--;
    }
    if (now === BECOMES.space && (before === now || before === BECOMES.lineEnd)) continue;
    written[length++] = now === BECOMES.space ? SPACE : now === BECOMES.lineEnd ? LF : unit;
    before = now;
  }
  return textOf(to, length);
}
