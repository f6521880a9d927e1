import type { Article, FoundDate } from './article.ts';
import type { Classification, Event, Party, Severity, Status } from './event.ts';
import type { StoredObject } from './notice.ts';

/** Format of the stored item; raised when an old reader could misread a new item. */
export const RECORD_VERSION = 1;

/** What is kept of an event; its stretches point into `articleText` as the record's parser version cleans it. */
export interface StoredEvent {
  readonly topic: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly severity: Severity;
  readonly status: Status;
  readonly source: readonly StoredParty[];
  readonly target: readonly StoredParty[];
  readonly place: StoredParty | null;
  readonly attribution: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** Only kept for the event that an alert shows. */
  readonly sentence: string | null;
  readonly confidence: number;
  readonly salience: Event['salience'];
  readonly codes: Event['codes'];
  readonly shadow: boolean;
}

export interface StoredParty {
  readonly id: string | null;
  readonly text: string;
}

/**
 * PENDING: to be sent. SENT: SNS took it. SUPPRESSED: nobody is told, `reason` says why.
 * FAILED: refused for good, `reason` says why; `rasid alerts redrive` tries again.
 */
export type AlertState = 'PENDING' | 'SENT' | 'SUPPRESSED' | 'FAILED';

/** One alert of an article: at most one per rule. */
export interface StoredAlert {
  readonly rule: string;
  readonly state: AlertState;
  /** Which of the record's events it shows. */
  readonly event: number;
  readonly createdAt: string;
  readonly reason: string | null;
  readonly sentAt: string | null;
  readonly messageId: string | null;
  readonly attempts: number;
}

/** An article as it stands in the table, with its events and its alerts: one aggregate, one item. */
export interface ArticleRecord {
  readonly id: string;
  readonly title: string;
  readonly lang: string;
  readonly source: string | null;
  readonly byline: string | null;
  readonly url: string | null;
  readonly published: FoundDate | null;
  /** When ingest saw it, ISO 8601 UTC. */
  readonly seenAt: string;
  readonly object: ObjectRef;
  readonly labels: readonly string[];
  readonly events: readonly StoredEvent[];
  /** Events beyond MAX_EVENTS, not stored. */
  readonly eventsLeftOut: number;
  readonly alerts: readonly StoredAlert[];
  readonly parserVersion: string;
  readonly watchlistVersion: string;
}

/** Where the bytes of an article lie; `member` counts from 0 inside the object. */
export interface ObjectRef
  extends Pick<StoredObject, 'bucket' | 'key' | 'versionId' | 'uploadedAt'> {
  readonly member: number;
}

/** An item may be 400 KB; an event is about 0.7 KB. Articles with more are lists or floods of one trigger. */
const MAX_EVENTS = 40;
/** A title is for people; a hostile one must not fill the item (Arabic: 2 bytes a letter). */
const MAX_TITLE = 300;
/** A glued page can be one endless "sentence"; alerts are capped at 32 KB in all. */
const MAX_SENTENCE = 1200;

export interface RecordContext {
  readonly object: ObjectRef;
  readonly now: Date;
  readonly parserVersion: string;
  /** Why no alert of this article may be sent, or null. */
  readonly suppress: string | null;
}

/** The record of an article that has just been read and classified. */
export function recordOf(
  article: Article,
  classification: Classification,
  { object, now, parserVersion, suppress }: RecordContext,
): ArticleRecord {
  const kept = classification.events.slice(0, MAX_EVENTS);
  const shown = shownEvents(kept);
  const createdAt = now.toISOString();
  return {
    id: article.id,
    title: clip(article.title, MAX_TITLE),
    lang: article.lang,
    source: article.source === null ? null : clip(article.source, MAX_TITLE),
    byline: article.byline === null ? null : clip(article.byline, MAX_TITLE),
    url: article.url,
    published: article.published,
    seenAt: createdAt,
    object,
    labels: classification.labels,
    events: kept.map((event, i) => storedEvent(event, shown.has(i))),
    eventsLeftOut: classification.events.length - kept.length,
    alerts: [...shown].map((event) => ({
      rule: (kept[event] as Event).rule,
      state: suppress === null ? 'PENDING' : 'SUPPRESSED',
      event,
      createdAt,
      reason: suppress,
      sentAt: null,
      messageId: null,
      attempts: 0,
    })),
    parserVersion,
    watchlistVersion: classification.watchlistVersion,
  };
}

/** For each rule that alerts, the event that shows it best: surest first, then headline before lead before body. */
function shownEvents(events: readonly Event[]): Set<number> {
  const best = new Map<string, number>();
  events.forEach((event, i) => {
    if (!event.alert || event.shadow) return;
    const other = best.get(event.rule);
    if (other === undefined || weight(event) > weight(events[other] as Event))
      best.set(event.rule, i);
  });
  return new Set(best.values());
}

/** A headline is worth more than a tenth of confidence, no more: a sure body sentence beats a vague headline. */
const SALIENCE = { headline: 0.08, lead: 0.06, body: 0 } as const;

function weight({ confidence, salience, source, target }: Event): number {
  const named = (source.length > 0 ? 0.1 : 0) + (target.length > 0 ? 0.1 : 0);
  return confidence + SALIENCE[salience] + named;
}

function storedEvent(event: Event, isShown: boolean): StoredEvent {
  const { quote, sentence, cues: _, alert: __, ...rest } = event;
  return {
    ...rest,
    source: event.source.map(storedParty),
    target: event.target.map(storedParty),
    place: event.place && storedParty(event.place),
    quote: clip(quote.text, MAX_SENTENCE),
    start: quote.start,
    end: quote.end,
    sentence: isShown ? clip(sentence.text, MAX_SENTENCE) : null,
  };
}

const storedParty = ({ id, text }: Party): StoredParty => ({ id, text: clip(text, MAX_TITLE) });

/** Cuts at `max` UTF-16 units, never inside a surrogate pair, and shows that it cut. */
function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}
