import { STEM } from '../watchlist/stems.ts';
import { type Analyses, grown } from './analyse.ts';

/**
 * Which watched lexemes the text at hand has, and where. While the text is read its watched words are only listed: of a
 * hundred a rule asks for two or three, which are looked for in the list. Whoever asks for more has all of them sorted once.
 */
export interface Sightings {
  readonly analyses: Analyses;
  /** Bits of the watched lexemes: of one whose bit is not set the text has none. */
  readonly bits: Int32Array;
  /** The words that rules watch for, the lexeme of each (or `SEVERAL`), and by word the row of its analysis. */
  watched: Int32Array;
  lexeme: Int32Array;
  watchedCount: number;
  row: Int32Array;
  /** How often the list was searched for this text. */
  searches: number;
  /** The number of the text at hand, and of the one whose watched words have been sorted. */
  number: number;
  sighted: number;
  /** Three numbers a lexeme: the number of the text in which it was last seen, its first and last occurrence. */
  readonly seenAt: Int32Array;
  /** By lexeme the number of the text for which its rules were tried. */
  readonly triedAt: Int32Array;
  /** The word of each occurrence. */
  place: Int32Array;
  /** The next occurrence of the same lexeme, or -1. */
  next: Int32Array;
  occurrences: number;
  /** The watched lexemes of the text, in order of appearance. */
  readonly seen: Int32Array;
  seenCount: number;
}

/** In the place of a lexeme: the word has none that is watched, or more than one. */
export const NONE = -1;
export const SEVERAL = -2;

const ROOM = 4096;
/** An article of 5 KB has some hundred watched words; there is room for two thousand. */
const BITS = 11;
/** Searches of the list that cost no more than to sort it. */
const MAX_SEARCHES = 16;

/** Nothing seen yet. */
export function createSightings(analyses: Analyses): Sightings {
  const lexemes = analyses.tables.stems.length / STEM.size;
  const array = () => new Int32Array(ROOM);
  return {
    analyses,
    bits: new Int32Array((1 << BITS) / 32),
    watched: array(),
    lexeme: array(),
    watchedCount: 0,
    row: array(),
    searches: 0,
    number: 0,
    sighted: 0,
    seenAt: new Int32Array(lexemes * 3),
    triedAt: new Int32Array(lexemes),
    place: array(),
    next: array(),
    occurrences: 0,
    seen: new Int32Array(lexemes),
    seenCount: 0,
  };
}

/** Starts a new text. */
export function clearSightings(sightings: Sightings): void {
  sightings.number++;
  sightings.bits.fill(0);
  sightings.watchedCount = 0;
  sightings.searches = 0;
}

/** The bit of a lexeme. */
export function bitOf(lexeme: number): number {
  return Math.imul(lexeme, 0x9e3779b1) >>> (32 - BITS);
}

/** Sets the bits of an analysis' watched lexemes. */
export function setBits({ bits, analyses }: Sightings, row: number): void {
  const last = analyses.watchedEnd[row] as number;
  for (let i = analyses.start[row] as number; i < last; i++) {
    const bit = bitOf(analyses.lexemes[i] as number);
    bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << bit);
  }
}

/** Whether a watched lexeme is in the text. */
export function isSeen(sightings: Sightings, lexeme: number): boolean {
  const bit = bitOf(lexeme);
  if (((sightings.bits[bit >>> 5] as number) & (1 << bit)) === 0) return false;
  if (isSorted(sightings)) return sightings.seenAt[lexeme * 3] === sightings.number;
  return search(sightings, lexeme, 0) < sightings.watchedCount;
}

/** Visits every word that shows a watched lexeme. */
export function eachPlace(
  sightings: Sightings,
  lexeme: number,
  visit: (word: number) => void,
): void {
  if (!isSeen(sightings, lexeme)) return;
  if (isSorted(sightings)) {
    const { seenAt, place, next } = sightings;
    let i = seenAt[lexeme * 3 + 1] as number;
    for (; i >= 0; i = next[i] as number) visit(place[i] as number);
    return;
  }
  const { watched, watchedCount } = sightings;
  let i = search(sightings, lexeme, 0);
  for (; i < watchedCount; i = search(sightings, lexeme, i + 1)) visit(watched[i] as number);
}

/** Whether the watched words are sorted; they are once that costs no more than to search. */
function isSorted(sightings: Sightings): boolean {
  if (sightings.sighted === sightings.number) return true;
  if (++sightings.searches <= MAX_SEARCHES) return false;
  sightWords(sightings);
  return true;
}

/** The first of the watched words from `from` on that shows a lexeme. */
function search(sightings: Sightings, lexeme: number, from: number): number {
  const { lexeme: lexemes, watchedCount } = sightings;
  for (let i = from; i < watchedCount; i++) {
    const here = lexemes[i] as number;
    if (here === lexeme || (here === SEVERAL && hasLexeme(sightings, i, lexeme))) return i;
  }
  return watchedCount;
}

function hasLexeme({ watched, row, analyses }: Sightings, index: number, lexeme: number): boolean {
  const { start, watchedEnd, lexemes } = analyses;
  const analysis = row[watched[index] as number] as number;
  const last = watchedEnd[analysis] as number;
  for (let k = start[analysis] as number; k < last; k++) if (lexemes[k] === lexeme) return true;
  return false;
}

/** Whether a lexeme's rules are to be tried: once for a text, however often it stands there. */
export function isFirstTry({ triedAt, number }: Sightings, lexeme: number): boolean {
  if (triedAt[lexeme] === number) return false;
  triedAt[lexeme] = number;
  return true;
}

/** Sorts the places of the watched lexemes, unless that was done for this text. */
export function sightWords(sightings: Sightings): void {
  const { number, row, watched, lexeme, watchedCount, analyses } = sightings;
  if (sightings.sighted === number) return;
  sightings.sighted = number;
  sightings.occurrences = 0;
  sightings.seenCount = 0;
  const { start, watchedEnd, lexemes } = analyses;
  for (let i = 0; i < watchedCount; i++) {
    const at = watched[i] as number;
    const only = lexeme[i] as number;
    if (only !== SEVERAL) {
      sight(sightings, only, at);
      continue;
    }
    const analysis = row[at] as number;
    const last = watchedEnd[analysis] as number;
    for (let k = start[analysis] as number; k < last; k++)
      sight(sightings, lexemes[k] as number, at);
  }
}

function sight(sightings: Sightings, lexeme: number, at: number): void {
  const { seenAt, number } = sightings;
  if (sightings.occurrences === sightings.place.length) {
    sightings.place = grown(sightings.place);
    sightings.next = grown(sightings.next);
  }
  const index = sightings.occurrences++;
  sightings.place[index] = at;
  sightings.next[index] = -1;
  const slot = lexeme * 3;
  if (seenAt[slot] === number) sightings.next[seenAt[slot + 2] as number] = index;
  else {
    seenAt[slot] = number;
    seenAt[slot + 1] = index;
    sightings.seen[sightings.seenCount++] = lexeme;
  }
  seenAt[slot + 2] = index;
}
