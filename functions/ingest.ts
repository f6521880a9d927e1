import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamodbArchive } from '../shared/aws/dynamodb-archive.ts';
import { s3Inbox } from '../shared/aws/s3-inbox.ts';
import { s3Watchlist } from '../shared/aws/s3-watchlist.ts';
import { settleBatch } from '../shared/batch.ts';
import { INGEST_ENV, maxAlertAgeDays, readEnv } from '../shared/config.ts';
import { ingest } from '../shared/ingest.ts';
import { jsonLog } from '../shared/log.ts';
import { watchlistReader } from '../shared/node/watchlist-reader.ts';
import { objectsIn } from '../shared/notice.ts';
import { watchInForce } from '../shared/watch.ts';

const env = readEnv(process.env, INGEST_ENV);
const s3 = new S3Client({});
const log = jsonLog((line) => process.stdout.write(`${line}\n`));
const now = () => new Date();
const ports = {
  inbox: s3Inbox(s3),
  archive: dynamodbArchive(new DynamoDBClient({}), env.ARTICLES_TABLE),
  watch: watchInForce(
    s3Watchlist(s3, env.CONFIG_BUCKET),
    watchlistReader(new URL('./', import.meta.url)),
    log,
    now,
  ),
  log,
  now,
  parseOptions: {},
};
const ageLimit = maxAlertAgeDays(env.MAX_ALERT_AGE_DAYS);

/** Objects of a batch that are read at once: the wait is S3's, the work is one core's. */
const WIDTH = 4;

/** Upload notices in, articles out to the table; a notice that fails goes back to the queue. */
export function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  return settleBatch(
    Records,
    WIDTH,
    async ({ body, eventSourceARN }) => {
      const suppress = eventSourceARN === env.BACKFILL_QUEUE_ARN ? 'backfill' : null;
      const policy = { maxAlertAgeDays: ageLimit, suppress };
      for (const object of objectsIn(body)) await ingest(ports, policy, object);
    },
    ({ messageId }, error) => log.error('ingest failed', error, { messageId }),
  );
}
