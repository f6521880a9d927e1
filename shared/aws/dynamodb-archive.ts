import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Added, Archive, Quarantined } from '../ports.ts';
import type { ArticleRecord, ObjectRef } from '../record.ts';
import { rescored } from '../rescore.ts';
import { articleKey, type Item, itemOf, recordFrom } from './article-item.ts';

/** The relay may settle the alerts while they are read; it does so once or twice in an article's life. */
const MAX_RESCORES = 5;

/** Articles and quarantine records in the one table. */
export function dynamodbArchive(dynamodb: DynamoDBClient, table: string): Archive {
  /** Whether the item was written; false when there is one under its key. */
  async function putNew(item: Item): Promise<boolean> {
    try {
      await dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async function whatIsThere(record: ArticleRecord): Promise<Added> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({
        TableName: table,
        Key: marshall(articleKey(record.id)),
        ConsistentRead: true,
        // `bucket`, `key` and `member` are reserved words.
        ProjectionExpression: '#bucket, #key, versionId, #member, seenAt, forgottenAt',
        ExpressionAttributeNames: { '#bucket': 'bucket', '#key': 'key', '#member': 'member' },
      }),
    );
    if (Item?.['forgottenAt']) return 'forgotten';
    const { bucket, key, versionId, member } = record.object;
    const isSame =
      Item?.['bucket']?.S === bucket &&
      Item['key']?.S === key &&
      (Item['versionId']?.S ?? null) === versionId &&
      Number(Item['member']?.N ?? 0) === member;
    if (!isSame) return 'copy';
    // The SDK asks again when an answer is lost on the way: then it is our own item that refuses us.
    return Item['seenAt']?.S === record.seenAt ? 'added' : 'known';
  }

  async function add(record: ArticleRecord): Promise<Added> {
    if (await putNew(itemOf(record))) return 'added';
    const found = await whatIsThere(record);
    if (found !== 'copy') return found;
    return (await putNew(receiptOf(record))) ? 'copy' : 'known';
  }

  async function read(id: string): Promise<Item | null> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({
        TableName: table,
        Key: marshall(articleKey(id)),
        ConsistentRead: true,
      }),
    );
    return Item ?? null;
  }

  /** Writes the item only if the one that was read still says the same of watchlist and alerts. */
  async function replace(before: ArticleRecord, item: Item): Promise<boolean> {
    const states = before.alerts.map((_, i) => `alerts.#r${i}.#state = :s${i}`);
    const names = before.alerts.map(({ rule }, i) => [`#r${i}`, rule]);
    const values = before.alerts.map(({ state }, i) => [`:s${i}`, state]);
    try {
      await dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: item,
          ConditionExpression: ['watchlistVersion = :old', ...states].join(' AND '),
          ...(names.length > 0
            ? { ExpressionAttributeNames: { '#state': 'state', ...Object.fromEntries(names) } }
            : {}),
          ExpressionAttributeValues: marshall({
            ':old': before.watchlistVersion,
            ...Object.fromEntries(values),
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    add,
    async rescore(record) {
      for (let tries = 0; tries < MAX_RESCORES; tries++) {
        const old = await read(record.id);
        if (old === null || old['forgottenAt']) return add(record);
        const before = recordFrom(old);
        if (before.watchlistVersion === record.watchlistVersion) return 'known';
        if (await replace(before, itemOf(rescored(before, record)))) return 'rescored';
      }
      throw new Error(`article ${record.id} changed ${MAX_RESCORES} times while it was rescored`);
    },
    async quarantine(entry, at) {
      // No condition: a redriven file that fails again must be found by its new date.
      await dynamodb.send(
        new PutItemCommand({ TableName: table, Item: quarantineItem(entry, at) }),
      );
    },
  };
}

function quarantineItem({ object, name, reason, advice }: Quarantined, at: Date): Item {
  const { versionId, member, ...where } = object;
  return marshall(
    {
      ...quarantineKey(object),
      v: QUARANTINE_VERSION,
      gsi2pk: `Q#${reason}`,
      gsi2sk: at.toISOString(),
      ...where,
      versionId: versionId ?? undefined,
      member,
      name: name ?? undefined,
      reason,
      advice,
    },
    { removeUndefinedValues: true },
  );
}

/** Format of a quarantine item. */
const QUARANTINE_VERSION = 1;

/** The key of the record that says why this member of this version is no article. */
export function quarantineKey(object: ObjectRef): { pk: string; sk: string } {
  return { pk: objectKey(object), sk: `Q#${object.versionId ?? ''}#${object.member}` };
}

/** A key may have 1,024 bytes, as many as a sort key holds in all: so its hash stands for it. */
export function objectKey({ bucket, key }: Pick<ObjectRef, 'bucket' | 'key'>): string {
  return `O#${createHash('sha256').update(`${bucket}/${key}`).digest('base64url')}`;
}

/** Says that the same article came again, from where and when. */
function receiptOf({ id, seenAt, object }: ArticleRecord): Item {
  const { versionId, member, ...where } = object;
  return marshall(
    {
      pk: articleKey(id).pk,
      sk: `${objectKey(object)}#${versionId ?? ''}#${member}`,
      ...where,
      versionId: versionId ?? undefined,
      member,
      seenAt,
    },
    { removeUndefinedValues: true },
  );
}
