import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { articleKey } from '../../shared/aws/article-item.ts';
import type { StoredEvent } from '../../shared/record.ts';
import type { FeedRow } from './api.ts';
import { pairsOf } from './feed-reader.ts';

/** Reads from the articles' items what the index does not know, and remembers it: events do not change. */
export interface RecordReader {
  /** The rows with their `pairs`; rows with fewer than two actors have none and are not read. */
  withPairs(rows: readonly FeedRow[]): Promise<readonly FeedRow[]>;
}

/** As many as DynamoDB gives at once. */
const BATCH = 100;

export function recordReader(dynamodb: DynamoDBClient, table: string): RecordReader {
  const known = new Map<string, readonly string[]>();

  async function read(ids: readonly string[]): Promise<void> {
    let keys = ids.map((id) => marshall(articleKey(id)));
    while (keys.length > 0) {
      const answer: BatchGetItemCommandOutput = await dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: {
            [table]: { Keys: keys, ProjectionExpression: 'pk, events' },
          },
        }),
      );
      for (const item of answer.Responses?.[table] ?? []) {
        const { pk, events = [] } = unmarshall(item);
        const full = (events as Partial<StoredEvent>[]).map(({ source = [], target = [] }) => ({
          source,
          target,
        }));
        known.set(String(pk).slice(2), pairsOf(full));
      }
      keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }

  return {
    async withPairs(rows) {
      const unread = rows.filter(({ id, actors }) => actors.length > 1 && !known.has(id));
      for (let i = 0; i < unread.length; i += BATCH)
        await read(unread.slice(i, i + BATCH).map(({ id }) => id));
      return rows.map((row) => ({ ...row, pairs: known.get(row.id) ?? [] }));
    },
  };
}
