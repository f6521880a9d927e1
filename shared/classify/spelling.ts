import { EXPANDED, expansionOf, IGNORED, LETTERS } from '../text/normalise.ts';
import { isUpperCase } from '../text/sentences.ts';
import { CAPITALS } from '../watchlist/word.ts';

/** The letters of the word at hand, normalised; one buffer for all words, since spelling allocates nothing. */
export const letters: Uint16Array = new Uint16Array(64);
/** The buffer's length is a power of two: a mask keeps any word inside. */
const LETTER_MASK = letters.length - 1;

/** Spells the word in units [start, end) into `letters`; its length may be more than the buffer has room for. */
export function spell(units: Uint16Array, start: number, end: number): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    const unit = units[i] as number;
    const letter = LETTERS[unit] as number;
    if (letter > EXPANDED) letters[length++ & LETTER_MASK] = letter;
    else if (letter === EXPANDED) {
      for (const part of expansionOf(unit)) letters[length++ & LETTER_MASK] = part;
    }
  }
  return length;
}

/** Whether a word has its first letter or all of several as capitals. */
export function capitalsOf(units: Uint16Array, start: number, end: number): number {
  if (!isUpperCase(units[start] as number)) return CAPITALS.free;
  let capitals = 0;
  let small = 0;
  for (let i = start; i < end; i++) {
    const unit = units[i] as number;
    if (isUpperCase(unit)) capitals++;
    else if ((LETTERS[unit] as number) > IGNORED) small++;
  }
  return small === 0 && capitals > 1 ? CAPITALS.all : CAPITALS.initial;
}
