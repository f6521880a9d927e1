import type { Dropped } from '../../shared/article.ts';
import type { WatchlistVersion } from '../../shared/aws/s3-watchlist-history.ts';
import type { Severity } from '../../shared/event.ts';
import type { AlertState, ArticleRecord } from '../../shared/record.ts';
import type { Problem } from '../../shared/watchlist/problem.ts';
import type { Preview } from '../preview.ts';
import type { FeedQuery } from './feed-query.ts';

/** Bytes of a file that a page may upload: larger than anything that is read, so that the pipeline itself says so. */
export const MAX_UPLOAD = 100 * 1024 * 1024;

/** A name in the console's two languages. */
export interface Named {
  readonly en: string;
  readonly ar: string;
}

/** What the page must know before it shows anything. */
export interface About {
  /** For people: which stack this is. */
  readonly target: string;
  readonly isLocal: boolean;
  /** The topics of the watchlist in force, in the order of its rules. */
  readonly topics: readonly Topic[];
  /** The actors of the watchlist in force, by id. */
  readonly actors: Readonly<Record<string, Named>>;
}

export interface Topic {
  readonly id: string;
  readonly title: Named;
  /** The highest of its rules. */
  readonly severity: Severity;
}

/** A line of the feed: what the index knows of an article, and how its alerts stand. */
export interface FeedRow {
  readonly id: string;
  readonly title: string;
  readonly lang: string;
  readonly source: string | null;
  readonly published: string | null;
  /** ISO 8601 UTC. */
  readonly seenAt: string;
  readonly topics: readonly string[];
  readonly actors: readonly string[];
  /** `topic:status`, once each. */
  readonly statuses: readonly string[];
  /** `source>target` of its events; null when only the index was read, which does not know. */
  readonly pairs: readonly string[] | null;
  readonly severity: Severity | null;
  /** The most telling state of its alerts; null for an article without any. */
  readonly alert: AlertState | null;
}

export interface FeedPage {
  readonly rows: readonly FeedRow[];
  /** Where the next page starts; null at the end. */
  readonly next: string | null;
  /** The day, `YYYY-MM-DD`, back to which was looked. */
  readonly reached: string;
}

/** The article's text as the parser cleans it today. */
export interface ArticleText {
  readonly title: string;
  readonly body: string;
  readonly dropped: readonly Dropped[];
  readonly warnings: readonly string[];
}

/** Where an event's evidence stands in `articleText`. */
export interface Mark {
  /** Index into the record's events. */
  readonly event: number;
  readonly start: number;
  readonly end: number;
}

export interface ArticleView {
  readonly record: ArticleRecord;
  /** null when the upload was deleted. */
  readonly text: ArticleText | null;
  /** Only evidence that stands in the text exactly as it was stored. */
  readonly marks: readonly Mark[];
  /** Events whose evidence no longer stands in the text: another parser cleaned it then. */
  readonly unplaced: readonly number[];
  /** The other articles of its stories, as far as they are known by name. */
  readonly story: readonly FeedRow[];
  /** Other uploads of the very same text. */
  readonly copies: readonly { readonly key: string; readonly seenAt: string }[];
}

/** What became of one rule of the watchlist of today in an article. */
export interface RuleOutcome {
  readonly rule: string;
  readonly title: Named;
  /** `nearly`: its words are there, and `because` says what was missing. */
  readonly outcome: 'matched' | 'nearly';
  readonly because: readonly string[];
}

/** The object as it was uploaded, as text, at most so much of it as a person reads. */
export interface Original {
  /** null for a file that is not text (PDF, an archive). */
  readonly text: string | null;
  readonly isCut: boolean;
  readonly bytes: number;
}

/** How much happened, by day and topic, and between whom. */
export interface Chart {
  readonly days: readonly DayCount[];
  readonly pairs: readonly PairCount[];
  /** What the articles have, most frequent first: choices for the filters. */
  readonly choices: Choices;
  /** Articles that were counted. */
  readonly articles: number;
  /** Days that were counted, `YYYY-MM-DD`. */
  readonly since: string;
  readonly until: string;
  /** False when there was more than may be read at once: then the oldest are missing. */
  readonly isComplete: boolean;
}

export interface DayCount {
  readonly day: string;
  readonly topic: string;
  readonly articles: number;
  /** Articles of it that have an alert. */
  readonly alerts: number;
}

export interface PairCount {
  readonly source: string;
  readonly target: string;
  readonly articles: number;
}

export type Choices = Readonly<Record<'lang' | 'source' | 'actor', readonly string[]>>;

/** Something that just happened, as a page that is open hears of it. */
export type Change =
  /** A new article, or one whose alerts moved on. */
  | { readonly kind: 'row'; readonly row: FeedRow }
  /** A dropped file is a step further. */
  | { readonly kind: 'fate'; readonly ticket: string; readonly fate: Fate }
  /** More came in than is told one by one: the page must ask again. */
  | { readonly kind: 'missed' }
  /** What came in before is told. */
  | { readonly kind: 'live' };

/** Tells of a change; `place` is from where `live` goes on after it. */
export type Tell = (change: Change, place?: string) => void;

/** A version of a file in the inbox. */
export interface Dropping {
  readonly key: string;
  readonly versionId: string | null;
}

