import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamodbQuarantine } from '../../shared/aws/dynamodb-quarantine.ts';
import { dynamodbReader } from '../../shared/aws/dynamodb-reader.ts';
import { s3Inbox } from '../../shared/aws/s3-inbox.ts';
import { s3Watchlist } from '../../shared/aws/s3-watchlist.ts';
import { s3WatchlistHistory } from '../../shared/aws/s3-watchlist-history.ts';
import { textReader } from '../article-text.ts';
import type { Target } from '../target.ts';
import type { ConsoleApi } from './api.ts';
import { archiveDesk } from './archive-desk.ts';
import { articleDesk } from './article-desk.ts';
import { openCompiler } from './compiler.ts';
import { dropDesk } from './drop-desk.ts';
import { healthDesk } from './health-desk.ts';
import { liveDesk } from './live-desk.ts';
import { watchlistDesk } from './watchlist-desk.ts';
import { namesIn, watchlistInForce } from './watchlist-in-force.ts';

/** The console's answers; `close` ends what they keep running. */
export interface Desk extends ConsoleApi {
  close(): void;
}

/**
 * The console's answers, out of a stack.
 * @param state a folder for what is cached.
 */
export function openDesk(target: Target, state: string): Desk {
  const dynamodb = new DynamoDBClient(target.client);
  const s3 = new S3Client(target.client);
  const table = target.output('ArticlesTable');
  const now = () => new Date();
  const config = target.output('ConfigBucket');
  const compiler = openCompiler();
  const inForce = watchlistInForce(s3Watchlist(s3, config), compiler);
  const reread = textReader(target);
  const severityOf = async () => {
    const { topics } = namesIn((await inForce()).watchlist);
    const severities = new Map(topics.map(({ id, severity }) => [id, severity]));
    return (topic: string) => severities.get(topic) ?? null;
  };
  const archive = dynamodbReader(dynamodb, table);
  const quarantine = dynamodbQuarantine(dynamodb, table);
  const bucket = target.output('InboxBucket');
  const { isLocal } = target;
  const { live } = liveDesk(archive, isLocal, now);
  const { upload, fates } = dropDesk({ s3, bucket, archive, quarantine, isLocal, now });
  return {
    async about() {
      const { watchlist } = await inForce();
      return { target: target.name, isLocal, ...namesIn(watchlist) };
    },
    ...archiveDesk(archive, severityOf, now),
    upload,
    async live(...told) {
      await Promise.all([live(...told), fates(...told)]);
    },
    ...articleDesk({ archive, inbox: s3Inbox(s3), reread, inForce }),
    ...watchlistDesk({
      target,
      state,
      history: s3WatchlistHistory(s3, config),
      compiler,
      archive,
      reread,
      inForce,
      now,
    }),
    close: () => compiler.close(),
    ...healthDesk({
      target,
      sqs: new SQSClient(target.client),
      archive,
      quarantine,
      inForce,
      now,
    }),
  };
}
