import { EXPANDED, EXPANSIONS, FOLDED_BLOCKS, IGNORED, SEPARATOR } from './folded-blocks.ts';

export { EXPANDED, IGNORED, SEPARATOR };

const expansions = new Map<number, readonly number[]>(EXPANSIONS);

/** The letters an `EXPANDED` code unit stands for, normalised. */
export function expansionOf(unit: number): readonly number[] {
  return expansions.get(unit) ?? [];
}

/** The one normalisation of words: `وَزيرُهُ` is `وزيره`, `Élysée` is `elysee`, `٤٠٠` is `400`. Separators part words. */
export function normaliseWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const letter = LETTERS[unit] as number;
    if (letter === SEPARATOR) {
      if (word !== '') words.push(word);
      word = '';
    } else if (letter === EXPANDED) word += String.fromCharCode(...expansionOf(unit));
    else if (letter !== IGNORED) word += String.fromCharCode(letter);
  }
  if (word !== '') words.push(word);
  return words;
}

function buildLetters(): Uint16Array {
  // Letters of scripts that we have no rules for stand for themselves: once its own number. A loop of our own would be long
  // enough for an engine to compile it while it runs, which cost a cold start 4 ms of CPU (2026-11).
  const letters = new Uint16Array(65536).fill(1).map(Math.imul);
  // Symbols, surrogates and private use part words.
  letters.fill(SEPARATOR, 0, 0x370);
  letters.fill(SEPARATOR, 0x2000, 0x2c00);
  letters.fill(SEPARATOR, 0x2e00, 0x2e80);
  letters.fill(SEPARATOR, 0x3000, 0x3040);
  letters.fill(SEPARATOR, 0xd800, 0xf900);
  letters.fill(SEPARATOR, 0xfb00);
  for (const { from, folded } of FOLDED_BLOCKS)
    for (let i = 0; i < folded.length; i++) letters[from + i] = folded.charCodeAt(i);
  letters.fill(IGNORED, 0x300, 0x370);
  for (const unit of [0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff]) {
    letters[unit] = IGNORED;
  }
  letters.fill(IGNORED, 0x202a, 0x202f);
  letters.fill(IGNORED, 0x2066, 0x206a);
  letters.fill(IGNORED, 0xfe00, 0xfe10);
  return letters;
}

/** What each UTF-16 code unit becomes in rules and in text alike: `SEPARATOR`, `IGNORED`, `EXPANDED`, or a letter. */
export const LETTERS: Uint16Array = buildLetters();
