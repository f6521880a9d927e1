import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { snsBulletin } from '../shared/aws/sns-bulletin.ts';
import { RELAY_ENV, readEnv } from '../shared/config.ts';
import { jsonLog } from '../shared/log.ts';
import { relay, sweep } from '../shared/relay.ts';

const env = readEnv(process.env, RELAY_ENV);
const language = env.ALERT_LANGUAGE === 'ar' ? 'ar' : 'en';
const log = jsonLog((line) => process.stdout.write(`${line}\n`));
const ports = {
  outbox: dynamodbOutbox(new DynamoDBClient({}), env.ARTICLES_TABLE),
  bulletin: snsBulletin(new SNSClient({}), env.ALERTS_TOPIC_ARN),
  log,
  now: () => new Date(),
};

/** What an article's alerts need at most: a read, a few publishes, a write, with their retries. */
const ARTICLE_MS = 10_000;

/** Articles with pending alerts, from the table's stream or by the schedule's sweep, out to the topic. */
export async function handler(
  event: DynamoDBStreamEvent | { readonly sweep: true },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse> {
  const hasTime = () => context.getRemainingTimeInMillis() > ARTICLE_MS;
  if ('sweep' in event) {
    log.info('swept', { articles: await sweep(ports, language, hasTime) });
    return { batchItemFailures: [] };
  }
  for (const { dynamodb } of event.Records) {
    const id = dynamodb?.Keys?.['pk']?.S?.slice(2) ?? '';
    try {
      await relay(ports, language, id);
    } catch (error) {
      // The stream starts again from here; what comes before is marked and will not be sent twice.
      log.error('relay failed', error, { id });
      return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
