import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Hand, Outbox, Settled } from '../ports.ts';
import type { ArticleRecord, StoredAlert } from '../record.ts';
import {
  articleKey,
  failedKey,
  outboxKeys,
  pendingKey,
  recordFrom,
  SHARDS,
} from './article-item.ts';
import { updateItem } from './update-item.ts';

/** The alerts inside the articles' items: read, marked, and found again when they are overdue. */
export function dynamodbOutbox(dynamodb: DynamoDBClient, table: string): Outbox {
  async function read(id: string): Promise<ArticleRecord | null> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: table, Key: marshall(articleKey(id)), ConsistentRead: true }),
    );
    return Item === undefined || Item['forgottenAt'] ? null : recordFrom(Item);
  }

  return {
    read,
    async hold(id, hand, now, until) {
      return (await updateItem(dynamodb, holding(table, id, hand, now, until))) !== null;
    },
    async settle(record, settled) {
      let now: ArticleRecord | null = record;
      let left = settled;
      for (let tries = 0; now !== null && left.length > 0; tries++) {
        if (tries === MAX_SETTLES) throw new Error(`article ${record.id} changed ${tries} times`);
        if ((await updateItem(dynamodb, settling(table, now, left))) !== null) return;
        // Another relay was quicker, whose mark stands; or the article was rescored, and has new alerts.
        now = await read(record.id);
        const states = new Map(now?.alerts.map(({ rule, state }) => [rule, state]));
        left = left.filter(({ rule }) => states.get(rule) === 'PENDING');
      }
    },
    async *overdue(before) {
      for (let shard = 0; shard < SHARDS; shard++) {
        yield* idsBefore(dynamodb, table, pendingKey(shard), before.toISOString());
      }
    },
  };
}

/** `heldBy` and `heldUntil` mean nothing once the alerts are settled, and stay. */
function holding(
  table: string,
  id: string,
  hand: Hand,
  now: Date,
  until: Date,
): UpdateItemCommandInput {
  return {
    TableName: table,
    Key: marshall(articleKey(id)),
    UpdateExpression: 'SET heldBy = :hand, heldUntil = :until',
    ConditionExpression:
      'begins_with(gsi2pk, :pending) AND (attribute_not_exists(heldUntil) OR heldUntil < :now OR (heldBy = :stream AND :hand = :stream))',
    ExpressionAttributeValues: marshall({
      ':pending': 'PENDING#',
      ':hand': hand,
      ':stream': 'stream' satisfies Hand,
      ':now': now.toISOString(),
      ':until': until.toISOString(),
    }),
  };
}

/** A rescore and another relay at the same moment are two; more is a fault. */
const MAX_SETTLES = 5;

/** One update for all alerts of the article; only if each is still pending, and no rescore has brought others. */
function settling(
  table: string,
  record: ArticleRecord,
  settled: readonly Settled[],
): UpdateItemCommandInput {
  const states = new Map(record.alerts.map(({ rule, state }) => [rule, state]));
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {
    ':pending': 'PENDING',
    ':watchlist': record.watchlistVersion,
  };
  const sets: string[] = [];
  settled.forEach(({ rule, state, at, messageId, reason, attempts, story, update }, i) => {
    states.set(rule, state);
    names[`#r${i}`] = rule;
    const sentAt = state === 'SENT' ? at : null;
    const fields = { state, attempts: attempts || null, reason, messageId, sentAt, story, update };
    for (const [field, value] of Object.entries(fields)) {
      if (value === null) continue;
      names[`#${field}`] = field;
      values[`:${field}${i}`] = value;
      sets.push(`alerts.#r${i}.#${field} = :${field}${i}`);
    }
  });
  const keys = outboxKeys(record, [...states.values()]);
  values[':gsi2pk'] = keys?.gsi2pk;
  return {
    TableName: table,
    Key: marshall(articleKey(record.id)),
    UpdateExpression: `SET ${[...sets, 'gsi2pk = :gsi2pk'].join(', ')}`,
    ConditionExpression: [
      'watchlistVersion = :watchlist',
      ...settled.map((_, i) => `alerts.#r${i}.#state = :pending`),
    ].join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
  };
}

/** Makes every alert that was refused for good pending again. @returns how many articles have one. */
export async function redriveFailed(dynamodb: DynamoDBClient, table: string): Promise<number> {
  const outbox = dynamodbOutbox(dynamodb, table);
  let articles = 0;
  for (let shard = 0; shard < SHARDS; shard++)
    for await (const id of idsBefore(dynamodb, table, failedKey(shard), ANY_TIME)) {
      const record = await outbox.read(id);
      const failed = record?.alerts.filter(({ state }) => state === 'FAILED') ?? [];
      if (record === null || failed.length === 0) continue;
      await updateItem(dynamodb, retrying(table, record, failed));
      articles += 1;
    }
  return articles;
}

/** Sorts behind every time in ISO 8601. */
const ANY_TIME = 'Z';

function retrying(
  table: string,
  record: ArticleRecord,
  failed: readonly StoredAlert[],
): UpdateItemCommandInput {
  const sets = failed.map(
    (_, i) => `alerts.#r${i}.#state = :pending, alerts.#r${i}.attempts = :none`,
  );
  const keys = outboxKeys(record, ['PENDING']);
  return {
    TableName: table,
    Key: marshall(articleKey(record.id)),
    UpdateExpression: `SET ${[...sets, 'gsi2pk = :gsi2pk'].join(', ')}`,
    ExpressionAttributeNames: {
      '#state': 'state',
      ...Object.fromEntries(failed.map(({ rule }, i) => [`#r${i}`, rule])),
    },
    ExpressionAttributeValues: marshall({
      ':pending': 'PENDING',
      ':none': 0,
      ':gsi2pk': keys?.gsi2pk,
    }),
  };
}

async function* idsBefore(
  dynamodb: DynamoDBClient,
  table: string,
  gsi2pk: string,
  before: string,
): AsyncGenerator<string> {
  let start: Record<string, never> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'gsi2',
        KeyConditionExpression: 'gsi2pk = :pk AND gsi2sk < :before',
        ExpressionAttributeValues: marshall({ ':pk': gsi2pk, ':before': before }),
        ExclusiveStartKey: start,
      }),
    );
    for (const { pk } of Items) if (pk?.S !== undefined) yield pk.S.slice(2);
    start = LastEvaluatedKey as typeof start;
  } while (start !== undefined);
}
