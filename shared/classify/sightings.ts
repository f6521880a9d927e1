import { type Analyses, grown } from './analyse.ts';

/** Which watched lexemes the text at hand has, and where: at first as bits only, the places when a rule asks for them. */
export interface Sightings {
  readonly analyses: Analyses;
  /** Bits of the watched lexemes: of one whose bit is not set the text has none. */
  readonly bits: Int32Array;
  /** The words that rules watch for, and the rows of their analyses. */
  watched: Int32Array;
  watchedCount: number;
  row: Int32Array;
  /** Four numbers a lexeme: the text's number when it was last seen, its first and last occurrence, and the text's number when its rules were tried. */
  readonly seenAt: Int32Array;
  /** The number of the text at hand, and of the one whose watched words have been sighted. */
  number: number;
  sighted: number;
  /** The word of each occurrence. */
  place: Int32Array;
  /** The next occurrence of the same lexeme, or -1. */
  next: Int32Array;
  occurrences: number;
  /** The watched lexemes of the text, in order of appearance. */
  readonly seen: Int32Array;
  seenCount: number;
}

const ROOM = 4096;
/** Bits of a number that says which of the bits: an article of 5 KB has some hundred watched words, and room for two thousand. */
export const SIGN_BITS = 11;

/** Nothing seen yet. */
export function createSightings(analyses: Analyses): Sightings {
  const lexemes = analyses.tables.stemClass.length;
  const array = () => new Int32Array(ROOM);
  return {
    analyses,
    bits: new Int32Array((1 << SIGN_BITS) / 32),
    watched: array(),
    watchedCount: 0,
    row: array(),
    seenAt: new Int32Array(lexemes * 4),
    number: 0,
    sighted: 0,
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
}

/** The bit of a lexeme. */
export function bitOf(lexeme: number): number {
  return Math.imul(lexeme, 0x9e3779b1) >>> (32 - SIGN_BITS);
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
  if (sightings.sighted !== sightings.number) sightWords(sightings);
  return sightings.seenAt[lexeme * 4] === sightings.number;
}

/** The first occurrence of a lexeme that is in the text; `next` has the others. */
export function firstOccurrence({ seenAt }: Sightings, lexeme: number): number {
  return seenAt[lexeme * 4 + 1] as number;
}

/** Whether a lexeme's rules are to be tried: once for a text, however often it stands there. */
export function isFirstTry({ seenAt, number }: Sightings, lexeme: number): boolean {
  if (seenAt[lexeme * 4 + 3] === number) return false;
  seenAt[lexeme * 4 + 3] = number;
  return true;
}

/** Notes where the watched lexemes are, unless that was done for this text. */
export function sightWords(sightings: Sightings): void {
  const { number, row, watched, watchedCount, analyses } = sightings;
  if (sightings.sighted === number) return;
  sightings.sighted = number;
  sightings.occurrences = 0;
  sightings.seenCount = 0;
  const { start, watchedEnd, lexemes } = analyses;
  for (let i = 0; i < watchedCount; i++) {
    const at = watched[i] as number;
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
  const slot = lexeme * 4;
  if (seenAt[slot] === number) sightings.next[seenAt[slot + 2] as number] = index;
  else {
    seenAt[slot] = number;
    seenAt[slot + 1] = index;
    sightings.seen[sightings.seenCount++] = lexeme;
  }
  seenAt[slot + 2] = index;
}
