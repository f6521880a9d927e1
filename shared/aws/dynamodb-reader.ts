import {
  BatchGetItemCommand,
  type ConsumedCapacity,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type ArticleEntry,
  daysOf,
  monthsOf,
  newestFirst,
  type SeenRange,
} from '../archive-query.ts';
import type { ArticleRecord, ObjectRef } from '../record.ts';
import type { Story } from '../story/story.ts';
import {
  articleKey,
  failedKey,
  type Item,
  monthKey,
  pendingKey,
  recordFrom,
  SHARDS,
} from './article-item.ts';

/** How much was read so far. */
export interface ReadMeter {
  /** Index entries and items. */
  entries: number;
  /** Read units, as they are paid for. */
  units: number;
}

/** Everything that is kept of one article. */
export interface WholeArticle {
  readonly record: ArticleRecord;
  /** Where else the same text came from. */
  readonly receipts: readonly (ObjectRef & { readonly seenAt: string })[];
  /** Stories that it told first, by topic. */
  readonly stories: readonly Story[];
}

/** Which articles with alerts: told, waiting, refused for good, or kept quiet. */
export type AlertedKind = 'SENT' | 'PENDING' | 'FAILED' | 'QUIET';

export interface ArchiveReader {
  readonly read: ReadMeter;
  /** Articles by when they were seen, newest first. */
  entries(range: SeenRange): AsyncGenerator<ArticleEntry>;
  /** Articles that have alerts, newest first. */
  alerted(range: SeenRange, kinds: readonly AlertedKind[]): AsyncGenerator<ArticleRecord>;
  /** Whole records, in the order of the ids; those that are gone are left out. */
  records(ids: readonly string[]): Promise<ArticleRecord[]>;
  /** Null when there is no such article. */
  whole(id: string): Promise<WholeArticle | null>;
}

/** A page of an index: what one shard of a busy day gives for one screen. */
const PAGE = 100;
/** DynamoDB gives at most 100 items or 16 MB at once. */
const BATCH = 100;
/** Ids gathered before their items are fetched: a screen's worth. */
const FETCH = 25;

/** Reads the one table by its keys and indexes only, never by a scan. */
export function dynamodbReader(dynamodb: DynamoDBClient, table: string): ArchiveReader {
  const read: ReadMeter = { entries: 0, units: 0 };

  function count(entries: number, capacity: readonly (ConsumedCapacity | undefined)[]): void {
    read.entries += entries;
    for (const used of capacity) read.units += used?.CapacityUnits ?? 0;
  }

  async function* query(input: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item> {
    let start: Item | undefined;
    do {
      const answer = await dynamodb.send(
        new QueryCommand({
          ...input,
          TableName: table,
          ExclusiveStartKey: start,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      const { Items = [] } = answer;
      count(Items.length, [answer.ConsumedCapacity]);
      yield* Items;
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** One partition of an index, newest first. */
  const partition = (index: 'gsi1' | 'gsi2', pk: string, { since, until }: SeenRange) =>
    query({
      IndexName: index,
      KeyConditionExpression: `${index}pk = :pk AND ${index}sk BETWEEN :since AND :until`,
      ExpressionAttributeValues: marshall({
        ':pk': pk,
        ':since': since.toISOString(),
        ':until': new Date(until.getTime() - 1).toISOString() + AFTER_ALL_IDS,
      }),
      ScanIndexForward: false,
      Limit: PAGE,
    });

  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

  async function* idsOf(range: SeenRange, kinds: readonly AlertedKind[]): AsyncGenerator<string> {
    const months = [...monthsOf(range)];
    const keys = kinds.flatMap((kind) =>
      shards.map((shard): string[] => {
        if (kind === 'PENDING') return [pendingKey(shard)];
        if (kind === 'FAILED') return [failedKey(shard)];
        return months.map((month) => monthKey(kind, month, shard));
      }),
    );
    const sources = keys.map(async function* (all) {
      for (const pk of all) yield* partition('gsi2', pk, range);
    });
    for await (const { pk } of newestFirst(sources, (item) => item['gsi2sk']?.S ?? ''))
      if (pk?.S !== undefined) yield pk.S.slice(2);
  }

  async function records(ids: readonly string[]): Promise<ArticleRecord[]> {
    const found = new Map<string, ArticleRecord>();
    for (let i = 0; i < ids.length; i += BATCH) {
      let keys: Item[] = ids.slice(i, i + BATCH).map((id) => marshall(articleKey(id)));
      while (keys.length > 0) {
        const answer = await dynamodb.send(
          new BatchGetItemCommand({
            RequestItems: { [table]: { Keys: keys } },
            ReturnConsumedCapacity: 'TOTAL',
          }),
        );
        const items = answer.Responses?.[table] ?? [];
        count(items.length, answer.ConsumedCapacity ?? []);
        for (const item of items.filter(({ forgottenAt }) => forgottenAt === undefined)) {
          const record = recordFrom(item);
          found.set(record.id, record);
        }
        keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  return {
    read,
    records,
    async *entries(range) {
      for (const day of daysOf(range))
        yield* newestFirst(
          shards.map((shard) => entriesOf(partition('gsi1', `D#${day}#${shard}`, range))),
          ({ seenAt, id }) => `${seenAt}#${id}`,
        );
    },
    async *alerted(range, kinds) {
      let ids: string[] = [];
      for await (const id of idsOf(range, kinds)) {
        ids.push(id);
        if (ids.length < FETCH) continue;
        yield* await records(ids);
        ids = [];
      }
      yield* await records(ids);
    },
    async whole(id) {
      let record: ArticleRecord | null = null;
      const receipts: (ObjectRef & { seenAt: string })[] = [];
      const stories: Story[] = [];
      for await (const item of query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': articleKey(id).pk }),
      })) {
        const sk = item['sk']?.S ?? '';
        if (sk === 'META' && !item['forgottenAt']) record = recordFrom(item);
        if (sk.startsWith('STORY#')) stories.push(unmarshall(item)['story'] as Story);
        if (sk.startsWith('O#')) receipts.push(receiptFrom(item));
      }
      return record === null ? null : { record, receipts, stories };
    },
  };
}

/** gsi1's sort key is the time and the id: this sorts behind every id of one moment. */
const AFTER_ALL_IDS = '$';

async function* entriesOf(items: AsyncIterable<Item>): AsyncGenerator<ArticleEntry> {
  for await (const item of items) {
    const { pk, gsi1sk, title, lang, source, site, published, labels, actors, statuses } =
      unmarshall(item);
    yield {
      id: String(pk).slice(2),
      seenAt: String(gsi1sk).slice(0, String(gsi1sk).indexOf('#')),
      title: title ?? '',
      lang,
      source: source ?? null,
      site: site ?? 'unknown',
      published: published ?? null,
      labels: labels ?? [],
      actors: actors ?? [],
      statuses: statuses ?? [],
    };
  }
}

function receiptFrom(item: Item): ObjectRef & { seenAt: string } {
  const { bucket, key, versionId, uploadedAt, member, seenAt } = unmarshall(item);
  return { bucket, key, versionId: versionId ?? null, uploadedAt, member: member ?? 0, seenAt };
}
