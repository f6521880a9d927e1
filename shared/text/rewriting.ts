import { register } from './character-register.ts';
import { copyUnits, createUnits, roomFor, type TextUnits, textOf } from './text-units.ts';

/** What is known of a UTF-16 unit beside what it becomes, which takes the lowest 16 bits. */
export const UNIT = {
  /** Somebody asked already. */
  known: 1 << 16,
  /** It stays in the text. */
  kept: 1 << 17,
  /** It becomes a space. */
  space: 1 << 18,
  /** What becomes of it does not depend on its neighbours, and is no more than one unit. */
  plain: 1 << 19,
} as const;
/** Where these bits stand, for loops without branches. */
export const KEPT_SHIFT = 17;
export const SPACE_SHIFT = 18;
/** From this bit on a rewriting may keep marks of its own. */
export const MARKS_SHIFT = 20;

/** A function of whole strings that is known character by character: most texts need no more. */
export interface Rewriting {
  /** By UTF-16 unit; 0 where nobody asked yet: an article uses some eighty. */
  readonly units: Int32Array;
  readonly rewriteOne: (text: string) => string;
  readonly marksOf: (character: string) => number;
}

export interface RewritingOptions {
  /** Under which a bundle knows the common characters. */
  readonly name: string;
  /** Marks of a character, from `MARKS_SHIFT` on. */
  readonly marksOf?: (character: string) => number;
}

/**
 * A rewriting by a function that normalises by NFKC, lowers and then replaces characters one by one: what it makes of a
 * character alone is what it makes of it anywhere, but for the characters that compose.
 */
export function rewriting(
  rewriteOne: (text: string) => string,
  { name, marksOf = () => 0 }: RewritingOptions,
): Rewriting {
  const by = { units: new Int32Array(0x10000), rewriteOne, marksOf };
  register(name, by.units, (code) => learn(by, String.fromCharCode(code)));
  return by;
}

/** Vowel signs of Arabic that never join their letter into one character. */
const ARABIC_SIGN = /[\u064b-\u0652\u0670]/;
/** Σ ends a word as ς; jamo join into syllables; half of a surrogate pair says nothing. */
const NEEDS_NEIGHBOURS = /[\u03a3\u1100-\u11ff\ud800-\udfff]/;

/** Learns all characters of a text. */
export function learn({ units, rewriteOne, marksOf }: Rewriting, text: string): void {
  for (const character of new Set(text.split(''))) {
    const code = character.charCodeAt(0);
    if (units[code] === 0)
      units[code] =
        UNIT.known | bitsOf(character, rewriteOne) | (marksOf(character) << MARKS_SHIFT);
  }
}

function bitsOf(character: string, rewriteOne: (text: string) => string): number {
  if (NEEDS_NEIGHBOURS.test(character)) return 0;
  const isSign = ARABIC_SIGN.test(character);
  if (!isSign && /\p{M}/u.test(character.normalize('NFKC').toLowerCase())) return 0;
  const written = rewriteOne(character);
  if (written === '') return UNIT.plain;
  if (written.length > 1) return 0;
  const space = written === ' ' ? UNIT.space : 0;
  return UNIT.plain | UNIT.kept | space | written.charCodeAt(0);
}

/** Where a text is read and where it is written anew; one for all, since it is done with before the next begins. */
let desk = { from: createUnits(4_096), to: createUnits(4_096) };

/** The text to be read, unit by unit, and room to write as many; what was there before is gone. */
export function lay(text: string): { readonly from: TextUnits; readonly to: TextUnits } {
  const from = copyUnits(desk.from, text);
  const to = roomFor(desk.to, text.length);
  if (from !== desk.from || to !== desk.to) desk = { from, to };
  return desk;
}

/**
 * The text rewritten by what leaves no white space; null if it holds a character that cannot be rewritten by itself. The loop
 * has no branch: of a text that was never seen the machine guesses every second one wrong.
 */
export function rewrite(text: string, by: Rewriting): string | null {
  const { from, to } = lay(text);
  const { units: read } = from;
  const { units: written } = to;
  const { units } = by;
  // In a bundle only what a function holds itself is constant to the engine.
  const keptShift = KEPT_SHIFT;
  const end = text.length;
  let length = 0;
  let all = -1;
  for (let i = 0; i < end; i++) {
    const unit = units[read[i] as number] as number;
    written[length] = unit;
    length += (unit >>> keptShift) & 1;
    all &= unit;
  }
  if ((all & UNIT.known) === 0) {
    learn(by, text);
    return rewrite(text, by);
  }
  return (all & UNIT.plain) === 0 ? null : textOf(to, length);
}
