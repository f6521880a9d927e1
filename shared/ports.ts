import type { Article } from './article.ts';
import type { Classification } from './event.ts';
import type { StoredObject } from './notice.ts';
import type { Upload } from './parse/reading.ts';
import type { ArticleRecord, ObjectRef, UpdateReason } from './record.ts';

/** Where uploads lie. */
export interface Inbox {
  /** The exact version that was uploaded; `gone` once somebody has deleted it; never more than `maxBytes`. */
  read(object: StoredObject, maxBytes: number): Promise<InboxAnswer>;
}

export type InboxAnswer =
  | { readonly kind: 'object'; readonly upload: Upload; readonly versionId: string | null }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly versionId: string | null }
  | { readonly kind: 'gone' };

/**
 * `added`: it was new. `known`: the same member of the same object version again (a redelivery), or a copy whose
 * receipt is there.
 * `copy`: the same text from another object; a receipt is kept. `forgotten`: deleted on request, not revived.
 */
export type Added = 'added' | 'known' | 'copy' | 'forgotten';

/** `rescored`: it was there, and is now as the watchlist of today sees it. */
export type Rescored = Added | 'rescored';

/** Why an upload, or a member of it, is not an article. */
export interface Quarantined {
  readonly object: ObjectRef;
  readonly name: string | null;
  readonly reason: string;
  readonly advice: string;
}

/** Where articles are kept. */
export interface Archive {
  /** Stores the article with its pending alerts in one write, unless it is already there. */
  add(record: ArticleRecord): Promise<Added>;
  /** Stores it, or brings what is stored to this record's watchlist: what was told stays as it is. */
  rescore(record: ArticleRecord): Promise<Rescored>;
  /** Keeps why there is no article; the same again changes the time alone. */
  quarantine(entry: Quarantined, at: Date): Promise<void>;
}

/** The watchlist in force. */
export interface Watch {
  readonly version: string;
  classify(article: Article): Classification;
}

/** Who sends: the table's stream, or the schedule's sweep. */
export type Hand = 'stream' | 'sweep';

/** Where the relay finds articles with alerts to send. */
export interface Outbox {
  /** The article as it stands now; null when it is gone. */
  read(id: string): Promise<ArticleRecord | null>;
  /**
   * Takes the article in hand until then, so that no two send for it at once. False while somebody else has it; the
   * stream may take up again what it had in hand itself, since it runs one at a time.
   */
  hold(id: string, hand: Hand, now: Date, until: Date): Promise<boolean>;
  /** Writes what became of each pending alert. */
  settle(record: ArticleRecord, settled: readonly Settled[]): Promise<void>;
  /** Ids of articles whose alerts have been pending since before `before`, oldest first. */
  overdue(before: Date): AsyncIterable<string>;
}

export interface Settled {
  readonly rule: string;
  readonly state: 'SENT' | 'PENDING' | 'FAILED' | 'SUPPRESSED';
  readonly at: string;
  readonly messageId: string | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly story: string | null;
  readonly update: UpdateReason | null;
}

/** Where alerts are published. */
export interface Bulletin {
  /** `refused` is for good: the message itself is at fault. Anything that may pass is thrown. */
  publish(message: Message): Promise<Published>;
}

export type Published =
  | { readonly kind: 'published'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** One message in its forms; `json` goes to every protocol that has no form of its own. */
export interface Message {
  readonly subject: string;
  readonly json: string;
  readonly email: string;
  readonly sms: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}
