import { resolve } from 'node:path';
import { build } from 'esbuild';
import { fn, role, writeStack } from './small-stack.ts';

const INGEST = `
import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
const s3 = new S3Client({}), db = new DynamoDBClient({});
export async function handler({ Records }) {
  for (const { body } of Records) for (const { s3: { bucket, object } } of JSON.parse(body).Records ?? []) {
    const Key = decodeURIComponent(object.key.replace(/\\+/g, ' '));
    const got = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key, VersionId: object.versionId }));
    await db.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: Key }, body: { S: await got.Body.transformToString() } } }));
  }
  return { batchItemFailures: [] };
}`;
const RELAY = `
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export async function handler({ Records }) {
  for (const { dynamodb } of Records) await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: dynamodb.NewImage.body.S }));
  return { batchItemFailures: [] };
}`;

/** Bundles a handler with the SDK in it, as the project's build does. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: resolve('.') },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
  });
  return outputFiles[0]?.text ?? '';
}

/** The whole way in small: bucket, queue, function, table, stream, function, topic, and a queue that hears it. */
export async function thinStack(dir: string): Promise<string> {
  return writeStack(
    dir,
    {
      Role: role('*'),
      Uploads: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 120 } },
      Inbox: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          NotificationConfiguration: {
            QueueConfigurations: [
              { Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Uploads', 'Arn'] } },
            ],
          },
        },
      },
      Articles: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: ['pk', 'day'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byDay',
              KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
      },
      Alerts: { Type: 'AWS::SNS::Topic' },
      Box: { Type: 'AWS::SQS::Queue' },
      ToBox: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'Alerts' },
          Protocol: 'sqs',
          Endpoint: { 'Fn::GetAtt': ['Box', 'Arn'] },
          RawMessageDelivery: true,
        },
      },
      Ingest: fn('ingest', { Environment: { Variables: { TABLE: { Ref: 'Articles' } } } }),
      Relay: fn('relay', { Environment: { Variables: { TOPIC: { Ref: 'Alerts' } } } }),
      FromUploads: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Uploads', 'Arn'] },
          FunctionName: { Ref: 'Ingest' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
      FromArticles: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Articles', 'StreamArn'] },
          FunctionName: { Ref: 'Relay' },
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
    { ingest: await bundle(INGEST), relay: await bundle(RELAY) },
    { InboxName: { Value: { Ref: 'Inbox' } } },
  );
}
