import { type Fingerprint, numbersOf, resemblance } from './fingerprint.ts';
import { tokensOf } from './tokens.ts';

/** What one article says by one rule, as far as telling stories apart needs it. */
export interface Account {
  readonly fingerprint: Fingerprint;
  readonly sources: readonly Actor[];
  readonly targets: readonly Actor[];
  /** The sentences and the headline that are kept of it. */
  readonly words: string;
}

export interface Actor {
  readonly id: string | null;
  readonly text: string;
}

/**
 * Below this share of common word pairs two bodies are no copies, however edited. See test/story for the rates. At 0.2 a
 * hundred of a million pairs of short texts with a sentence in common pass by chance, at a quarter one or two.
 */
export const MIN_RESEMBLANCE = 0.25;
/** Bulletins by a template keep the words and change the numbers; an editor keeps most of the numbers. */
const MIN_NUMBERS_SHARED = 0.34;
/** With fewer numbers on either side chance decides. */
const ENOUGH_NUMBERS = 3;

/**
 * Whether two articles tell one story, one being a copy of the other, edited or not. Likeness of the text alone would
 * merge what shares a template, so who did it to whom, and the numbers, have a veto.
 */
export function isSameStory(one: Account, other: Account): boolean {
  return (
    resemblance(one.fingerprint, other.fingerprint) >= MIN_RESEMBLANCE &&
    numbersAgree(numbersOf(one.fingerprint), numbersOf(other.fingerprint)) &&
    actorsAgree(one.sources, other.sources, one, other) &&
    actorsAgree(one.targets, other.targets, one, other)
  );
}

function numbersAgree(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const shared = [...one].filter((number) => other.has(number)).length;
  return sharesNumbers(shared, Math.min(one.size, other.size));
}

/** Whether so many shared numbers are enough. @param fewer how many there are in that of the two that has fewer. */
export function sharesNumbers(shared: number, fewer: number): boolean {
  return fewer < ENOUGH_NUMBERS || shared / fewer >= MIN_NUMBERS_SHARED;
}

/** Whether the two sides could be the same people: silence agrees with everybody. */
function actorsAgree(
  mine: readonly Actor[],
  theirs: readonly Actor[],
  one: Account,
  other: Account,
): boolean {
  if (mine.length === 0 || theirs.length === 0) return true;
  const known = new Set(theirs.flatMap(({ id }) => id ?? []));
  const ids = mine.flatMap(({ id }) => id ?? []);
  if (ids.length > 0 && known.size > 0) return ids.some((id) => known.has(id));
  return areNamedIn(mine, other.words) || areNamedIn(theirs, one.words);
}

/** A name is written in several ways; half of its words must stand in the other article. */
function areNamedIn(actors: readonly Actor[], words: string): boolean {
  const there = new Set(tokensOf(words).map(bare));
  return actors.some(({ text }) => {
    const name = tokensOf(text).map(bare);
    return name.filter((word) => there.has(word)).length * 2 > name.length;
  });
}

/** Without what Arabic writes onto a name: لحفتر, وبالوزير. Wrongly cut words are cut alike on both sides. */
function bare(word: string): string {
  return word.length > 4 ? word.replace(/^[وف]?(?:ال|بال|لل|[بلك])?/, '') : word;
}
