/** Properties of a character, as bits. */
export const LETTER = 1;
export const MARK = 2;
export const NUMBER = 4;

const PROPERTIES: readonly (readonly [number, RegExp])[] = [
  [LETTER, /\p{L}/u],
  [MARK, /\p{M}/u],
  [NUMBER, /\p{N}/u],
];

/** What a function says of characters, as far as it was asked. */
export interface CharacterTable {
  /** By code point: a page of 256 to each 256 of them. */
  readonly pages: Int32Array[];
  readonly value: (character: string) => number;
}

const PAGE = 256;
const PAGES = 0x110000 / PAGE;
const UNKNOWN = -1;
/** Stands for every page of which no text had a character yet. */
const EMPTY = new Int32Array(PAGE).fill(UNKNOWN);

/**
 * A table over all code points of a function that is too slow to be asked of every character of every article. It asks once
 * for a character, when a text first has it: an article uses some eighty.
 * @param value its results are 0 or more.
 */
export function characterTable(value: (character: string) => number): CharacterTable {
  return { pages: new Array<Int32Array>(PAGES).fill(EMPTY), value };
}

/** What the table says of a code point. */
export function at(table: CharacterTable, code: number): number {
  const known = (table.pages[code >> 8] as Int32Array)[code & 0xff] as number;
  return known === UNKNOWN ? ask(table, code) : known;
}

function ask({ pages, value }: CharacterTable, code: number): number {
  if (pages[code >> 8] === EMPTY) pages[code >> 8] = EMPTY.slice();
  const found = value(String.fromCodePoint(code));
  (pages[code >> 8] as Int32Array)[code & 0xff] = found;
  return found;
}

const properties = characterTable((character) =>
  PROPERTIES.reduce((bits, [bit, pattern]) => (pattern.test(character) ? bits | bit : bits), 0),
);

/** The properties of a code point. */
export function propertiesOf(code: number): number {
  return at(properties, code);
}

/** How many stretches of characters there are that have one of these properties; `also` counts as if it had. */
export function countRuns(text: string, wanted: number, also = -1): number {
  let runs = 0;
  let isInside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    const fits = code === also || (propertiesOf(code) & wanted) !== 0;
    if (fits && !isInside) runs++;
    isInside = fits;
  }
  return runs;
}

/** Whether at least so many characters have one of these properties. */
export function hasCharacters(text: string, wanted: number, least: number): boolean {
  let count = 0;
  for (let i = 0; i < text.length && count < least; i++) {
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    if ((propertiesOf(code) & wanted) !== 0) count++;
  }
  return count >= least;
}

/** In a table for `rewrite`: the character is left out. */
export const LEFT_OUT = 0xffff;
/** In a table for `rewrite`: what becomes of the character depends on its neighbours, or is more than one. */
export const INTRICATE = 0xfffe;

let buffer = new Uint16Array(4_096);
/** `apply` takes no more arguments than fit the stack. */
const CHUNK = 8_192;

/**
 * The text with each UTF-16 unit replaced by what the table says of it; null if it holds an intricate one. White space (a
 * plain space in the table) becomes one space, none at the ends.
 */
export function rewrite(text: string, table: CharacterTable): string | null {
  if (buffer.length < text.length) buffer = new Uint16Array(text.length * 2);
  const units = buffer;
  let length = 0;
  let hasGap = false;
  for (let i = 0; i < text.length; i++) {
    const unit = at(table, text.charCodeAt(i));
    if (unit === LEFT_OUT) continue;
    if (unit === INTRICATE) return null;
    if (unit === 0x20) {
      hasGap = length > 0;
      continue;
    }
    if (hasGap) {
      units[length++] = 0x20;
      hasGap = false;
    }
    units[length++] = unit;
  }
  let rewritten = '';
  for (let from = 0; from < length; from += CHUNK) {
    const part = units.subarray(from, Math.min(length, from + CHUNK));
    rewritten += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  return rewritten;
}

/** Vowel signs of Arabic that never join their letter into one character. */
const ARABIC_SIGN = /[\u064b-\u0652\u0670]/;
/** Σ ends a word as ς; jamo join into syllables; half of a surrogate pair says nothing. */
const NEEDS_NEIGHBOURS = /[\u03a3\u1100-\u11ff\ud800-\udfff]/;

/**
 * A table for `rewrite` from a function of whole strings that normalises by NFKC, lowers and then replaces characters one
 * by one: what it makes of a character alone is what it makes of it anywhere, but for the characters that compose.
 */
export function rewriteTable(rewriteOne: (text: string) => string): CharacterTable {
  return characterTable((character) => {
    if (NEEDS_NEIGHBOURS.test(character)) return INTRICATE;
    const isSign = ARABIC_SIGN.test(character);
    if (!isSign && /\p{M}/u.test(character.normalize('NFKC').toLowerCase())) return INTRICATE;
    const rewritten = rewriteOne(character);
    if (rewritten === '') return LEFT_OUT;
    // What stands for these two values would be taken for them.
    return rewritten.length === 1 ? Math.min(rewritten.charCodeAt(0), INTRICATE) : INTRICATE;
  });
}
