import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { SQSEvent } from 'aws-lambda';
import { CLIENT } from '../../../shared/aws/client.ts';
import { objectsIn } from '../../../shared/notice.ts';

const s3 = new S3Client(CLIENT);
const dynamodb = new DynamoDBClient(CLIENT);

/** Makes the calls that ingest makes for one article, and nothing of what it does with them. */
export async function handler({ Records }: SQSEvent): Promise<number> {
  const { ARTICLES_TABLE = '', CONFIG_BUCKET = '' } = process.env;
  await s3
    .send(new GetObjectCommand({ Bucket: CONFIG_BUCKET, Key: 'watchlist.yaml' }))
    .then(({ Body }) => Body?.transformToString())
    .catch((error: unknown) => {
      if (!(error instanceof NoSuchKey)) throw error;
    });
  let bytes = 0;
  for (const { bucket, key } of Records.flatMap(({ body }) => objectsIn(body))) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    bytes += (await Body?.transformToByteArray())?.byteLength ?? 0;
    await dynamodb.send(
      new PutItemCommand({
        TableName: ARTICLES_TABLE,
        Item: { pk: { S: `BENCH#${key}` }, sk: { S: 'META' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  }
  return bytes;
}
