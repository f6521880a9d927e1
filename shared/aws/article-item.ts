import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type AlertState,
  type ArticleRecord,
  actorIds,
  RECORD_VERSION,
  type StoredAlert,
  type StoredEvent,
} from '../record.ts';
import { siteOf } from '../site.ts';

export type Item = Record<string, AttributeValue>;

/** Index keys are spread over this many partitions: a throttled index throttles its table. */
export const SHARDS = 4;

/** The shard of an article, from its id alone, so that it never moves. */
export function shardOf(id: string): number {
  return id.charCodeAt(0) % SHARDS;
}

export const articleKey = (id: string) => ({ pk: `A#${id}`, sk: 'META' });

/** gsi2's partition while alerts wait. */
export const pendingKey = (shard: number) => `PENDING#${shard}`;
/** gsi2's partition of articles with an alert that was refused for good. */
export const failedKey = (shard: number) => `FAILED#${shard}`;
/** gsi2's partition for the month (`yyyy-mm`) of articles that people were told of; nobody was told of the others. */
export const monthKey = (kind: 'SENT' | 'QUIET', month: string, shard: number) =>
  `${kind}#${month}#${shard}`;

/** Where the article stands in gsi2; null for one without alerts, which keeps it out of the index. */
export function outboxKeys(
  record: Pick<ArticleRecord, 'id' | 'seenAt'>,
  states: readonly AlertState[],
): { gsi2pk: string; gsi2sk: string } | null {
  if (states.length === 0) return null;
  const shard = shardOf(record.id);
  const month = record.seenAt.slice(0, 7);
  // A backfill of 40,000 quiet articles must not stand before the few that somebody was told of.
  let gsi2pk = monthKey(states.includes('SENT') ? 'SENT' : 'QUIET', month, shard);
  if (states.includes('FAILED')) gsi2pk = failedKey(shard);
  if (states.includes('PENDING')) gsi2pk = pendingKey(shard);
  return { gsi2pk, gsi2sk: record.seenAt };
}

/**
 * The item of an article. Attributes that are null or empty are left out, since every started KB is a write unit; an
 * alert's map holds only what differs from the start.
 */
export function itemOf(record: ArticleRecord): Item {
  const { id, seenAt, object, events, alerts } = record;
  const actors = events.flatMap(({ source, target }) => [...source, ...target]);
  return marshall(
    compact({
      ...articleKey(id),
      v: RECORD_VERSION,
      gsi1pk: `D#${seenAt.slice(0, 10)}#${shardOf(id)}`,
      gsi1sk: `${seenAt}#${id}`,
      ...outboxKeys(
        record,
        alerts.map(({ state }) => state),
      ),
      title: record.title,
      lang: record.lang,
      source: record.source,
      site: siteOf(record),
      byline: record.byline,
      url: record.url,
      published: record.published,
      seenAt,
      bucket: object.bucket,
      key: object.key,
      versionId: object.versionId,
      uploadedAt: object.uploadedAt,
      member: object.member || null,
      labels: record.labels,
      actors: actorIds(actors),
      statuses: [...new Set(events.map(({ topic, status }) => `${topic}:${status}`))],
      events: events.map(compact),
      eventsLeftOut: record.eventsLeftOut || null,
      alerts: Object.fromEntries(
        alerts.map(({ rule, ...alert }) => [
          rule,
          compact({ ...alert, attempts: alert.attempts || null }),
        ]),
      ),
      fingerprint: record.fingerprint,
      parserVersion: record.parserVersion,
      watchlistVersion: record.watchlistVersion,
    }),
    { removeUndefinedValues: true },
  );
}

const DEFAULT_EVENT = {
  source: [],
  target: [],
  place: null,
  attribution: null,
  sentence: null,
  title: {},
  codes: {},
  shadow: false,
};

/** What `compact` leaves out of an alert. */
const DEFAULT_ALERT = {
  reason: null,
  sentAt: null,
  messageId: null,
  attempts: 0,
  story: null,
  update: null,
  replayed: false,
  correction: false,
  dedupe: null,
};

/** @throws Error for an item that a newer Rasid wrote: reading it as an old one could send a wrong alert. */
export function recordFrom(item: Item): ArticleRecord {
  const stored = unmarshall(item);
  if (!(stored['v'] <= RECORD_VERSION))
    throw new Error(
      `item ${stored['pk']} has format ${stored['v']}, this Rasid reads up to ${RECORD_VERSION}: deploy the newer one`,
    );
  return {
    id: String(stored['pk']).slice(2),
    title: stored['title'] ?? '',
    lang: stored['lang'],
    source: stored['source'] ?? null,
    byline: stored['byline'] ?? null,
    url: stored['url'] ?? null,
    published: stored['published'] ?? null,
    seenAt: stored['seenAt'],
    object: {
      bucket: stored['bucket'],
      key: stored['key'],
      versionId: stored['versionId'] ?? null,
      uploadedAt: stored['uploadedAt'],
      member: stored['member'] ?? 0,
    },
    labels: stored['labels'] ?? [],
    events: (stored['events'] ?? []).map((event: StoredEvent) => ({ ...DEFAULT_EVENT, ...event })),
    eventsLeftOut: stored['eventsLeftOut'] ?? 0,
    alerts: Object.entries<Omit<StoredAlert, 'rule'>>(stored['alerts'] ?? {}).map(
      ([rule, alert]) => ({ ...DEFAULT_ALERT, ...alert, rule }),
    ),
    fingerprint: stored['fingerprint'] ?? null,
    parserVersion: stored['parserVersion'],
    watchlistVersion: stored['watchlistVersion'],
  };
}

/** Without what is null, false or empty; 0 stays, since it may be an offset. */
function compact<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => {
      if (field === null || field === undefined || field === '' || field === false) return false;
      return typeof field !== 'object' || Object.keys(field).length > 0;
    }),
  ) as Partial<Value>;
}
