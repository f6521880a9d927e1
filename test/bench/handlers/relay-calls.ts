import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CLIENT } from '../../../shared/aws/client.ts';

const dynamodb = new DynamoDBClient(CLIENT);
const sns = new SNSClient(CLIENT);

/** Makes one call of each kind that relay makes for an article, and nothing of what it does with them. */
export async function handler(): Promise<void> {
  const { ARTICLES_TABLE: TableName = '', ALERTS_TOPIC_ARN = '' } = process.env;
  const Key = { pk: { S: 'BENCH' }, sk: { S: 'META' } };
  await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  await dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'BENCH' } },
      ConsistentRead: true,
    }),
  );
  await sns.send(new PublishCommand({ TopicArn: ALERTS_TOPIC_ARN, Message: 'bench' }));
  await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET told = :now',
      ExpressionAttributeValues: { ':now': { S: new Date().toISOString() } },
    }),
  );
}
