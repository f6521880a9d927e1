import { register } from './character-register.ts';

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
  /** By UTF-16 unit, what it said, and one more; 0 where it was not asked yet. */
  readonly units: Uint16Array;
  /** The same of the characters that take two units. */
  readonly pairs: Map<number, number>;
  readonly value: (character: string) => number;
}

/**
 * A table over all code points of a function that is too slow to be asked of every character of every article. It asks once
 * for a character, when a text first has it: an article uses some eighty.
 * @param value its results are from 0 to 65,534.
 * @param name under which a bundle knows the common characters.
 */
export function characterTable(
  value: (character: string) => number,
  name: string | null = null,
): CharacterTable {
  const table = { units: new Uint16Array(0x10000), pairs: new Map<number, number>(), value };
  if (name !== null) register(name, table.units, (code) => at(table, code));
  return table;
}

/** What the table says of a code point. */
export function at(table: CharacterTable, code: number): number {
  const known = code > 0xffff ? (table.pairs.get(code) ?? 0) : (table.units[code] as number);
  return known === 0 ? ask(table, code) : known - 1;
}

/** Asks the table's function, once for a character. */
function ask({ units, pairs, value }: CharacterTable, code: number): number {
  const found = value(String.fromCodePoint(code));
  if (code > 0xffff) pairs.set(code, found + 1);
  else units[code] = found + 1;
  return found;
}

/** Of each character its properties, as bits. */
export const PROPERTIES_OF: CharacterTable = characterTable(
  (character) =>
    PROPERTIES.reduce((bits, [bit, pattern]) => (pattern.test(character) ? bits | bit : bits), 0),
  'properties',
);

/** The properties of a code point. */
export function propertiesOf(code: number): number {
  return at(PROPERTIES_OF, code);
}

/** How many stretches of characters there are that have one of these properties; `also` counts as if it had. */
export function countRuns(text: string, wanted: number, also = -1): number {
  const known = PROPERTIES_OF.units;
  let runs = 0;
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) {
      code = text.codePointAt(i) as number;
      if (code > 0xffff) i++;
    }
    const stored = code > 0xffff ? 0 : (known[code] as number);
    const bits = stored === 0 ? propertiesOf(code) : stored - 1;
    const fits = (bits & wanted) !== 0 || code === also ? 1 : 0;
    runs += fits & ~before;
    before = fits;
  }
  return runs;
}

/** Where the characters from `from` on that have one of these properties end. */
export function endOfRun(text: string, from: number, wanted: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.codePointAt(at) as number;
    if ((propertiesOf(code) & wanted) === 0) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
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
