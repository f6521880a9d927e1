import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch } from './small-stack.ts';
import { thinStack } from './thin-stack.ts';

const { dir, remove } = scratch();
afterAll(remove);

test('an upload travels through queue, function, table, stream and function to the topic', async () => {
  const template = await thinStack(join(dir, 'path'));
  const lines: string[] = [];
  const host = await startLocalHost({
    template,
    stateDir: join(dir, 'state'),
    onLog: ({ fn: name, line }) => lines.push(`${name}: ${line}`),
  });
  const { s3, dynamodb } = clientsOf(host);
  const Key = 'زيارة حفتر + 100% #1 (نسخة).txt';
  await s3.send(new PutObjectCommand({ Bucket: host.outputs['InboxName'], Key, Body: 'وصل' }));
  await host.idle();
  expect(lines).toEqual([]);
  expect(host.outbox().map(({ message, topic }) => [topic, message])).toEqual([['Alerts', 'وصل']]);
  const TableName = host.physicalId('Articles');
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: Key } } }));
  expect(Item?.['body']).toEqual({ S: 'وصل' });
  await host.stop();
});
