import { DATE_LABEL, FURNITURE } from './furniture.ts';
import { openingsOf } from './openings.ts';
import type { Openings } from './phrase-index.ts';

/** A pattern as data, with what its matches begin with. Worked out when a bundle is built (`infra/evaluated.ts`). */
export interface Phrase {
  /** The source of the pattern; its flag is `u`. */
  readonly source: string;
  readonly openings: Openings | null;
}

const phraseOf = (pattern: RegExp): Phrase => ({
  source: pattern.source,
  openings: openingsOf(pattern),
});

/** The furniture of pages, as `FURNITURE` has it, surest first. */
export const FURNITURE_PHRASES: readonly (Phrase & {
  readonly reason: string;
  /** Longer lines are text, whatever they begin with. */
  readonly maxWords: number;
})[] = FURNITURE.map(({ pattern, reason, maxWords }) => ({
  ...phraseOf(pattern),
  reason,
  maxWords,
}));

/** The labels of dates, as `DATE_LABEL` has them. */
export const DATE_LABEL_PHRASES: Readonly<Record<'published' | 'modified', Phrase>> = {
  published: phraseOf(DATE_LABEL.published),
  modified: phraseOf(DATE_LABEL.modified),
};
