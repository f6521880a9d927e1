import type { Dropped, FoundDate } from '../article.ts';
import type { Rejection } from './reading.ts';

/** What a format's reader found, before the furniture is taken out. */
export interface Draft {
  /** The member's own name; null when the upload is one article. */
  readonly name: string | null;
  /** The decoded visible text, uncleaned: what the id is made of. */
  readonly visible: string;
  /** Lines of text in reading order, or several in one with line ends between them; an empty line is a gap. */
  readonly lines: readonly string[];
  /** True where a reader that knows the layout has already chosen the lines: only sure furniture is taken out then. */
  readonly chosen: boolean;
  readonly title: string | null;
  /** Language by the text decides; this is used when the text is too short to tell. */
  readonly lang: string | null;
  readonly byline: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly published: FoundDate | null;
  readonly modified: FoundDate | null;
  readonly dropped: readonly Dropped[];
  readonly warnings: readonly string[];
}

/** One member as its reader left it. */
export type Found =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | {
      readonly kind: 'rejected';
      readonly name: string | null;
      readonly reason: Rejection;
      readonly advice: string;
    };

/** A draft of nothing but text; readers override what they know. */
export function draftOf(known: Pick<Draft, 'visible' | 'lines'> & Partial<Draft>): Draft {
  return {
    name: null,
    chosen: false,
    title: null,
    lang: null,
    byline: null,
    source: null,
    url: null,
    published: null,
    modified: null,
    dropped: [],
    warnings: [],
    ...known,
  };
}
