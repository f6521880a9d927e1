import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { CLIENT } from '../shared/aws/client.ts';
import { dynamodbReader } from '../shared/aws/dynamodb-reader.ts';
import { snsBulletin } from '../shared/aws/sns-bulletin.ts';
import { DIGEST_ENV, positive, readEnv } from '../shared/config.ts';
import { digestOf } from '../shared/digest.ts';
import { jsonLog } from '../shared/log.ts';
import type { ArticleRecord } from '../shared/record.ts';

const env = readEnv(process.env, DIGEST_ENV);
const dynamodb = new DynamoDBClient(CLIENT);
const bulletin = snsBulletin(new SNSClient(CLIENT), env.DIGESTS_TOPIC_ARN);
const log = jsonLog((line) => process.stdout.write(`${line}\n`));
const hours = positive('DIGEST_HOURS', env.DIGEST_HOURS);
const language = env.ALERT_LANGUAGE === 'ar' ? 'ar' : 'en';
const HOUR_MS = 3_600_000;

/** The alerts of the last hours as one table of counts, to the digests topic. */
export async function handler(): Promise<void> {
  const to = new Date();
  const from = new Date(to.getTime() - hours * HOUR_MS);
  const records: ArticleRecord[] = [];
  const reader = dynamodbReader(dynamodb, env.ARTICLES_TABLE);
  const all = reader.alerted({ since: from, until: to }, ['SENT', 'PENDING', 'FAILED', 'QUIET']);
  for await (const record of all) records.push(record);
  const published = await bulletin.publish(digestOf(records, { from, to }, language));
  if (published.kind === 'refused') throw new Error(`the digest was refused: ${published.reason}`);
  log.info('digest', { articles: records.length, messageId: published.messageId });
}
