import type { TextUnits } from '../text/text-units.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { type Analyses, analyse, MAX_LETTERS } from './analyse.ts';
import { NONE, SEVERAL } from './sightings.ts';
import { capitalsOf, letters, spell } from './spelling.ts';
import { keep, type WordCache } from './word-cache.ts';

export const WATCHED_SHIFT = 3;
export const ANCHOR_SHIFT = 4;
export const ROW_SHIFT = 5;
/** What there is to say of a word, in one number: its capitals, these bits, and from `ROW_SHIFT` on the row of its analysis. */
export const FINDING = {
  capitals: 3,
  /** It is one letter. */
  lone: 4,
  /** Some rule's pattern uses it. */
  watched: 1 << WATCHED_SHIFT,
  /** Some rule is looked at because of it. */
  anchor: 1 << ANCHOR_SHIFT,
} as const;

/** The words met so far, and the text whose words are looked up. */
export interface WordFindings {
  readonly analyses: Analyses;
  readonly cache: WordCache;
  text: string;
  units: TextUnits;
  /** The bits of the languages that its words are looked up in. */
  languages: number;
  /** Words of the text that had not been met. */
  misses: number;
}

/** Finds out about a word that is in neither of its slots, and says in which it is now. */
export function meet(
  state: WordFindings,
  start: number,
  end: number,
  hash: number,
  other: number,
): number {
  const finding = find(state, start, end);
  return keep(
    state.cache,
    hash,
    other,
    finding,
    watchedLexeme(state.analyses, finding >> ROW_SHIFT),
  );
}

/** What there is to say of a word that was not met before. */
function find(state: WordFindings, start: number, end: number): number {
  const { units } = state.units;
  const { analyses, languages } = state;
  state.misses++;
  const length = spell(units, start, end);
  const capitals = capitalsOf(units, start, end);
  const row = length > MAX_LETTERS ? 0 : analyse(analyses, letters, length, capitals, languages);
  const lone = length === 1 ? FINDING.lone : 0;
  return (row << ROW_SHIFT) | (row === 0 ? 0 : useOf(analyses, row)) | lone | capitals;
}

/** Whether rules watch for an analysis, and are looked at for it. */
function useOf({ start, watchedEnd, lexemes, tables }: Analyses, row: number): number {
  const { postStart } = tables;
  const last = watchedEnd[row] as number;
  let use = 0;
  for (let i = start[row] as number; i < last; i++) {
    const lexeme = lexemes[i] as number;
    use |= FINDING.watched;
    if (rowEnd(postStart, lexeme) > rowStart(postStart, lexeme)) use |= FINDING.anchor;
  }
  return use;
}

/** The one watched lexeme of an analysis, `NONE` or `SEVERAL`. */
function watchedLexeme({ start, watchedEnd, lexemes }: Analyses, row: number): number {
  const first = start[row] as number;
  const count = row === 0 ? 0 : (watchedEnd[row] as number) - first;
  if (count === 0) return NONE;
  return count === 1 ? (lexemes[first] as number) : SEVERAL;
}
