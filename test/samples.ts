import type { Article } from '../shared/article.ts';
import type { Event, Party } from '../shared/event.ts';
import { type ArticleRecord, recordOf } from '../shared/record.ts';

const EVENT: Event = {
  topic: 'visit',
  rule: 'visit',
  ruleVersion: 1,
  severity: 'notice',
  title: { en: 'Visit', ar: 'زيارة' },
  status: 'asserted',
  source: [],
  target: [],
  place: null,
  attribution: null,
  quote: { text: 'visited', start: 0, end: 7 },
  sentence: { text: 'Somebody visited somebody.', start: 0, end: 26 },
  cues: [],
  confidence: 0.9,
  salience: 'lead',
  codes: {},
  alert: true,
  shadow: false,
};

/** Somebody by id; by words alone when `id` is null. */
export function party(id: string | null, text: string = id ?? ''): Party {
  return { id, of: null, country: null, text, start: 0, end: text.length };
}

/** An event of the rule `visit` that alerts, but for what is given. */
export function event(given: Partial<Event> = {}): Event {
  return { ...EVENT, ...given };
}

let made = 0;

/** The record of an article with these events, as ingest would make it. Each call is another article unless `id` is given. */
export function record(
  given: Partial<Article> = {},
  events: readonly Event[] = [event()],
  {
    now = new Date('2026-03-02T10:00:00Z'),
    suppress = null,
  }: { now?: Date; suppress?: string | null } = {},
): ArticleRecord {
  made += 1;
  const article: Article = {
    id: String(made).padStart(22, 'x'),
    title: 'A headline',
    body: 'A body.',
    lang: 'en',
    byline: null,
    source: null,
    url: null,
    published: null,
    modified: null,
    dropped: [],
    warnings: [],
    ...given,
  };
  const classification = {
    events,
    labels: [...new Set(events.map(({ topic }) => topic))],
    watchlistVersion: 'w1',
    counters: { tokens: 0, misses: 0, candidates: 0, verified: 0, capped: 0 },
  };
  const object = {
    bucket: 'inbox',
    key: `${article.id}.txt`,
    versionId: 'v1',
    uploadedAt: now.toISOString(),
    member: 0,
  };
  const context = { object, now, parserVersion: 'p1', suppress, replayed: false };
  return recordOf(article, classification, context);
}
