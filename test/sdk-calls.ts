import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CLIENT } from '../shared/aws/client.ts';

const s3 = new S3Client(CLIENT);
const dynamodb = new DynamoDBClient(CLIENT);
const sns = new SNSClient(CLIENT);
const Item = { pk: { S: 'أ' }, n: { N: '1' }, list: { L: [{ BOOL: true }] } };

const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
  object: () => body('articles/خبر 1.txt'),
  version: () => body('a.txt', { VersionId: 'v1' }),
  same: () => body('same', { IfNoneMatch: '"tag"' }),
  gone: () => body('gone'),
  busy: () => body('busy'),
  checked: () => body('checked'),
  damaged: () => body('damaged'),
  put: () =>
    dynamodb.send(
      new PutItemCommand({ TableName: 't', Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    ),
  refused: () => dynamodb.send(new PutItemCommand({ TableName: 'refused', Item })),
  item: () => dynamodb.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } })),
  publish: () =>
    sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'م' })),
};

async function body(Key: string, more: { VersionId?: string; IfNoneMatch?: string } = {}) {
  const answer = await s3.send(new GetObjectCommand({ Bucket: 'inbox', Key, ...more }));
  const { Body, $metadata: _, ...rest } = answer;
  return { ...rest, text: await Body?.transformToString() };
}

/** What each call comes to: its answer, or the error's name and message. */
export async function handler(): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(CALLS)) {
    try {
      const { $metadata: _, ...answer } = (await call()) as { $metadata?: unknown };
      answers[name] = answer;
    } catch (error) {
      const { name: kind, message } = error as Error;
      answers[name] = { kind, message };
    }
  }
  return answers;
}
