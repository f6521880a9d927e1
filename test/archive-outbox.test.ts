import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { LocalHost } from '../infra/local/host.ts';
import { startLocalHost } from '../infra/local/host.ts';
import { articleKey, recordFrom } from '../shared/aws/article-item.ts';
import { dynamodbArchive, quarantineKey } from '../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { archiveAndOutboxContract } from './archive-outbox.contract.ts';
import { clientsOf, scratch, writeStack } from './local/small-stack.ts';
import { recordLike } from './records.ts';
import { DEV, synthesizeStack } from './synth.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let dynamodb: DynamoDBClient;
let table: string;
beforeAll(async () => {
  // The table of the real stack, so that its keys and indexes are what is tested.
  const { resources } = await synthesizeStack(DEV);
  const Articles = resources['Articles47CFF050'] as { Type: string };
  const template = writeStack(dir, { Articles });
  host = await startLocalHost({ template, stateDir: null });
  dynamodb = clientsOf(host).dynamodb;
  table = host.physicalId('Articles');
});
afterAll(async () => {
  await host.stop();
  remove();
});

archiveAndOutboxContract('dynamodb', () => ({
  archive: dynamodbArchive(dynamodb, table),
  outbox: dynamodbOutbox(dynamodb, table),
}));

test('a forgotten article is not taken in again, and is gone for the relay', async () => {
  const record = recordLike({ id: 'forgotten' });
  const Item = marshall({ ...articleKey(record.id), forgottenAt: '2026-11-22T08:00:00.000Z' });
  await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
  expect(await dynamodbArchive(dynamodb, table).add(record)).toBe('forgotten');
  expect(await dynamodbOutbox(dynamodb, table).read(record.id)).toBeNull();
});

test('a quarantined file is found by its name, and by its reason in the order of time', async () => {
  const object = recordLike({}).object;
  const entry = { object, name: null, reason: 'binary', advice: 'Upload the text.' };
  await dynamodbArchive(dynamodb, table).quarantine(entry, new Date('2026-11-22T08:00:00Z'));
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: table, Key: marshall(quarantineKey(object)) }),
  );
  expect(unmarshall(Item ?? {})).toMatchObject({
    key: object.key,
    reason: 'binary',
    advice: 'Upload the text.',
  });
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :reason',
      ExpressionAttributeValues: marshall({ ':reason': 'Q#binary' }),
    }),
  );
  expect(Items?.length).toBeGreaterThan(0);
});

test('an item of a newer Rasid is refused, with what to do, instead of being misread', () => {
  expect(() => recordFrom(marshall({ pk: 'A#x', v: 99 }))).toThrow('deploy the newer one');
});
