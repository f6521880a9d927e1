import { at, characterTable } from '../text/characters.ts';
import { lay } from '../text/rewriting.ts';

/** What no text should hold, as bits. */
export const ODD = {
  /** A control character that neither ends a line nor parts words. */
  control: 1,
  /** U+FFFD: what stood there is lost. */
  lost: 2,
  /** What a text looks like that was read in a wrong encoding. */
  misread: 4,
} as const;

/** Control characters, but for those that end lines or part words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for
export const CONTROL = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/;
/** Pairs of characters that stand twice in a row where UTF-8 was read as windows-1252 (Ø§ Ð° Ã©), as windows-1256 (ط§), as windows-1251 (Рџ), or another code page as windows-1252. */
const MISREAD: readonly (readonly [first: RegExp, second: RegExp])[] = [
  [/[ØÙÐÑÃÂ]/, /[\u0080-\u00ff\u0152-\u2122]/],
  [/[طظ]/, /[^ء-ي\s\w]/],
  [/[РСÐ]/, /[^а-яА-Я\s\w]/],
  [/[À-ÿ]/, /[À-ÿ]/],
];
/** A bit for each pair that a character may begin; those that it may end are as many bits higher. */
const FIRST_SHIFT = 2;
const SECOND_SHIFT = 6;
const PAIRS = 0b1111;

const SIGNS = characterTable((character) => {
  const bits = (patterns: readonly RegExp[]): number =>
    patterns.reduce((sum, pattern, i) => sum | (pattern.test(character) ? 1 << i : 0), 0);
  return (
    bits([CONTROL, /\ufffd/]) |
    (bits(MISREAD.map(([first]) => first)) << FIRST_SHIFT) |
    (bits(MISREAD.map(([, second]) => second)) << SECOND_SHIFT)
  );
}, 'oddities');

/** Units looked at at a time: an export may have ten million. */
const PIECE = 65_536;

/** The bits of what a text holds, in one look at each character: nearly all hold nothing of it, and are not looked at again. */
export function odditiesOf(text: string): number {
  const known = SIGNS.units;
  // In a bundle only what a function holds itself is constant to the engine.
  const [firsts, seconds, pairs] = [FIRST_SHIFT, SECOND_SHIFT, PAIRS];
  let all = 0;
  let misread = 0;
  let before = 0;
  let pair = 0;
  let earlier = 0;
  for (let from = 0; from < text.length; from += PIECE) {
    const { units } = lay(text.slice(from, from + PIECE)).from;
    const end = Math.min(PIECE, text.length - from);
    for (let i = 0; i < end; i++) {
      const unit = units[i] as number;
      const stored = known[unit] as number;
      const signs = stored === 0 ? at(SIGNS, unit) : stored - 1;
      all |= signs;
      const now = (before >>> firsts) & (signs >>> seconds) & pairs;
      misread |= now & earlier;
      earlier = pair;
      pair = now;
      before = signs;
    }
  }
  return (all & (ODD.control | ODD.lost)) | (misread === 0 ? 0 : ODD.misread);
}
