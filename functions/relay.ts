import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import { CLIENT } from '../shared/aws/client.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { snsBulletin } from '../shared/aws/sns-bulletin.ts';
import { RELAY_ENV, readEnv } from '../shared/config.ts';
import { jsonLog } from '../shared/log.ts';
import { embeddedMeter } from '../shared/metrics.ts';
import { relay, sweep } from '../shared/relay.ts';

const env = readEnv(process.env, RELAY_ENV);
const language = env.ALERT_LANGUAGE === 'ar' ? 'ar' : 'en';
const write = (line: string) => process.stdout.write(`${line}\n`);
const log = jsonLog(write);
const now = () => new Date();
const meter = embeddedMeter(env.STACK_NAME, write, now);
const ports = {
  outbox: dynamodbOutbox(new DynamoDBClient(CLIENT), env.ARTICLES_TABLE),
  bulletin: snsBulletin(new SNSClient(CLIENT), env.ALERTS_TOPIC_ARN),
  log,
  meter,
  now,
};

/** What an article's alerts need at most: a read, a few publishes, a write, with their retries. */
const ARTICLE_MS = 10_000;

/** Articles with pending alerts, from the table's stream or by the schedule's sweep, out to the topic. */
export async function handler(
  event: DynamoDBStreamEvent | { readonly sweep: true },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse> {
  const hasTime = () => context.getRemainingTimeInMillis() > ARTICLE_MS;
  try {
    if (!('sweep' in event)) return await relayAll(event.Records, hasTime);
    log.info('swept', { articles: await sweep(ports, language, hasTime) });
    return { batchItemFailures: [] };
  } finally {
    meter.flush();
  }
}

/** One after the other; the stream starts again from the first that failed or was not begun. */
async function relayAll(
  records: readonly DynamoDBRecord[],
  hasTime: () => boolean,
): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb } of records) {
    const id = dynamodb?.Keys?.['pk']?.S?.slice(2) ?? '';
    const startAgain = {
      batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }],
    };
    if (!hasTime()) return startAgain;
    try {
      await relay(ports, language, id);
    } catch (error) {
      // What came before is marked and will not be sent twice.
      log.error('relay failed', error, { id });
      return startAgain;
    }
  }
  return { batchItemFailures: [] };
}
