/** Properties of a character, as bits. */
export const LETTER = 1;
export const MARK = 2;
export const NUMBER = 4;

const PROPERTIES: readonly (readonly [number, RegExp])[] = [
  [LETTER, /\p{L}/u],
  [MARK, /\p{M}/u],
  [NUMBER, /\p{N}/u],
];

const PAGE = 256;
const UNKNOWN = -1;

/**
 * A table over all code points of a function that is too slow to be asked of every character of every article. It asks once
 * for a character, when a text first has it: an article uses some eighty.
 * @param value its results are 0 or more.
 */
export function pagedTable(value: (character: string) => number): (code: number) => number {
  const pages: (Int32Array | undefined)[] = [];
  const look = (code: number): number => {
    const page = pages[code >> 8] ?? new Int32Array(PAGE).fill(UNKNOWN);
    pages[code >> 8] = page;
    const found = value(String.fromCodePoint(code));
    page[code & 0xff] = found;
    return found;
  };
  return (code) => {
    const known = pages[code >> 8]?.[code & 0xff] ?? UNKNOWN;
    return known === UNKNOWN ? look(code) : known;
  };
}

/** The properties of a code point. */
export const propertiesOf = pagedTable((character) =>
  PROPERTIES.reduce((bits, [bit, pattern]) => (pattern.test(character) ? bits | bit : bits), 0),
);

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
export function rewrite(text: string, table: (code: number) => number): string | null {
  if (buffer.length < text.length) buffer = new Uint16Array(text.length * 2);
  const units = buffer;
  let length = 0;
  let hasGap = false;
  for (let i = 0; i < text.length; i++) {
    const unit = table(text.charCodeAt(i));
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
export function rewriteTable(rewriteOne: (text: string) => string): (code: number) => number {
  return pagedTable((character) => {
    if (NEEDS_NEIGHBOURS.test(character)) return INTRICATE;
    const isSign = ARABIC_SIGN.test(character);
    if (!isSign && /\p{M}/u.test(character.normalize('NFKC').toLowerCase())) return INTRICATE;
    const rewritten = rewriteOne(character);
    if (rewritten === '') return LEFT_OUT;
    // What stands for these two values would be taken for them.
    return rewritten.length === 1 ? Math.min(rewritten.charCodeAt(0), INTRICATE) : INTRICATE;
  });
}
