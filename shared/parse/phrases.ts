import { DATE_LABEL, FURNITURE } from './furniture.ts';
import { openingsOf } from './openings.ts';
import { type OpeningIndex, openingIndex } from './phrase-index.ts';

/** A kind of page furniture, its pattern as data: the source, with the flag `u`. */
export interface FurniturePhrase {
  readonly source: string;
  readonly reason: string;
  /** Longer lines are text, whatever they begin with. */
  readonly maxWords: number;
}

/** The furniture of pages, as `FURNITURE` has it, surest first. Worked out when a bundle is built (`infra/evaluated.ts`). */
export const FURNITURE_PHRASES: readonly FurniturePhrase[] = FURNITURE.map(
  ({ pattern, reason, maxWords }) => ({ source: pattern.source, reason, maxWords }),
);

/** What lines of them begin with. */
export const FURNITURE_OPENINGS: OpeningIndex = openingIndex(
  FURNITURE.map(({ pattern }) => openingsOf(pattern)),
);

/** The sources of the labels of dates, as `DATE_LABEL` has them. */
export const DATE_LABEL_SOURCES: Readonly<Record<'published' | 'modified', string>> = {
  published: DATE_LABEL.published.source,
  modified: DATE_LABEL.modified.source,
};

/** What lines with one of them begin with. */
export const DATE_LABEL_OPENINGS: OpeningIndex = openingIndex(
  Object.values(DATE_LABEL).map(openingsOf),
);
