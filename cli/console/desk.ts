import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dynamodbOutbox } from '../../shared/aws/dynamodb-outbox.ts';
import { dynamodbReader } from '../../shared/aws/dynamodb-reader.ts';
import { s3Inbox } from '../../shared/aws/s3-inbox.ts';
import { s3Watchlist } from '../../shared/aws/s3-watchlist.ts';
import type { Target } from '../target.ts';
import type { ConsoleApi } from './api.ts';
import { archiveDesk } from './archive-desk.ts';
import { articleDesk } from './article-desk.ts';
import { liveDesk } from './live-desk.ts';
import { namesIn, watchlistInForce } from './watchlist-in-force.ts';

/** The console's answers, out of a stack. */
export async function openDesk(target: Target): Promise<ConsoleApi> {
  const dynamodb = new DynamoDBClient(target.client);
  const s3 = new S3Client(target.client);
  const table = target.output('ArticlesTable');
  const now = () => new Date();
  const inForce = watchlistInForce(s3Watchlist(s3, target.output('ConfigBucket')));
  const severities = new Map(
    namesIn((await inForce()).watchlist).topics.map(({ id, severity }) => [id, severity]),
  );
  const archive = dynamodbReader(dynamodb, table);
  const outbox = dynamodbOutbox(dynamodb, table);
  return {
    async about() {
      const { watchlist } = await inForce();
      return { target: target.name, isLocal: target.isLocal, ...namesIn(watchlist) };
    },
    ...archiveDesk(archive, (topic) => severities.get(topic) ?? null, now),
    ...liveDesk(archive, target.isLocal, now),
    ...articleDesk(outbox, s3Inbox(s3)),
  };
}
