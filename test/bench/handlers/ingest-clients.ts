import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { CLIENT } from '../../../shared/aws/client.ts';

const clients = [new S3Client(CLIENT), new DynamoDBClient(CLIENT)];

/** Only makes the clients that ingest makes. */
export async function handler(): Promise<number> {
  return clients.length;
}
