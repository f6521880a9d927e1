import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { CLIENT } from '../../../shared/aws/client.ts';

const clients = [new DynamoDBClient(CLIENT), new SNSClient(CLIENT)];

/** Only makes the clients that relay makes. */
export async function handler(): Promise<number> {
  return clients.length;
}