/** A file that a person dropped on the page. */
export interface DroppedBytes {
  readonly name: string;
  /** The page's own name for it, by which it hears of its fate. */
  readonly ticket: string;
  readonly bytes: Uint8Array;
}

/** What became of a dropped file so far. */
export interface Fate {
  /** Nothing more will be told. */
  readonly isSettled: boolean;
  /** Empty until this machine has read it. */
  readonly members: readonly MemberFate[];
}

export type MemberFate =
  /** Read by this machine, as the stack reads it, and waiting for the stack; no title: not an article. */
  | { readonly kind: 'read'; readonly title: string | null }
  /** `isCopy`: the same text was there already, from another upload. */
  | { readonly kind: 'stored'; readonly row: FeedRow; readonly isCopy: boolean }
  | { readonly kind: 'quarantined'; readonly reason: string; readonly advice: string }
  /** A folder marker or a system file: nobody means it as an article. */
  | { readonly kind: 'ignored' };

/** How the stack is, in figures. */
export interface Health {
  readonly queues: readonly QueueDepth[];
  /** Articles with an alert on its way, or with one that SNS refused for good. */
  readonly pending: number;
  readonly failed: number;
  /** ISO 8601; null when there was none for a month. */
  readonly lastSeenAt: string | null;
  readonly watchlist: {
    readonly version: string;
    readonly rules: number;
    /** Whether a person put one of their own. */
    readonly isOwn: boolean;
    /** The person's own is not in force, for it has mistakes. */
    readonly isBroken: boolean;
  };
  readonly quarantine: readonly QuarantinedFile[];
}

export interface QueueDepth {
  readonly name: QueueName;
  readonly waiting: number;
  /** Being worked on. */
  readonly inFlight: number;
}

export const QUEUES = [
  'UploadsQueue',
  'BackfillQueue',
  'UploadsFailedQueue',
  'BackfillFailedQueue',
  'RelayFailedQueue',
  'UndeliveredQueue',
] as const;
export type QueueName = (typeof QUEUES)[number];

export interface QuarantinedFile {
  readonly key: string;
  readonly versionId: string | null;
  readonly member: number;
  readonly name: string | null;
  readonly reason: string;
  readonly advice: string;
  readonly at: string;
}

/** The person's own watchlist, or what they may start from. */
export interface WatchlistDraft {
  readonly yaml: string;
  /** Newest first; empty when nothing was put yet. */
  readonly versions: readonly WatchlistVersion[];
  /** The JSON Schema of a watchlist, to complete by. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What is wrong with a draft, its rules' tests included; nothing, and it may be put. */
export interface Checked {
  readonly problems: readonly Problem[];
  /** 0 for a draft with problems. */
  readonly rules: number;
}

/** What a draft sees in a pasted text. */
export interface TriedOut {
  readonly view: ArticleView;
  /** The draft's own topics: the watchlist in force may not know them. */
  readonly topics: readonly Topic[];
}

export interface PutAnswer {
  readonly isPut: boolean;
  /** Why it was not put. */
  readonly problems: readonly Problem[];
}

/** What the page asks of the stack; the commands' own functions stand behind it. */
export interface ConsoleApi {
  about(): Promise<About>;
  /** A page of the feed, newest first, by index queries only. */
  feed(query: FeedQuery, after: string | null): Promise<FeedPage>;
  /** Counts what a query asks for; without a `since`, of the last 30 days. */
  chart(query: FeedQuery): Promise<Chart>;
  /**
   * Tells of every change until `signal` is aborted. What is told twice is the same both times.
   * @param from the last place that was told, to go on from; null at first, and then the last minute is told.
   */
  live(tell: Tell, from: string | null, signal: AbortSignal): Promise<void>;
  /** null when there is no such article. */
  article(id: string): Promise<ArticleView | null>;
  /** Which rules match it today and which nearly do; null when its text is gone. */
  explain(id: string): Promise<readonly RuleOutcome[] | null>;
  /** null when it was deleted. */
  original(id: string): Promise<Original | null>;
  /** Puts the file in the inbox; `live` tells what becomes of it. */
  upload(file: DroppedBytes): Promise<void>;
  health(): Promise<Health>;
  /** Reads a quarantined version of a file again. */
  redrive(dropping: Dropping): Promise<void>;
  watchlist(): Promise<WatchlistDraft>;
  /** Compiles a draft and runs its rules' tests; nothing changes. */
  check(yaml: string): Promise<Checked>;
  /** What a draft sees in a pasted text; null when the draft has mistakes or the text is none. */
  tryOut(yaml: string, text: string): Promise<TriedOut | null>;
  /** What a draft would change on the stored articles; null when it has mistakes. */
  preview(yaml: string): Promise<Preview | null>;
  /** Puts a draft in force, unless anything is wrong with it, a failing test included. */
  put(yaml: string): Promise<PutAnswer>;
  /** Takes the person's own away: what ships is in force again. Its versions stay. */
  backToShipped(): Promise<void>;
  /** The text of an earlier version. */
  version(versionId: string): Promise<string>;
  /** A draft with a failing test that says: this alert was none. null when the alert or its rule is gone. */
  falseAlarm(articleId: string, rule: string): Promise<string | null>;
}
