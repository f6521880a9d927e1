/** How a date was found, surest first; `text` is a date in prose, which may be any date. */
export type DateOrigin =
  | 'json-ld'
  | 'meta'
  | 'time'
  | 'feed'
  | 'mail'
  | 'field'
  | 'upload'
  | 'url'
  | 'label'
  | 'text';

/** A date as the publisher gave it: local, never shifted to another zone. */
export interface FoundDate {
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm[:ss][offset]`, as far as `precision` says. */
  readonly value: string;
  readonly precision: 'year' | 'month' | 'day' | 'time';
  readonly origin: DateOrigin;
  /** How sure that this is the date of publication, 0 to 1. */
  readonly confidence: number;
}

/** A stretch of the upload that is not part of the article, kept so that a person can see why. */
export interface Dropped {
  readonly text: string;
  /** An ASCII slug, such as `related-link`, `share`, `comment-form`. */
  readonly reason: string;
}

/** A news article once the page furniture around it is gone. */
export interface Article {
  /** The first 22 base64url characters of SHA-256 over the identity form (see `shared/identity.ts`). */
  readonly id: string;
  /** One line; empty if the article has no headline. */
  readonly title: string;
  /** Clean text: paragraphs, one a line, parted by one blank line. */
  readonly body: string;
  /** Primary language subtag (`ar`, `en`, `ru`, `fr`, `fa`, `ur`, `tr` ...), or `und`. */
  readonly lang: string;
  readonly byline: string | null;
  /** Who published it, by name. */
  readonly source: string | null;
  readonly url: string | null;
  readonly published: FoundDate | null;
  readonly modified: FoundDate | null;
  readonly dropped: readonly Dropped[];
  /** Sentences for a person: what was odd, and what was done about it. */
  readonly warnings: readonly string[];
}

/** The text that events and evidence point into: headline, blank line, body. */
export function articleText({ title, body }: Pick<Article, 'title' | 'body'>): string {
  return title === '' ? body : `${title}\n\n${body}`;
}
