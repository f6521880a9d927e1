import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import { CLIENT } from '../shared/aws/client.ts';
import { dynamodbMutes } from '../shared/aws/dynamodb-mutes.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { dynamodbRate } from '../shared/aws/dynamodb-rate.ts';
import { dynamodbStories } from '../shared/aws/dynamodb-stories.ts';
import { snsBulletin } from '../shared/aws/sns-bulletin.ts';
import { positive, RELAY_ENV, readEnv } from '../shared/config.ts';
import { jsonLog } from '../shared/log.ts';
import { embeddedMeter } from '../shared/metrics.ts';
import { type RelayPorts, relay, sweep } from '../shared/relay.ts';

const env = readEnv(process.env, RELAY_ENV);
const write = (line: string) => process.stdout.write(`${line}\n`);
const log = jsonLog(write);
const now = () => new Date();
const meter = embeddedMeter(env.STACK_NAME, write, now);
const dynamodb = new DynamoDBClient(CLIENT);
const ports: RelayPorts = {
  outbox: dynamodbOutbox(dynamodb, env.ARTICLES_TABLE),
  book: dynamodbStories(dynamodb, env.ARTICLES_TABLE),
  rate: dynamodbRate(dynamodb, env.ARTICLES_TABLE, {
    alertsPerRule: positive('MAX_ALERTS_PER_RULE', env.MAX_ALERTS_PER_RULE),
    messagesPerSecond: positive('MAX_MESSAGES_PER_SECOND', env.MAX_MESSAGES_PER_SECOND),
  }),
  mutes: dynamodbMutes(dynamodb, env.ARTICLES_TABLE),
  bulletin: snsBulletin(new SNSClient(CLIENT), env.ALERTS_TOPIC_ARN),
  log,
  meter,
  now,
  wait: (milliseconds) => sleep(milliseconds),
  language: env.ALERT_LANGUAGE === 'ar' ? 'ar' : 'en',
};

/**
 * What an article's alerts need at most, with a wait of 15 s for their turn: 20 s. Beginning none in the last 35 of the 60
 * keeps a run that only waits below the four fifths of its time that count as slow.
 */
const ARTICLE_MS = 35_000;

/** Articles with pending alerts, from the table's stream or by the schedule's sweep, out to the topic. */
export async function handler(
  event: DynamoDBStreamEvent | { readonly sweep: true },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse> {
  const hasTime = () => context.getRemainingTimeInMillis() > ARTICLE_MS;
  try {
    if (!('sweep' in event)) return await relayAll(event.Records, hasTime);
    log.info('swept', { articles: await sweep(ports, hasTime) });
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
  for (const { dynamodb: change } of records) {
    const id = change?.Keys?.['pk']?.S?.slice(2) ?? '';
    const startAgain = {
      batchItemFailures: [{ itemIdentifier: change?.SequenceNumber ?? '' }],
    };
    if (!hasTime()) return startAgain;
    try {
      await relay(ports, id);
    } catch (error) {
      // What came before is marked and will not be sent twice.
      log.error('relay failed', error, { id });
      return startAgain;
    }
  }
  return { batchItemFailures: [] };
}
