import { AT_START, isWordStart, type Openings } from './phrase-index.ts';

/** Anywhere in a line three letters are of some word or other. */
const ANYWHERE = 6;
/** What furniture may have before its first word: bullets, arrows, brackets. */
const SKIPPED = '^[^\\p{L}\\d]*';

/** What a match may begin with so far; done when nothing can be added. */
interface Opening {
  readonly text: string;
  readonly isDone: boolean;
}

/**
 * What a match of a pattern can begin with; null when that cannot be said. `^[^\p{L}\d]*(?:see (?:also|more)|more:)` gives
 * `see` and `mor` at the start.
 */
export function openingsOf({ source, ignoreCase }: RegExp): Openings | null {
  if (ignoreCase) return null;
  const anchored = readAll(source, AT_START);
  const words = anchored.texts.map(fromWord);
  const isAtStart = anchored.isAtStart && !words.includes('');
  const texts = isAtStart ? [...new Set(words)] : readAll(source, ANYWHERE).texts;
  return texts.includes('') ? null : { texts, isAtStart };
}

/** From the first letter or digit on: ` comments` is `comments`. */
function fromWord(text: string): string {
  let at = 0;
  while (at < text.length && !isWordStart(text, at)) at++;
  return text.slice(at);
}

/** Of each alternative, after the anchor that it has or has not. */
function readAll(source: string, length: number): Openings {
  const cursor = { source, at: 0, length };
  const texts = new Set<string>();
  let isAtStart = true;
  for (; cursor.at < source.length; cursor.at++) {
    if (source.startsWith(SKIPPED, cursor.at)) cursor.at += SKIPPED.length;
    else if (source[cursor.at] === '^') cursor.at++;
    else isAtStart = false;
    for (const { text } of readSequence(cursor, [{ text: '', isDone: false }])) texts.add(text);
  }
  return { texts: [...texts], isAtStart };
}

interface Cursor {
  readonly source: string;
  at: number;
  /** How many characters of an opening are wanted. */
  readonly length: number;
}

/** Alternatives up to the end of their group. */
function readChoice(cursor: Cursor, before: readonly Opening[]): Opening[] {
  const all: Opening[] = [];
  for (;;) {
    all.push(...readSequence(cursor, before));
    const end = cursor.source[cursor.at++];
    if (end !== '|') return all;
  }
}

function readSequence(cursor: Cursor, before: readonly Opening[]): readonly Opening[] {
  const { source } = cursor;
  let now = before;
  while (cursor.at < source.length && source[cursor.at] !== '|' && source[cursor.at] !== ')') {
    if (now.every(({ isDone }) => isDone)) skipTerms(cursor);
    else now = readQuantified(cursor, now);
  }
  return now;
}

function readQuantified(cursor: Cursor, before: readonly Opening[]): readonly Opening[] {
  const after = readTerm(cursor, before);
  const sign = cursor.source[cursor.at] ?? '';
  if (!'?*+{'.includes(sign) || sign === '') return after;
  const end = sign === '{' ? cursor.source.indexOf('}', cursor.at) : cursor.at;
  const mayBeAbsent = sign === '?' || sign === '*' || cursor.source[cursor.at + 1] === '0';
  cursor.at = end + 1;
  if (cursor.source[cursor.at] === '?') cursor.at++;
  const once = sign === '?' ? after : after.map(done);
  return mayBeAbsent ? [...before, ...once] : once;
}

const done = ({ text }: Opening): Opening => ({ text, isDone: true });

function readTerm(cursor: Cursor, before: readonly Opening[]): readonly Opening[] {
  const { source, at } = cursor;
  const first = source[at] as string;
  if (first === '(') {
    const isPlain = source[at + 1] !== '?' || source[at + 2] === ':';
    if (!isPlain) {
      // What a look-around asks for makes the openings fewer, never more; a named group may be anything.
      skipTerm(cursor);
      return /^\(\?<\w/.test(source.slice(at, at + 4)) ? before.map(done) : before;
    }
    cursor.at += source[at + 1] === '?' ? 3 : 1;
    return readChoice(cursor, before);
  }
  skipTerm(cursor);
  const written = source.slice(at, cursor.at);
  if (first === '[' && !/[\\^-]/.test(written))
    return [...written.slice(1, -1)].flatMap((character) =>
      extend(before, character, cursor.length),
    );
  if (written === '\\d')
    return DIGITS.flatMap((digit) => extend(before, digit, cursor.length)).map(done);
  // Folded lines have no other white space.
  if (written === '\\s') return extend(before, ' ', cursor.length);
  // `\.` is a full stop; `\d`, `\s`, `\p{L}` and the rest are kinds of characters.
  const isKind = first === '\\' && /[\w]/.test(written[1] ?? '');
  if (first === '[' || isKind || first === '.' || first === '^' || first === '$')
    return before.map(done);
  return extend(before, first === '\\' ? written.slice(1) : written, cursor.length);
}

const PLAIN = /[^|()[\\]+/y;

/** As `skipTerm`, and over all plain characters at once: most of a pattern is behind its openings. */
function skipTerms(cursor: Cursor): void {
  PLAIN.lastIndex = cursor.at;
  if (PLAIN.test(cursor.source)) cursor.at = PLAIN.lastIndex;
  else skipTerm(cursor);
}

const DIGITS = [...'0123456789'];

/** Steps over a character, an escape, a class or a group. */
function skipTerm(cursor: Cursor): void {
  const { source } = cursor;
  const first = source[cursor.at];
  cursor.at++;
  if (first === '\\') {
    const hasBraces = source[cursor.at + 1] === '{';
    cursor.at = hasBraces ? source.indexOf('}', cursor.at) + 1 : cursor.at + 1;
  } else if (first === '[') {
    while (source[cursor.at] !== ']') cursor.at += source[cursor.at] === '\\' ? 2 : 1;
    cursor.at++;
  } else if (first === '(') {
    while (source[cursor.at] !== ')') skipTerm(cursor);
    cursor.at++;
  }
}

function extend(before: readonly Opening[], character: string, length: number): Opening[] {
  return before.map((opening) => {
    if (opening.isDone) return opening;
    const text = opening.text + character;
    return { text, isDone: text.length >= length };
  });
}
