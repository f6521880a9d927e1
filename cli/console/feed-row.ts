import { type ArticleEntry, entryOf } from '../../shared/archive-query.ts';
import type { Severity } from '../../shared/event.ts';
import type { AlertState, ArticleRecord, StoredEvent } from '../../shared/record.ts';
import type { FeedRow } from './api.ts';

const SEVERITIES: readonly Severity[] = ['low', 'notice', 'high', 'critical'];

/** The row of an index entry: its alerts are not known, and how severe it is says the watchlist of today. */
export function rowOfEntry(
  entry: ArticleEntry,
  severityOf: (topic: string) => Severity | null,
): FeedRow {
  const { id, title, lang, source, seenAt, actors, statuses } = entry;
  const topics = [...new Set(statuses.map((pair) => pair.slice(0, pair.lastIndexOf(':'))))];
  return {
    ...{ id, title, lang, source, seenAt, topics, actors, statuses },
    published: entry.published?.value ?? null,
    pairs: null,
    severity: highest(topics.map(severityOf)),
    alert: null,
  };
}

/** The row of an article whose whole item was read. */
export function rowOfRecord(record: ArticleRecord): FeedRow {
  const states = record.alerts.map(({ state }) => state);
  return {
    ...rowOfEntry(entryOf(record), () => null),
    pairs: pairsOf(record.events),
    severity: highest(record.events.map(({ severity }) => severity)),
    alert: TELLING.find((state) => states.includes(state)) ?? null,
  };
}

/** Of several alerts, the state that a person should hear of first. */
const TELLING: readonly AlertState[] = ['PENDING', 'FAILED', 'SENT', 'SUPPRESSED'];

/** `source>target` of every event between two known actors, once each. */
function pairsOf(events: readonly Pick<StoredEvent, 'source' | 'target'>[]): string[] {
  const ids = (parties: StoredEvent['source']) => parties.flatMap(({ id }) => id ?? []);
  const pairs = events.flatMap(({ source, target }) =>
    ids(source).flatMap((from) => ids(target).map((to) => `${from}>${to}`)),
  );
  return [...new Set(pairs)];
}

function highest(severities: readonly (Severity | null)[]): Severity | null {
  return SEVERITIES.findLast((severity) => severities.includes(severity)) ?? null;
}
