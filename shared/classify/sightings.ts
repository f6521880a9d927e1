import { type Analyses, grown } from './analyse.ts';

/** Which watched lexemes the text at hand has, and where. */
export interface Sightings {
  /** Four numbers a lexeme, in one cache line: the text's number when it was last seen, its first and its last occurrence. */
  readonly seenAt: Int32Array;
  /** The number of the text at hand. */
  number: number;
  /** The word of each occurrence. */
  place: Int32Array;
  /** The next occurrence of the same lexeme, or -1. */
  next: Int32Array;
  occurrences: number;
  /** The watched lexemes of the text, in order of appearance. */
  readonly seen: Int32Array;
  seenCount: number;
}

const ROOM = 1024;

/** Nothing seen yet. */
export function createSightings(lexemes: number): Sightings {
  return {
    seenAt: new Int32Array(lexemes * 4),
    number: 0,
    place: new Int32Array(ROOM),
    next: new Int32Array(ROOM),
    occurrences: 0,
    seen: new Int32Array(lexemes),
    seenCount: 0,
  };
}

/** Starts a new text. */
export function clearSightings(sightings: Sightings): void {
  sightings.number++;
  sightings.occurrences = 0;
  sightings.seenCount = 0;
}

/** Notes that the watched lexemes of an analysis stand at a word. */
export function sight(sightings: Sightings, analyses: Analyses, row: number, at: number): void {
  const { seenAt, number } = sightings;
  const { lexemes } = analyses;
  const last = analyses.watchedEnd[row] as number;
  for (let i = analyses.start[row] as number; i < last; i++) {
    const lexeme = lexemes[i] as number;
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
}

/** Whether a watched lexeme is in the text. */
export function isSeen({ seenAt, number }: Sightings, lexeme: number): boolean {
  return seenAt[lexeme * 4] === number;
}

/** The first occurrence of a lexeme that is in the text; `next` has the others. */
export function firstOccurrence({ seenAt }: Sightings, lexeme: number): number {
  return seenAt[lexeme * 4 + 1] as number;
}
