import type { Outbox } from '../ports.ts';
import type { Page } from './entry.ts';
import type { Story } from './story.ts';

/** Where a topic's stories are listed, one entry each. */
export interface Book {
  /** The pages that hold what was entered since then, and perhaps more. */
  open(topic: string, since: Date): Promise<OpenBook>;
  /** Adds the entry unless somebody else has added one since the book was opened: then false, and one has to look again. */
  enter(book: OpenBook, entry: Page, now: Date): Promise<boolean>;
  /** Pages with what was entered from `since` on which `open` leaves out when it is asked for what came since `until`. */
  before(topic: string, since: Date, until: Date): Promise<readonly Page[]>;
}

/** A book as it was read. */
export interface OpenBook {
  readonly topic: string;
  /** Oldest first; the last one is still written to. */
  readonly pages: readonly Page[];
  /** Changes with every entry; null for a book that is not begun. */
  readonly version: number | null;
  /** The name of the last page but one; empty when there is none. */
  readonly newest: string;
}

/** Where stories are kept. */
export interface StoryBook extends Book {
  /** The story that this article told first; null when no other article has joined it yet. */
  story(articleId: string, topic: string): Promise<Versioned | null>;
  /** Writes the story unless it changed since it was read at `version` (null: there was none). */
  save(story: Story, version: number | null): Promise<boolean>;
  /** Who told last of these people, as versions without a book remembered it for 14 days. */
  recall(key: string, topic: string, now: Date): Promise<string | null>;
}

export interface Versioned {
  readonly story: Story;
  readonly version: number;
}

/** What finding an article's story takes. */
export interface StoryPorts {
  readonly book: StoryBook;
  readonly outbox: Pick<Outbox, 'read'>;
  readonly now: () => Date;
}
