import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let db: ReturnType<typeof clientsOf>['dynamodb'];
let TableName: string;

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'META' } });
const put = (pk: string, more: object = {}) =>
  db.send(new PutItemCommand({ TableName, Item: { ...key(pk), ...more } }));

beforeAll(async () => {
  const template = writeStack(dir, {
    Articles: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk', 'gsi2pk', 'gsi2sk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        GlobalSecondaryIndexes: [
          {
            IndexName: 'gsi2',
            KeySchema: [
              { AttributeName: 'gsi2pk', KeyType: 'HASH' },
              { AttributeName: 'gsi2sk', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    },
  });
  host = await startLocalHost({ template, stateDir: null });
  ({ dynamodb: db } = clientsOf(host));
  TableName = host.physicalId('Articles');
});
afterAll(async () => {
  await host.stop();
  remove();
});

test('a put on condition is done once, and the failure shows what was there', async () => {
  const once = {
    TableName,
    Item: { ...key('A#1'), title: { S: 'عنوان' } },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  await db.send(new PutItemCommand(once));
  await expect(db.send(new PutItemCommand(once))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    Item: { title: { S: 'عنوان' } },
  });
  await expect(
    db.send(new PutItemCommand({ ...once, ReturnValuesOnConditionCheckFailure: 'NONE' })),
  ).rejects.toMatchObject({ Item: undefined });
});

test('a sparse index holds what has its keys, and follows updates', async () => {
  await put('A#2', { gsi2pk: { S: 'PENDING#0' }, gsi2sk: { S: '1' } });
  await put('A#3', { gsi2sk: { S: '2' } });
  const pending = async () =>
    (
      await db.send(
        new QueryCommand({
          TableName,
          IndexName: 'gsi2',
          KeyConditionExpression: 'gsi2pk = :p',
          ExpressionAttributeValues: { ':p': { S: 'PENDING#0' } },
        }),
      )
    ).Items?.map(({ pk }) => pk?.S);
  expect(await pending()).toEqual(['A#2']);
  await db.send(
    new UpdateItemCommand({
      TableName,
      Key: key('A#2'),
      UpdateExpression: 'SET gsi2pk = :sent',
      ExpressionAttributeValues: { ':sent': { S: 'SENT#2026-11#0' } },
    }),
  );
  expect(await pending()).toEqual([]);
});

test('batches write, read and delete', async () => {
  const write = (requests: object[]) =>
    db.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  await write(['B#1', 'B#2'].map((pk) => ({ PutRequest: { Item: key(pk) } })));
  await write([{ DeleteRequest: { Key: key('B#1') } }]);
  const { Responses } = await db.send(
    new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key('B#1'), key('B#2')] } } }),
  );
  expect(Responses?.[TableName]).toEqual([key('B#2')]);
});

test('a delete takes the item away', async () => {
  await put('C#1');
  await db.send(new DeleteItemCommand({ TableName, Key: key('C#1') }));
  expect((await db.send(new GetItemCommand({ TableName, Key: key('C#1') }))).Item).toBeUndefined();
});

test('many writers at once lose no update', async () => {
  await put('D#1', { n: { N: '0' } });
  const add = new UpdateItemCommand({
    TableName,
    Key: key('D#1'),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  await Promise.all(Array.from({ length: 50 }, () => db.send(add)));
  const { Item } = await db.send(new GetItemCommand({ TableName, Key: key('D#1') }));
  expect(Item?.['n']).toEqual({ N: '50' });
});

test('a scan goes on where its last page ended', async () => {
  const first = await db.send(new ScanCommand({ TableName, Limit: 2 }));
  const { LastEvaluatedKey } = first;
  const rest = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: LastEvaluatedKey }));
  const all = await db.send(new ScanCommand({ TableName }));
  expect([...(first.Items ?? []), ...(rest.Items ?? [])]).toEqual(all.Items);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a key without its range',
    () => db.send(new PutItemCommand({ TableName, Item: { pk: { S: 'x' } } })),
    'ValidationException',
  ],
  [
    'an unknown table',
    () => db.send(new GetItemCommand({ TableName: 'none', Key: key('x') })),
    'ResourceNotFoundException',
  ],
  [
    'a write to an unknown table',
    () => db.send(new PutItemCommand({ TableName: 'none', Item: key('x') })),
    'ResourceNotFoundException',
  ],
  [
    'a transaction',
    () =>
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Delete: { TableName, Key: key('x') } }],
        }),
      ),
    'UnknownOperationException',
  ],
])('%s is refused', async (_, act, name) => {
  await expect(act()).rejects.toMatchObject({ name });
});
