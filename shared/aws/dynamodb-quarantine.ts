import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Quarantined } from '../ports.ts';
import type { ObjectRef } from '../record.ts';
import type { Item } from './article-item.ts';
import { objectKey, quarantineKey } from './dynamodb-archive.ts';

/** A quarantine record as it stands in the table. */
export interface QuarantineEntry extends Quarantined {
  /** When it was last found wanting, ISO 8601 UTC. */
  readonly at: string;
}

/** The table's quarantine records, for people who mend. */
export interface Quarantine {
  /** Those of a reason since then, newest first. */
  because(reason: string, since: Date): AsyncGenerator<QuarantineEntry>;
  /** Those of one key, all versions and members. */
  of(object: Pick<ObjectRef, 'bucket' | 'key'>): Promise<QuarantineEntry[]>;
  /** Takes the record away, unless the file has been found wanting again since it was read. */
  release(entry: QuarantineEntry): Promise<boolean>;
}

/** DynamoDB gives at most 100 items at once. */
const PAGE = 100;

export function dynamodbQuarantine(dynamodb: DynamoDBClient, table: string): Quarantine {
  async function get(keys: readonly Item[]): Promise<Item[]> {
    const found: Item[] = [];
    let wanted: Item[] | undefined = keys.map(({ pk, sk }) => ({ pk, sk }) as Item);
    while (wanted !== undefined && wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      wanted = UnprocessedKeys?.[table]?.Keys as Item[] | undefined;
    }
    return found;
  }

  return {
    async *because(reason, since) {
      let start: Item | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'gsi2',
            KeyConditionExpression: 'gsi2pk = :reason AND gsi2sk >= :since',
            ExpressionAttributeValues: marshall({
              ':reason': `Q#${reason}`,
              ':since': since.toISOString(),
            }),
            ScanIndexForward: false,
            Limit: PAGE,
            ExclusiveStartKey: start,
          }),
        );
        const entries = (await get(Items)).map(entryFrom);
        yield* entries.sort((a, b) => (a.at > b.at ? -1 : 1));
        start = LastEvaluatedKey;
      } while (start !== undefined);
    },
    async of(object) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :q)',
          ExpressionAttributeValues: marshall({ ':pk': objectKey(object), ':q': 'Q#' }),
        }),
      );
      return Items.map(entryFrom);
    },
    async release({ object, at }) {
      try {
        await dynamodb.send(
          new DeleteItemCommand({
            TableName: table,
            Key: marshall(quarantineKey(object)),
            ConditionExpression: 'gsi2sk = :at',
            ExpressionAttributeValues: marshall({ ':at': at }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function entryFrom(item: Item): QuarantineEntry {
  const stored = unmarshall(item);
  return {
    object: {
      bucket: stored['bucket'],
      key: stored['key'],
      versionId: stored['versionId'] ?? null,
      uploadedAt: stored['uploadedAt'],
      member: stored['member'],
    },
    name: stored['name'] ?? null,
    reason: stored['reason'],
    advice: stored['advice'],
    at: stored['gsi2sk'],
  };
}
