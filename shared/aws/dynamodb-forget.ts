import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { shownEvent } from '../alert.ts';
import type { ArticleRecord, ObjectRef } from '../record.ts';
import { articleKey, type Item } from './article-item.ts';
import { objectKey } from './dynamodb-archive.ts';
import { dynamodbBook } from './dynamodb-book.ts';

/** How much was taken away. */
export interface Forgotten {
  /** Items beside the article: receipts, stories. */
  readonly items: number;
  /** Pages of its topics' books that knew of it. */
  readonly pages: number;
}

/**
 * Leaves of an article only that it is forgotten: its item becomes a tombstone under the same key, so that the write that
 * would store it again is refused; receipts and stories go, and what the books of its topics know of it.
 */
export async function forgetArticle(
  dynamodb: DynamoDBClient,
  table: string,
  record: ArticleRecord,
  at: Date,
): Promise<Forgotten> {
  const { pk, sk } = articleKey(record.id);
  await dynamodb.send(
    new PutItemCommand({
      TableName: table,
      Item: marshall({ pk, sk, forgottenAt: at.toISOString() }),
    }),
  );
  const beside = (await itemsUnder(dynamodb, table, pk)).filter((item) => item['sk']?.S !== sk);
  for (const item of beside) await remove(dynamodb, table, item);
  const book = dynamodbBook(dynamodb, table);
  let pages = 0;
  for (const alert of record.alerts) {
    const { topic } = shownEvent(record, alert);
    pages += await book.strike(topic, record.id, new Date(alert.createdAt), at);
  }
  return { items: beside.length, pages };
}

/** Takes away what is kept of a file that was no article: name, reason, advice. */
export async function forgetQuarantined(
  dynamodb: DynamoDBClient,
  table: string,
  object: Pick<ObjectRef, 'bucket' | 'key'>,
): Promise<number> {
  const items = await itemsUnder(dynamodb, table, objectKey(object));
  for (const item of items) await remove(dynamodb, table, item);
  return items.length;
}

async function itemsUnder(dynamodb: DynamoDBClient, table: string, pk: string): Promise<Item[]> {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    found.push(...Items);
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

async function remove(dynamodb: DynamoDBClient, table: string, item: Item): Promise<void> {
  const Key = Object.fromEntries(Object.entries(item).filter(([name]) => KEY.includes(name)));
  await dynamodb.send(new DeleteItemCommand({ TableName: table, Key }));
}

const KEY = ['pk', 'sk'];
