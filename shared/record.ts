import type { Article, FoundDate } from './article.ts';
import { clip } from './clip.ts';
import type {
  Classification,
  Dedupe,
  Event,
  Party,
  Severity,
  Status,
  TopicTitle,
} from './event.ts';
import type { StoredObject } from './notice.ts';
import { isCorrection } from './status.ts';
import { type Fingerprint, fingerprintOf } from './story/fingerprint.ts';

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
  /** Sentence and title are only kept for the event that an alert shows. */
  readonly sentence: string | null;
  readonly title: TopicTitle;
  readonly confidence: number;
  readonly salience: Event['salience'];
  readonly codes: Event['codes'];
  readonly shadow: boolean;
}

export interface StoredParty {
  readonly id: string | null;
  readonly text: string;
  /** The actor it belongs to when it is not that actor; left out when nobody is known. */
  readonly of?: string;
  /** ISO 3166 alpha-3; left out when it is not known. */
  readonly country?: string;
}

/** Under which names a party is asked for: its own id, whom it belongs to, and its country's code in small letters. */
export function actorIds(parties: readonly StoredParty[]): string[] {
  const ids = parties.flatMap(({ id, of, country }) => [id, of, country?.toLowerCase()]);
  return [...new Set(ids.flatMap((id) => id ?? []))];
}

/**
 * PENDING: to be sent. SENT: SNS took it. SUPPRESSED: nobody is told by itself, `reason` says why (`old`, `backfill`,
 * `muted`, `story`: it is told already, `summary`: told in a summary,
 * `nothing-told`: it takes back what nobody was told). FAILED: refused for good, `reason` says why; `rasid alerts --redrive` tries again.
 */
export type AlertState = 'PENDING' | 'SENT' | 'SUPPRESSED' | 'FAILED';

/** Why a story that was told is told again: its status or severity rose, or very many sources have it by now. */
export type UpdateReason = 'status' | 'severity' | 'sources';

/** One alert of an article: at most one per topic, under the rule that shows it best. */
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
  /** The article that told this story first; null when it is this one, or when that is not decided yet. */
  readonly story: string | null;
  readonly update: UpdateReason | null;
  /** It comes from a replay of the archive. */
  readonly replayed: boolean;
  /** The rule does not tell people of this status; it goes out only if it takes back what they were told. */
  readonly correction: boolean;
  /** As the event's; null when every article is news to the rule. */
  readonly dedupe: Dedupe | null;
}

/** The alert that an article has on a topic, if any. */
export function alertOn(
  { alerts, events }: Pick<ArticleRecord, 'alerts' | 'events'>,
  topic: string,
): StoredAlert | undefined {
  return alerts.find(({ event }) => events[event]?.topic === topic);
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
  /** To know copies by; only for articles with alerts. */
  readonly fingerprint: Fingerprint | null;
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
const MAX_SENTENCE = 1000;
/** The words between which an event stands; longer ones are a sentence that was never split. */
const MAX_QUOTE = 500;
/** A name or a role; and how many of them a side may list before it is an enumeration. */
const MAX_PARTY = 80;
const MAX_PARTIES = 6;
/** Browsers and servers agree on about 2,000; a cut address leads nowhere, so a longer one is left out. */
const MAX_URL = 2000;
/** Labels stand in an index beside the title; more topics than this in one article say nothing. */
const MAX_LABELS = 60;

export interface RecordContext {
  readonly object: ObjectRef;
  readonly now: Date;
  readonly parserVersion: string;
  /** Why no alert of this article may be sent, or null. */
  readonly suppress: string | null;
  readonly replayed: boolean;
}

/** The record of an article that has just been read and classified. */
export function recordOf(
  article: Article,
  classification: Classification,
  { object, now, parserVersion, suppress, replayed }: RecordContext,
): ArticleRecord {
  const kept = keptEvents(classification.events);
  const shown = shownEvents(kept);
  const createdAt = now.toISOString();
  return {
    id: article.id,
    title: clip(article.title, MAX_TITLE),
    lang: article.lang,
    source: article.source === null ? null : clip(article.source, MAX_TITLE),
    byline: article.byline === null ? null : clip(article.byline, MAX_TITLE),
    url: article.url === null || article.url.length > MAX_URL ? null : article.url.toWellFormed(),
    published: article.published,
    seenAt: createdAt,
    object,
    labels: classification.labels.slice(0, MAX_LABELS),
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
      story: null,
      update: null,
      replayed,
      correction: !(kept[event] as Event).alert,
      dedupe: (kept[event] as Event).dedupe ?? null,
    })),
    fingerprint: shown.size > 0 ? fingerprintOf(article.body) : null,
    parserVersion,
    watchlistVersion: classification.watchlistVersion,
  };
}

