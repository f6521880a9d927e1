import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failedKey, monthKey, pendingKey, SHARDS } from '../../shared/aws/article-item.ts';
import type { Severity } from '../../shared/event.ts';
import type { AlertState, ArticleRecord, StoredEvent } from '../../shared/record.ts';
import type { FeedRow } from './api.ts';

type Item = Record<string, AttributeValue>;

/** Reads the feed's index; what only the articles' items know is left out. */
export interface FeedReader {
  /**
   * Rows of one stretch of the feed, newest first; none when two months have none.
   * @param before a row's place, as `placeOf` gives it; nothing at or after it is read.
   * @param floor `YYYY-MM-DD`: no day before it is read.
   */
  before(before: string, floor: string): Promise<Stretch>;
  /** Rows that came after a place, oldest first. */
  after(place: string): Promise<readonly FeedRow[]>;
}

export interface Stretch {
  readonly rows: readonly FeedRow[];
  /** Where the next stretch begins; null at the floor. */
  readonly next: string | null;
}

/** Where a row stands in the feed: later rows are greater. */
export function placeOf({ seenAt, id }: Pick<FeedRow, 'seenAt' | 'id'>): string {
  return `${seenAt}#${id}`;
}

/** Greater than the place of every article of this day. */
export const endOf = (day: string) => `${day}T~`;

/** Rows of a shard that one query reads: about 100 KB. */
const SHARD_ROWS = 150;
/** Empty days are looked through by doubling steps up to this, so that an archive with gaps is crossed quickly. */
const MAX_DAYS = 32;

const SHARD_NUMBERS = Array.from({ length: SHARDS }, (_, shard) => shard);
const SEVERITIES: readonly Severity[] = ['low', 'notice', 'high', 'critical'];

/** @param severityOf what the watchlist says of a topic; the index does not. */
export function feedReader(
  dynamodb: DynamoDBClient,
  table: string,
  severityOf: (topic: string) => Severity | null,
): FeedReader {
  async function shardOfDay(
    day: string,
    shard: number,
    range: string,
    place: string,
    from: 'newest' | 'oldest',
  ) {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'gsi1',
        KeyConditionExpression: `gsi1pk = :day AND gsi1sk ${range} :place`,
        ExpressionAttributeValues: marshall({ ':day': `D#${day}#${shard}`, ':place': place }),
        ScanIndexForward: from === 'oldest',
        Limit: SHARD_ROWS,
      }),
    );
    return { items: Items, isCut: LastEvaluatedKey !== undefined };
  }

  /** What of the days can be told in order: where a shard was cut, older rows of the others must wait. */
  async function days(
    newest: string,
    count: number,
    floor: string,
    place: string,
  ): Promise<Stretch> {
    const asked = Array.from({ length: count }, (_, i) => dayBefore(newest, i)).filter(
      (day) => day >= floor,
    );
    const shards = await Promise.all(
      asked.flatMap((day) =>
        SHARD_NUMBERS.map((shard) => shardOfDay(day, shard, '<', place, 'newest')),
      ),
    );
    const bounds = shards.filter(({ isCut }) => isCut).map(({ items }) => sortKey(items.at(-1)));
    const bound = bounds.length === 0 ? null : bounds.reduce((a, b) => (a > b ? a : b));
    const rows = shards
      .flatMap(({ items }) => items)
      .filter((item) => bound === null || sortKey(item) >= bound)
      .map((item) => rowOfItem(item, severityOf))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const below = endOf(dayBefore(newest, count));
    return { rows, next: bound ?? (below < endOf(floor) ? null : below) };
  }

  return {
    async before(before, floor) {
      let place = before;
      let count = 1;
      for (;;) {
        const stretch = await days(place.slice(0, 10), count, floor, place);
        if (stretch.rows.length > 0 || stretch.next === null || count === MAX_DAYS)
          return { ...stretch, rows: await withAlerts(dynamodb, table, stretch.rows) };
        place = stretch.next;
        count = Math.min(count * 2, MAX_DAYS);
      }
    },
    async after(place) {
      const rows: FeedRow[] = [];
      const today = new Date().toISOString().slice(0, 10);
      for (let day = place.slice(0, 10); day <= today; day = dayBefore(day, -1))
        for (const { items } of await Promise.all(
          SHARD_NUMBERS.map((shard) => shardOfDay(day, shard, '>', place, 'oldest')),
        ))
          rows.push(...items.map((item) => rowOfItem(item, severityOf)));
      return rows.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    },
  };
}

