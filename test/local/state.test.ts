import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch } from './small-stack.ts';
import { thinStack } from './thin-stack.ts';

const { dir, remove } = scratch();
let template: string;
beforeAll(async () => {
  template = await thinStack(join(dir, 'stack'));
});
afterAll(remove);

async function linesIn(host: LocalHost): Promise<string[]> {
  const { sqs } = clientsOf(host);
  const bodies: string[] = [];
  for (;;) {
    const receive = {
      QueueUrl: host.physicalId('Box'),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
    };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
  }
}

test('killed half way and started again, it has lost nothing and stored nothing twice', async () => {
  const stateDir = join(dir, 'killed');
  const script = fileURLToPath(new URL('./host-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, template, stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { s3, sqs } = clientsOf({ url });
  const keys = Array.from({ length: 60 }, (_, n) => `خبر ${n}.txt`);
  const Box = `${url}/000000000000/Small-Box`;
  const isHalfWay = async () => {
    const asked = { QueueUrl: Box, AttributeNames: ['ApproximateNumberOfMessages' as const] };
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
    return Number(Attributes?.ApproximateNumberOfMessages) >= 10;
  };
  const uploads = Promise.all(
    keys.map((Key) => s3.send(new PutObjectCommand({ Bucket: 'small-inbox', Key, Body: Key }))),
  );
  await uploads;
  while (!(await isHalfWay()));
  child.kill('SIGKILL');
  await once(child, 'exit');

  const host = await startLocalHost({ template, stateDir, timeScale: 0.01 });
  await host.idle();
  expect(host.outbox().length).toBeGreaterThan(0);
  const TableName = host.physicalId('Articles');
  const { Items = [] } = await clientsOf(host).dynamodb.send(new ScanCommand({ TableName }));
  expect(Items.map(({ pk }) => pk?.S).sort()).toEqual([...keys].sort());
  expect([...new Set(await linesIn(host))].sort()).toEqual([...keys].sort());
  await host.stop();
});

test('objects, versions, subscriptions and messages are there after a restart, and no test event again', async () => {
  const stateDir = join(dir, 'kept');
  const first = await startLocalHost({ template, stateDir });
  const { s3, sns } = clientsOf(first);
  const at = { Bucket: first.physicalId('Inbox'), Key: 'مقال' };
  const old = await s3.send(new PutObjectCommand({ ...at, Body: 'old', Metadata: { a: 'b' } }));
  await s3.send(new PutObjectCommand({ ...at, Body: 'new' }));
  await s3.send(new DeleteObjectCommand(at));
  const TopicArn = first.physicalId('Alerts');
  const sms = { TopicArn, Protocol: 'sms', Endpoint: '+49222' };
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(sms));
  await first.idle();
  await first.stop();

  const next = await startLocalHost({ template, stateDir });
  const again = clientsOf(next);
  await expect(again.s3.send(new GetObjectCommand(at))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  const kept = await again.s3.send(new GetObjectCommand({ ...at, VersionId: old.VersionId }));
  expect([await kept.Body?.transformToString(), kept.Metadata]).toEqual(['old', { a: 'b' }]);
  expect((await again.sns.send(new SubscribeCommand(sms))).SubscriptionArn).toBe(SubscriptionArn);
  await next.idle();
  expect(next.outbox()).toEqual([]);
  expect((await linesIn(next)).sort()).toEqual(['new', 'old']);
  await next.stop();
});

test('a second host on the same folder is refused, and one whose owner died is not', async () => {
  const stateDir = join(dir, 'locked');
  const first = await startLocalHost({ template, stateDir });
  await expect(startLocalHost({ template, stateDir })).rejects.toThrow(
    `${stateDir} is in use by process ${process.pid}`,
  );
  await first.stop();
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  writeFileSync(join(stateDir, 'lock'), String(gone.pid));
  await (await startLocalHost({ template, stateDir })).stop();
});

test('a line that a kill cut short is dropped, and the rest is read', async () => {
  const stateDir = join(dir, 'torn');
  const first = await startLocalHost({ template, stateDir });
  await clientsOf(first).s3.send(
    new PutObjectCommand({ Bucket: first.physicalId('Inbox'), Key: 'k', Body: 'whole' }),
  );
  await first.idle();
  await first.stop();
  for (const file of ['sqs.jsonl', 's3/index.jsonl', 'dynamodb/stream-Small-Articles.jsonl']) {
    writeFileSync(join(stateDir, file), '{"queue":"Small-Upl', { flag: 'a' });
  }
  const next = await startLocalHost({ template, stateDir });
  await next.idle();
  expect(await linesIn(next)).toEqual(['whole']);
  await next.stop();
});

/** Takes an item out of dynalite's store and leaves its index entries, as a kill in the middle of a put does. */
async function removeItemOnly(path: string, table: string, item: object): Promise<void> {
  const dynalite = createRequire(import.meta.url)('dynalite/db');
  const store = dynalite.create({ path });
  const described = await new Promise((resolve, reject) => {
    store.getTable(table, (error: unknown, found: unknown) =>
      error ? reject(error) : resolve(found),
    );
  });
  await new Promise((resolve) => {
    store.getItemDb(table).del(dynalite.createKey(item, described), resolve);
  });
  await store.db.close();
}

test('an index has no entry of a put that a kill cut off between index and item', async () => {
  const stateDir = join(dir, 'cut');
  const stream = join(stateDir, 'dynamodb', 'stream-Small-Articles.jsonl');
  const first = await startLocalHost({ template, stateDir });
  const attempt = { pk: { S: 'ghost' }, day: { S: 'D#1' }, body: { S: 'x' } };
  const put = new PutItemCommand({ TableName: first.physicalId('Articles'), Item: attempt });
  await clientsOf(first).dynamodb.send(put);
  await first.idle();
  await first.stop();
  await removeItemOnly(join(stateDir, 'dynamodb', 'tables'), 'Small-Articles', attempt);
  const intent = { seq: 99, key: { pk: { S: 'ghost' } }, before: null, attempt };
  writeFileSync(stream, `${JSON.stringify({ intent })}\n`, { flag: 'a' });
  const next = await startLocalHost({ template, stateDir });
  await next.idle();
  const { Items } = await clientsOf(next).dynamodb.send(
    new QueryCommand({
      TableName: next.physicalId('Articles'),
      IndexName: 'byDay',
      KeyConditionExpression: '#day = :d',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':d': { S: 'D#1' } },
    }),
  );
  expect([Items, next.outbox()]).toEqual([[], []]);
  await next.stop();
});
