import type { FoundDate } from './article.ts';
import { type ArticleRecord, actorIds } from './record.ts';
import { siteOf } from './site.ts';

/** An article as the archive's index shows it: enough to choose by, without reading the whole. */
export interface ArticleEntry {
  readonly id: string;
  /** When it was seen, ISO 8601. */
  readonly seenAt: string;
  readonly title: string;
  readonly lang: string;
  readonly source: string | null;
  readonly site: string;
  readonly published: FoundDate | null;
  readonly labels: readonly string[];
  readonly actors: readonly string[];
  /** `topic:status` for each event. */
  readonly statuses: readonly string[];
}

/** What somebody looks for; within one line any of the values, and all of the lines. */
export interface ArchiveFilter {
  readonly topics: readonly string[];
  readonly actors: readonly string[];
  readonly statuses: readonly string[];
  readonly langs: readonly string[];
  /** Sites as filters name them, or part of a source's name. */
  readonly sources: readonly string[];
  /** Local dates as the publisher wrote them, `yyyy[-mm[-dd]]`; an article without a date is not in any range. */
  readonly publishedSince: string | null;
  readonly publishedUntil: string | null;
}

/** From when to when articles were seen: `since` belongs to it, `until` does not. */
export interface SeenRange {
  readonly since: Date;
  readonly until: Date;
}

/** Whether the entry is what was looked for. A status counts for the topic that was asked for. */
export function matchesFilter(entry: ArticleEntry, filter: ArchiveFilter): boolean {
  const { topics, actors, statuses, langs, sources } = filter;
  const any = (wanted: readonly string[], has: (value: string) => boolean) =>
    wanted.length === 0 || wanted.some(has);
  const isOf = (status: string) =>
    entry.statuses.some((pair) => {
      const cut = pair.lastIndexOf(':');
      const isTopic = topics.length === 0 || topics.includes(pair.slice(0, cut));
      return isTopic && pair.slice(cut + 1) === status;
    });
  return (
    any(topics, (topic) => entry.labels.includes(topic)) &&
    any(actors, (actor) => entry.actors.includes(actor)) &&
    any(statuses, isOf) &&
    any(langs, (lang) => entry.lang === lang) &&
    any(sources, (source) => isFrom(entry, source)) &&
    isPublishedWithin(entry.published, filter)
  );
}

function isFrom({ site, source }: ArticleEntry, wanted: string): boolean {
  const name = wanted.toLowerCase();
  return site === name || (source ?? '').toLowerCase().includes(name);
}

/** Dates of unlike precision are compared as far as both go: 2024-03 is within since 2024-03-15. */
function isPublishedWithin(
  published: FoundDate | null,
  { publishedSince, publishedUntil }: ArchiveFilter,
): boolean {
  if (publishedSince === null && publishedUntil === null) return true;
  if (published === null) return false;
  const day = published.value.slice(0, 10);
  const to = (bound: string) => Math.min(day.length, bound.length);
  return (
    (publishedSince === null ||
      day.slice(0, to(publishedSince)) >= publishedSince.slice(0, to(publishedSince))) &&
    (publishedUntil === null ||
      day.slice(0, to(publishedUntil)) <= publishedUntil.slice(0, to(publishedUntil)))
  );
}

/** The same view of a whole record. */
export function entryOf(record: ArticleRecord): ArticleEntry {
  const { id, seenAt, title, lang, source, published, labels, events } = record;
  const actors = events.flatMap((event) => [...event.source, ...event.target]);
  return {
    ...{ id, seenAt, title, lang, source, published, labels },
    site: siteOf(record),
    actors: actorIds(actors),
    statuses: [...new Set(events.map(({ topic, status }) => `${topic}:${status}`))],
  };
}

const DAY_MS = 86_400_000;

/** The UTC days of a range, newest first, as the index is keyed: `yyyy-mm-dd`. */
export function* daysOf({ since, until }: SeenRange): Generator<string> {
  let last = until.getTime() - 1;
  while (last >= since.getTime()) {
    yield new Date(last).toISOString().slice(0, 10);
    last = Math.floor(last / DAY_MS) * DAY_MS - 1;
  }
}

/** The months of a range, newest first: `yyyy-mm`. */
export function* monthsOf(range: SeenRange): Generator<string> {
  let month = '';
  for (const day of daysOf(range)) {
    if (day.startsWith(month) && month !== '') continue;
    month = day.slice(0, 7);
    yield month;
  }
}

/** Several sequences, each newest first by `at`, as one. */
export async function* newestFirst<Item>(
  sources: readonly AsyncIterable<Item>[],
  at: (item: Item) => string,
): AsyncGenerator<Item> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
  for (;;) {
    let newest = -1;
    heads.forEach((head, i) => {
      const other = heads[newest];
      if (head.done) return;
      if (other === undefined || other.done || at(head.value) > at(other.value)) newest = i;
    });
    const head = heads[newest];
    if (head === undefined || head.done) return;
    yield head.value;
    heads[newest] = (await iterators[newest]?.next()) ?? { done: true, value: undefined };
  }
}