const sortKey = (item: Item | undefined) => item?.['gsi1sk']?.S ?? '';

/** `days` before a day; negative ones are after it. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

function rowOfItem(item: Item, severityOf: (topic: string) => Severity | null): FeedRow {
  const { pk, gsi1sk, title, lang, source, published, actors, statuses } = unmarshall(item);
  const pairs: string[] = statuses ?? [];
  const topics = [...new Set(pairs.map((pair) => pair.slice(0, pair.lastIndexOf(':'))))];
  return {
    id: String(pk).slice(2),
    title: title ?? '',
    lang,
    source: source ?? null,
    published: published?.value ?? null,
    seenAt: String(gsi1sk).split('#')[0] ?? '',
    topics,
    actors: actors ?? [],
    statuses: pairs,
    pairs: null,
    severity: highest(topics.map(severityOf)),
    alert: null,
  };
}

/** The row of an article whose whole item was read. */
export function rowOfRecord(record: ArticleRecord): FeedRow {
  const { id, title, lang, source, published, seenAt, events, alerts } = record;
  const states = alerts.map(({ state }) => state);
  const parties = events.flatMap((event) => [...event.source, ...event.target]);
  return {
    id,
    title,
    lang,
    source,
    published: published?.value ?? null,
    seenAt,
    topics: [...new Set(events.map(({ topic }) => topic))],
    actors: [...new Set(parties.flatMap(({ id: actor }) => actor ?? []))],
    statuses: [...new Set(events.map(({ topic, status }) => `${topic}:${status}`))],
    pairs: pairsOf(events),
    severity: highest(events.map(({ severity }) => severity)),
    alert: TELLING.find((state) => states.includes(state)) ?? null,
  };
}

/** Of several alerts, the state that a person should hear of first. */
const TELLING: readonly AlertState[] = ['PENDING', 'FAILED', 'SENT', 'SUPPRESSED'];

/** `source>target` of every event between two known actors, once each. */
export function pairsOf(events: readonly Pick<StoredEvent, 'source' | 'target'>[]): string[] {
  const pairs = events.flatMap(({ source, target }) =>
    source.flatMap((from) => target.map((to) => (from.id && to.id ? `${from.id}>${to.id}` : ''))),
  );
  return [...new Set(pairs)].filter((pair) => pair !== '');
}

function highest(severities: readonly (Severity | null)[]): Severity | null {
  return SEVERITIES.findLast((severity) => severities.includes(severity)) ?? null;
}

/** How the rows' alerts stand: the second index is parted by it, so that no article has to be read. */
async function withAlerts(
  dynamodb: DynamoDBClient,
  table: string,
  rows: readonly FeedRow[],
): Promise<readonly FeedRow[]> {
  const [newest, oldest] = [rows[0]?.seenAt, rows.at(-1)?.seenAt];
  if (newest === undefined || oldest === undefined) return rows;
  const months = [...new Set(rows.map(({ seenAt }) => seenAt.slice(0, 7)))];
  const partitions = SHARD_NUMBERS.flatMap((shard): readonly [AlertState, string][] => [
    ...months.flatMap((month): readonly [AlertState, string][] => [
      ['SUPPRESSED', monthKey('QUIET', month, shard)],
      ['SENT', monthKey('SENT', month, shard)],
    ]),
    ['FAILED', failedKey(shard)],
    ['PENDING', pendingKey(shard)],
  ]);
  const states = new Map<string, AlertState>();
  await Promise.all(
    partitions.map(async ([state, partition]) => {
      const pages = paginateQuery(
        { client: dynamodb },
        {
          TableName: table,
          IndexName: 'gsi2',
          KeyConditionExpression: 'gsi2pk = :pk AND gsi2sk BETWEEN :oldest AND :newest',
          ExpressionAttributeValues: marshall({
            ':pk': partition,
            ':oldest': oldest,
            ':newest': newest,
          }),
        },
      );
      for await (const { Items = [] } of pages)
        for (const { pk } of Items) states.set(String(pk?.S).slice(2), state);
    }),
  );
  return rows.map((row) => ({ ...row, alert: states.get(row.id) ?? null }));
}
