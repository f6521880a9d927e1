import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodbMutes } from '../shared/aws/dynamodb-mutes.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { dynamodbRate } from '../shared/aws/dynamodb-rate.ts';
import { dynamodbStories } from '../shared/aws/dynamodb-stories.ts';
import { snsBulletin } from '../shared/aws/sns-bulletin.ts';
import { positive, RELAY_ENV, readEnv } from '../shared/config.ts';
import { jsonLog } from '../shared/log.ts';
import { type RelayPorts, relay, sweep } from '../shared/relay.ts';

const env = readEnv(process.env, RELAY_ENV);
const dynamodb = new DynamoDBClient({});
const log = jsonLog((line) => process.stdout.write(`${line}\n`));
const ports: RelayPorts = {
  outbox: dynamodbOutbox(dynamodb, env.ARTICLES_TABLE),
  book: dynamodbStories(dynamodb, env.ARTICLES_TABLE),
  rate: dynamodbRate(dynamodb, env.ARTICLES_TABLE, {
    alertsPerRule: positive('MAX_ALERTS_PER_RULE', env.MAX_ALERTS_PER_RULE),
    messagesPerSecond: positive('MAX_MESSAGES_PER_SECOND', env.MAX_MESSAGES_PER_SECOND),
  }),
  mutes: dynamodbMutes(dynamodb, env.ARTICLES_TABLE),
  bulletin: snsBulletin(new SNSClient({}), env.ALERTS_TOPIC_ARN),
  log,
  now: () => new Date(),
  wait: async (milliseconds) => {
    await wait(milliseconds);
  },
  language: env.ALERT_LANGUAGE === 'ar' ? 'ar' : 'en',
};

/** What an article's alerts need at most: reads, claims, a wait for their turn, publishes, with their retries. */
const ARTICLE_MS = 20_000;

/** Articles with pending alerts, from the table's stream or by the schedule's sweep, out to the topic. */
export async function handler(
  event: DynamoDBStreamEvent | { readonly sweep: true },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse> {
  const hasTime = () => context.getRemainingTimeInMillis() > ARTICLE_MS;
  if ('sweep' in event) {
    log.info('swept', { articles: await sweep(ports, hasTime) });
    return { batchItemFailures: [] };
  }
  for (const { dynamodb: change } of event.Records) {
    const failed = { batchItemFailures: [{ itemIdentifier: change?.SequenceNumber ?? '' }] };
    // What there is no time for begins the next batch; the pace of the messages makes batches long.
    if (!hasTime()) return failed;
    const id = change?.Keys?.['pk']?.S?.slice(2) ?? '';
    try {
      await relay(ports, id);
    } catch (error) {
      // The stream starts again from here; what comes before is marked and will not be sent twice.
      log.error('relay failed', error, { id });
      return failed;
    }
  }
  return { batchItemFailures: [] };
}
