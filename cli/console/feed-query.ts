import type { FeedRow } from './api.ts';

/** What a person wants to see of the feed; an empty list asks for nothing. */
export interface FeedQuery {
  /** Any of them. */
  readonly topic: readonly string[];
  readonly status: readonly string[];
  readonly severity: readonly string[];
  readonly lang: readonly string[];
  readonly source: readonly string[];
  /** All of them. */
  readonly actor: readonly string[];
  /** `source>target`, two actors: who acts towards whom. */
  readonly who: string | null;
  /** `YYYY-MM-DD`, both inclusive, in UTC: when the article was seen. */
  readonly since: string | null;
  readonly until: string | null;
  /** Words that the title must hold, in any order. */
  readonly search: string;
  /** Only articles with an alert. */
  readonly alerted: boolean;
}

export const LIST_FILTERS = ['topic', 'status', 'severity', 'lang', 'source', 'actor'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

export const EVERYTHING: FeedQuery = {
  topic: [],
  status: [],
  severity: [],
  lang: [],
  source: [],
  actor: [],
  who: null,
  since: null,
  until: null,
  search: '',
  alerted: false,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a query from an address; what it does not know is left alone. */
export function readQuery(params: URLSearchParams): FeedQuery {
  const lists = Object.fromEntries(LIST_FILTERS.map((name) => [name, params.getAll(name)]));
  const day = (name: string) => {
    const value = params.get(name) ?? '';
    return DAY.test(value) ? value : null;
  };
  return {
    ...EVERYTHING,
    ...lists,
    who: params.get('who'),
    since: day('since'),
    until: day('until'),
    search: params.get('search') ?? '',
    alerted: params.get('alerted') === 'yes',
  };
}

/** The other way: only what is asked for, always in the same order. */
export function writeQuery(query: FeedQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of LIST_FILTERS) for (const value of query[name]) params.append(name, value);
  if (query.who !== null) params.set('who', query.who);
  if (query.since !== null) params.set('since', query.since);
  if (query.until !== null) params.set('until', query.until);
  if (query.search !== '') params.set('search', query.search);
  if (query.alerted) params.set('alerted', 'yes');
  return params;
}

/** Whether the row is asked for; the time range included. */
export function matches(query: FeedQuery, row: FeedRow): boolean {
  const day = row.seenAt.slice(0, 10);
  return (
    (query.since === null || day >= query.since) &&
    (query.until === null || day <= query.until) &&
    (!query.alerted || row.alert !== null) &&
    any(query.lang, [row.lang]) &&
    any(query.source, [row.source ?? '']) &&
    any(query.severity, [row.severity ?? '']) &&
    query.actor.every((actor) => row.actors.includes(actor)) &&
    (query.who === null || row.pairs?.includes(query.who) === true) &&
    matchesStatus(query, row) &&
    words(query.search).every((word) => fold(row.title).includes(word))
  );
}

/** Topic and status must hold of the same event: a planned visit is not asked for by a denied one beside it. */
function matchesStatus({ topic, status }: FeedQuery, { topics, statuses }: FeedRow): boolean {
  if (status.length === 0) return any(topic, topics);
  return statuses.some((pair) => {
    const colon = pair.lastIndexOf(':');
    return any(topic, [pair.slice(0, colon)]) && status.includes(pair.slice(colon + 1));
  });
}

function any(wanted: readonly string[], found: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((value) => found.includes(value));
}

const words = (search: string) => fold(search).split(/\s+/).filter(Boolean);

/** Letters as people type them: no vowel marks, no tatweel, one alef, any case. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{Mn}\u0640]/gu, '')
    .replaceAll('ى', 'ي')
    .toLowerCase();
}
