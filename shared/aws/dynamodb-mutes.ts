import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mutes } from '../rate.ts';

const MUTE = 'MUTE';
/** How long a function goes by what it read: a mute counts within this time. */
const FRESH_MS = 30_000;

export interface Mute {
  /** A rule's id, or a topic. */
  readonly rule: string;
  /** ISO 8601. */
  readonly until: string;
}

/** The mutes in force, read at most once in half a minute. */
export function dynamodbMutes(dynamodb: DynamoDBClient, table: string): Mutes {
  let mutes: readonly Mute[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    async until(names, now) {
      if (now.getTime() - readAt >= FRESH_MS) {
        mutes = await listMutes(dynamodb, table);
        readAt = now.getTime();
      }
      const at = now.toISOString();
      return mutes.find((mute) => names.includes(mute.rule) && mute.until > at)?.until ?? null;
    },
  };
}

/** Every mute, those that have ended too, until the table removes them. */
export async function listMutes(dynamodb: DynamoDBClient, table: string): Promise<Mute[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': MUTE }),
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => {
    const { sk, until } = unmarshall(item);
    return { rule: sk, until };
  });
}

/** Mutes the rule until then; null lets it be heard again. */
export async function putMute(
  dynamodb: DynamoDBClient,
  table: string,
  rule: string,
  until: Date | null,
): Promise<void> {
  const key = { pk: MUTE, sk: rule };
  if (until === null) {
    await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: marshall(key) }));
    return;
  }
  const expiresAt = Math.ceil(until.getTime() / 1000);
  const item = { ...key, until: until.toISOString(), expiresAt };
  await dynamodb.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
}
