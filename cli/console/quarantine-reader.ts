import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { objectKey } from '../../shared/aws/dynamodb-archive.ts';
import type { Rejection } from '../../shared/parse/reading.ts';
import type { Dropping, QuarantinedFile } from './api.ts';

export interface QuarantineReader {
  /** What of this version of the object is no article, by member. */
  of(bucket: string, dropping: Dropping): Promise<readonly QuarantinedFile[]>;
  /** The newest, of every reason; at most `limit`. */
  newest(limit: number): Promise<readonly QuarantinedFile[]>;
}

/** Every reason there is: the index is parted by it. */
const REASONS: Readonly<Record<Rejection, true>> = {
  empty: true,
  'no-text': true,
  binary: true,
  'unknown-format': true,
  undecodable: true,
  malformed: true,
  'too-large': true,
  'too-many-members': true,
  'too-expensive': true,
  'nested-archive': true,
  encrypted: true,
  'scan-without-text': true,
};

export function quarantineReader(dynamodb: DynamoDBClient, table: string): QuarantineReader {
  return {
    async of(bucket, { key, versionId }) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :version)',
          ExpressionAttributeValues: marshall({
            ':pk': objectKey({ bucket, key }),
            ':version': `Q#${versionId ?? ''}#`,
          }),
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => fileOf(unmarshall(item)));
    },
    async newest(limit) {
      const lists = await Promise.all(
        Object.keys(REASONS).map(async (reason) => {
          const { Items = [] } = await dynamodb.send(
            new QueryCommand({
              TableName: table,
              IndexName: 'gsi2',
              KeyConditionExpression: 'gsi2pk = :pk',
              ExpressionAttributeValues: marshall({ ':pk': `Q#${reason}` }),
              ScanIndexForward: false,
              Limit: limit,
            }),
          );
          return Items;
        }),
      );
      const keys = lists
        .flat()
        .sort((a, b) => ((a['gsi2sk']?.S ?? '') < (b['gsi2sk']?.S ?? '') ? 1 : -1))
        .slice(0, limit)
        .flatMap(({ pk, sk }) => (pk && sk ? { pk, sk } : []));
      if (keys.length === 0) return [];
      const { Responses = {} } = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }),
      );
      const files = (Responses[table] ?? []).map((item) => fileOf(unmarshall(item)));
      return files.sort((a, b) => (a.at < b.at ? 1 : -1));
    },
  };
}

function fileOf(item: Record<string, unknown>): QuarantinedFile {
  return {
    key: String(item['key']),
    versionId: (item['versionId'] as string | undefined) ?? null,
    member: (item['member'] as number | undefined) ?? 0,
    name: (item['name'] as string | undefined) ?? null,
    reason: String(item['reason']),
    advice: String(item['advice']),
    at: String(item['gsi2sk']),
  };
}
