import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let sqs: ReturnType<typeof clientsOf>['sqs'];
let now = Date.now();
let QueueUrl: string;
let FailedUrl: string;

beforeAll(async () => {
  const template = writeStack(dir, {
    Failed: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1209600 } },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 60,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] },
          maxReceiveCount: 2,
        },
      },
    },
  });
  host = await startLocalHost({ template, stateDir: null, clock: () => now });
  ({ sqs } = clientsOf(host));
  QueueUrl = host.physicalId('Work');
  FailedUrl = host.physicalId('Failed');
});
afterEach(async () => {
  for (const one of [QueueUrl, FailedUrl]) await sqs.send(new PurgeQueueCommand({ QueueUrl: one }));
});
afterAll(async () => {
  await host.stop();
  remove();
});

const send = (MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
async function receive(more: object = {}) {
  const input = {
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All' as const],
    ...more,
  };
  return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
}
const bodies = async (more: object = {}) => (await receive(more)).map(({ Body }) => Body);
async function counts(of = QueueUrl) {
  const command = new GetQueueAttributesCommand({ QueueUrl: of, AttributeNames: ['All'] });
  const Attributes: Record<string, string> = (await sqs.send(command)).Attributes ?? {};
  return ['', 'NotVisible', 'Delayed'].map((kind) =>
    Number(Attributes[`ApproximateNumberOfMessages${kind}`]),
  );
}

test('a received message is hidden for the time of the template, then comes again', async () => {
  await send('خبر');
  const [first] = await receive();
  expect([first?.Body, first?.Attributes?.ApproximateReceiveCount]).toEqual(['خبر', '1']);
  now += 59_000;
  expect(await bodies()).toEqual([]);
  now += 1_000;
  expect((await receive())[0]?.Attributes?.ApproximateReceiveCount).toBe('2');
});

test('after as many receives as the template says it lies in the failed queue, and can be moved back', async () => {
  await send('poison');
  for (let n = 0; n < 2; n++) {
    expect(await bodies()).toEqual(['poison']);
    now += 60_000;
  }
  expect(await bodies()).toEqual([]);
  expect(await counts(FailedUrl)).toEqual([1, 0, 0]);
  const SourceArn = 'arn:aws:sqs:us-east-1:000000000000:Small-Failed';
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
  expect(Results?.[0]).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 });
  expect((await receive())[0]).toMatchObject({
    Body: 'poison',
    Attributes: { ApproximateReceiveCount: '1' },
  });
});

test('visibility can be given back at once, or drawn out', async () => {
  await send('x');
  const [{ ReceiptHandle } = {}] = await receive();
  const change = (VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  await change(300);
  now += 299_000;
  expect(await bodies()).toEqual([]);
  await change(0);
  expect(await bodies()).toEqual(['x']);
});

test('a delayed message comes later, and is counted apart', async () => {
  await send('later', { DelaySeconds: 30 });
  await send('now');
  expect(await counts()).toEqual([1, 0, 1]);
  expect(await bodies()).toEqual(['now']);
  expect(await counts()).toEqual([0, 1, 1]);
  now += 30_000;
  expect(await bodies()).toEqual(['later']);
});

test('a long poll is answered by the message that it waits for', async () => {
  const waiting = bodies({ WaitTimeSeconds: 20 });
  await send('came');
  expect(await waiting).toEqual(['came']);
});

test('batches are answered entry by entry, and deleted messages do not come again', async () => {
  const Entries = ['a', 'b', 'c'].map((body) => ({ Id: body, MessageBody: body }));
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
  const messages = await receive();
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: messages
        .slice(0, 2)
        .map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle })),
    }),
  );
  now += 60_000;
  expect(await bodies()).toEqual(['c']);
});

test('messages leave when their retention is over', async () => {
  await send('old');
  now += 4 * 24 * 3600 * 1000 + 1;
  expect(await bodies()).toEqual([]);
  expect(await counts()).toEqual([0, 0, 0]);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'an unknown queue',
    () => sqs.send(new GetQueueUrlCommand({ QueueName: 'none' })),
    'QueueDoesNotExist',
  ],
  ['an empty body', () => send(''), 'MissingParameter'],
  ['a control character', () => send('a\u0001'), 'InvalidMessageContents'],
  ['more than 1 MiB', () => send('x'.repeat(1_048_577)), 'InvalidParameterValue'],
  ['eleven at once', () => receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue'],
  ['a poll of 21 seconds', () => receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue'],
  [
    'an empty batch',
    () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] })),
    'EmptyBatchRequest',
  ],
])('%s is refused', async (_, act, name) => {
  await expect(act()).rejects.toMatchObject({ name: expect.stringContaining(name) });
});