/** What fits the item: first the events that alerts show, which must not be lost, then others in the text's order. */
function keptEvents(events: readonly Event[]): Event[] {
  if (events.length <= MAX_EVENTS) return [...events];
  const shown = [...shownEvents(events)].sort((a, b) =>
    compareWeight(events[a] as Event, events[b] as Event),
  );
  const kept = new Set(shown.slice(0, MAX_EVENTS));
  for (let i = 0; kept.size < MAX_EVENTS; i++) kept.add(i);
  return events.filter((_, i) => kept.has(i));
}

const GRAVITY = { low: 0, notice: 1, high: 2, critical: 3 } as const;

/** Gravest first, then surest. */
function compareWeight(one: Event, other: Event): number {
  return GRAVITY[other.severity] - GRAVITY[one.severity] || weight(other) - weight(one);
}

/**
 * For each topic that alerts, or is denied, the event that shows it best: gravest first, then surest, then headline before
 * lead before body. Rules that share a topic are ways of saying the same thing, and people are told of it once.
 */
function shownEvents(events: readonly Event[]): Set<number> {
  const best = new Map<string, number>();
  events.forEach((event, i) => {
    if (event.shadow || !(event.alert || isSureCorrection(event))) return;
    const other = events[best.get(event.topic) ?? -1];
    // What the rule tells people of goes before what may only take something back.
    const isBetter =
      other === undefined ||
      (event.alert === other.alert ? compareWeight(event, other) < 0 : event.alert);
    if (isBetter) best.set(event.topic, i);
  });
  return new Set(best.values());
}

/** Below this a denial is too vague to go out to those who were told the opposite. */
const MIN_CORRECTION = 0.5;

function isSureCorrection({ status, confidence }: Event): boolean {
  return isCorrection(status) && confidence >= MIN_CORRECTION;
}

/** A headline is worth more than a tenth of confidence, no more: a sure body sentence beats a vague headline. */
const SALIENCE = { headline: 0.08, lead: 0.06, body: 0 } as const;

function weight({ confidence, salience, source, target }: Event): number {
  const named = (source.length > 0 ? 0.1 : 0) + (target.length > 0 ? 0.1 : 0);
  return confidence + SALIENCE[salience] + named;
}

function storedEvent(event: Event, isShown: boolean): StoredEvent {
  const { quote, sentence, cues: _, alert: __, dedupe: ___, ...rest } = event;
  return {
    ...rest,
    source: event.source.slice(0, MAX_PARTIES).map(storedParty),
    target: event.target.slice(0, MAX_PARTIES).map(storedParty),
    place: event.place && storedParty(event.place),
    attribution: event.attribution === null ? null : clip(event.attribution, MAX_PARTY),
    quote: clip(quote.text, MAX_QUOTE),
    start: quote.start,
    end: quote.end,
    sentence: isShown ? clip(sentence.text, MAX_SENTENCE) : null,
    title: isShown ? shortTitle(event.title ?? {}) : {},
  };
}

/** Alerts speak these languages, in one line. */
const TITLE_LANGUAGES = ['en', 'ar'] as const;
const MAX_TOPIC_TITLE = 60;

function shortTitle(title: TopicTitle): TopicTitle {
  return Object.fromEntries(
    TITLE_LANGUAGES.flatMap((language) => {
      const name = title[language];
      return name ? [[language, clip(name, MAX_TOPIC_TITLE)]] : [];
    }),
  );
}

const storedParty = ({ id, text, of, country }: Party): StoredParty => ({
  id,
  text: clip(text, MAX_PARTY),
  ...(of === null ? {} : { of }),
  ...(country === null ? {} : { country }),
});
