import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CLIENT } from '../shared/aws/client.ts';
import { dynamodbArchive } from '../shared/aws/dynamodb-archive.ts';
import { s3Inbox } from '../shared/aws/s3-inbox.ts';
import { s3Watchlist } from '../shared/aws/s3-watchlist.ts';
import { settleBatch } from '../shared/batch.ts';
import { forEachBounded, oneAtATime } from '../shared/bounded.ts';
import { INGEST_ENV, maxAlertAgeDays, readEnv } from '../shared/config.ts';
import { ingest } from '../shared/ingest.ts';
import { jsonLog } from '../shared/log.ts';
import { embeddedMeter } from '../shared/metrics.ts';
import { childIsolate } from '../shared/node/isolate.ts';
import { watchlistReader } from '../shared/node/watchlist-reader.ts';
import { costOf, objectsIn } from '../shared/notice.ts';
import { watchInForce } from '../shared/watch.ts';

/** The bundle's folder. */
const HERE = new URL('./', import.meta.url);
const env = readEnv(process.env, INGEST_ENV);
const s3 = new S3Client(CLIENT);
const write = (line: string) => process.stdout.write(`${line}\n`);
const log = jsonLog(write);
const now = () => new Date();
const meter = embeddedMeter(env.STACK_NAME, write, now);
const watch = watchInForce({
  store: s3Watchlist(s3, env.CONFIG_BUCKET),
  reader: watchlistReader(HERE),
  log,
  meter,
  now,
});
const ports = {
  inbox: s3Inbox(s3),
  archive: dynamodbArchive(new DynamoDBClient(CLIENT), env.ARTICLES_TABLE),
  watch,
  log,
  meter,
  now,
  // One child at a time: two would share the core, and an honest file would seem too expensive.
  parseOptions: { isolate: oneAtATime(childIsolate(new URL('isolate-child.mjs', HERE))) },
};
const ageLimit = maxAlertAgeDays(env.MAX_ALERT_AGE_DAYS);

/** Uploads of a batch that are read at once: the wait is S3's, the work is one core's. */
const WIDTH = 4;
/** What is begun must also end: the slowest upload (25 s) with its reading. */
const UPLOAD_MS = 45_000;
/** Enough for the writes that are under way, and the answer. */
const MEMBER_MS = 10_000;

/** Upload notices in, articles out to the table; a notice that fails goes back to the queue. */
export async function handler(
  { Records }: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const left = () => context.getRemainingTimeInMillis();
  const answer = await settleBatch(Records, {
    decode: ({ body, eventSourceARN }) => ({
      objects: objectsIn(body),
      replayed: eventSourceARN === env.BACKFILL_QUEUE_ARN,
    }),
    cost: ({ objects }) => Math.max(0, ...objects.map(costOf)),
    width: WIDTH,
    hasTime: () => left() > UPLOAD_MS,
    work: ({ objects, replayed }) => {
      const hasTime = () => left() > MEMBER_MS;
      const suppress = replayed ? 'backfill' : null;
      const policy = { maxAlertAgeDays: ageLimit, suppress, replayed, hasTime };
      return forEachBounded(objects, 1, (object) => ingest(ports, policy, object));
    },
    failed: ({ messageId }, error) => log.error('ingest failed', error, { messageId }),
  });
  meter.flush();
  return answer;
}
