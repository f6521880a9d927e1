import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type MessageAttributeValue,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, fn, role, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let clients: ReturnType<typeof clientsOf>;
let TopicArn: string;
const lines: string[] = [];

beforeAll(async () => {
  const template = writeStack(
    dir,
    {
      Role: role(),
      Alerts: { Type: 'AWS::SNS::Topic' },
      Box: { Type: 'AWS::SQS::Queue' },
      Failed: { Type: 'AWS::SQS::Queue' },
      Listener: fn('listener'),
      ToListener: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'Alerts' },
          Protocol: 'lambda',
          Endpoint: { 'Fn::GetAtt': ['Listener', 'Arn'] },
          FilterPolicy: { kind: ['heard'] },
        },
      },
    },
    {
      listener: `export const handler = async ({ Records: [{ EventSource, Sns }] }) => {
        console.log(JSON.stringify([EventSource, Sns.Subject, Sns.Message, Sns.MessageAttributes.kind]));
      };`,
    },
  );
  host = await startLocalHost({
    template,
    stateDir: join(dir, 'state'),
    timeScale: 0.01,
    onLog: ({ line }) => lines.push(line),
  });
  clients = clientsOf(host);
  TopicArn = host.physicalId('Alerts');
});
afterAll(async () => {
  await host.stop();
  remove();
});

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
const list = (...values: string[]): MessageAttributeValue => ({
  DataType: 'String.Array',
  StringValue: JSON.stringify(values),
});
const publish = (Message: string, more: object = {}) =>
  clients.sns.send(new PublishCommand({ TopicArn, Message, ...more }));

async function subscribe(
  Protocol: string,
  Endpoint: string,
  Attributes: Record<string, string> = {},
) {
  const command = { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
  return (await clients.sns.send(new SubscribeCommand(command))).SubscriptionArn ?? '';
}
const unsubscribe = (SubscriptionArn: string) =>
  clients.sns.send(new UnsubscribeCommand({ SubscriptionArn }));

/** Runs `act` with the queue subscribed, and returns what arrived there. */
async function arrivals(Attributes: Record<string, string>, act: () => Promise<unknown>) {
  const endpoint = 'arn:aws:sqs:us-east-1:000000000000:Small-Box';
  const subscription = await subscribe('sqs', endpoint, Attributes);
  await act();
  await unsubscribe(subscription);
  const QueueUrl = host.physicalId('Box');
  const found = [];
  for (;;) {
    const receive = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand(receive));
    if (Messages.length === 0) return found;
    for (const { ReceiptHandle } of Messages) {
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    found.push(...Messages);
  }
}

test('a queue gets the envelope, with attributes and the text of its protocol', async () => {
  const Message = JSON.stringify({ default: 'all', sqs: 'للطابور', email: 'mail' });
  const [message] = await arrivals({}, () =>
    publish(Message, {
      MessageStructure: 'json',
      Subject: 'Alert',
      MessageAttributes: { topic: text('visit'), actors: list('haftar', 'russia') },
    }),
  );
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    Type: 'Notification',
    TopicArn,
    Subject: 'Alert',
    Message: 'للطابور',
    MessageAttributes: {
      topic: { Type: 'String', Value: 'visit' },
      actors: { Type: 'String.Array', Value: '["haftar","russia"]' },
    },
  });
  expect(host.outbox().at(-1)).toMatchObject({ topic: 'Alerts', message: 'all', subject: 'Alert' });
});

test('raw delivery is the text alone, with attributes beside it', async () => {
  const [message] = await arrivals({ RawMessageDelivery: 'true' }, () =>
    publish('bare', { MessageAttributes: { topic: text('visit') } }),
  );
  expect([message?.Body, message?.MessageAttributes]).toEqual([
    'bare',
    { topic: { DataType: 'String', StringValue: 'visit' } },
  ]);
});

const ATTRIBUTES = {
  topic: text('visit'),
  count: { DataType: 'Number', StringValue: '7' },
  actors: list('haftar', 'russia'),
};

describe('an attribute policy', () => {
  test.each<[object, boolean]>([
    [{ topic: ['visit'] }, true],
    [{ topic: ['Visit'] }, false],
    [{ topic: ['weapons', 'visit'] }, true],
    [{ topic: ['visit'], missing: ['x'] }, false],
    [{ topic: [{ prefix: 'vi' }] }, true],
    [{ topic: [{ suffix: 'it' }] }, true],
    [{ topic: [{ 'equals-ignore-case': 'VISIT' }] }, true],
    [{ topic: [{ wildcard: 'v*t' }] }, true],
    [{ topic: [{ wildcard: 'v*x' }] }, false],
    [{ topic: [{ 'anything-but': ['weapons'] }] }, true],
    [{ topic: [{ 'anything-but': 'visit' }] }, false],
    [{ topic: [{ 'anything-but': { prefix: 'vi' } }] }, false],
    [{ topic: [{ exists: true }] }, true],
    [{ missing: [{ exists: false }] }, true],
    [{ topic: [{ exists: false }] }, false],
    [{ count: [7] }, true],
    [{ count: ['7'] }, false],
    [{ count: [{ numeric: ['>', 3, '<=', 7] }] }, true],
    [{ count: [{ numeric: ['=', 8] }] }, false],
    [{ actors: ['russia'] }, true],
    [{ actors: ['egypt'] }, false],
    [{ actors: [{ 'anything-but': ['russia'] }] }, false],
    [{ $or: [{ topic: ['weapons'] }, { count: [7] }] }, true],
    [{ $or: [{ topic: ['weapons'] }, { count: [8] }] }, false],
  ])('%j lets the message through: %s', async (policy, isWanted) => {
    const found = await arrivals({ FilterPolicy: JSON.stringify(policy) }, () =>
      publish('x', { MessageAttributes: ATTRIBUTES }),
    );
    expect(found.length === 1).toBe(isWanted);
  });
});

test.each<[object, boolean]>([
  [{ rule: { topic: ['visit'] } }, true],
  [{ rule: { severity: [{ numeric: ['>=', 2] }] }, lang: ['ar'] }, true],
  [{ rule: { topic: ['weapons'] } }, false],
  [{ tags: ['b'] }, true],
])('a body policy %j lets the message through: %s', async (policy, isWanted) => {
  const attributes = { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: 'MessageBody' };
  const found = await arrivals(attributes, async () => {
    await publish(
      JSON.stringify({ rule: { topic: 'visit', severity: 2 }, lang: 'ar', tags: ['a', 'b'] }),
    );
    await publish('not JSON');
  });
  expect(found.length === 1).toBe(isWanted);
});

describe('SNS refuses', () => {
  test.each<[string, object]>([
    ['an empty message', { Message: '' }],
    ['a subject with a control character', { Message: 'x', Subject: 'a\u0007b' }],
    ['a subject of 100 characters', { Message: 'x', Subject: 'x'.repeat(100) }],
    ['a subject with a line break', { Message: 'x', Subject: 'a\nb' }],
    ['json without default', { Message: '{"sqs":"x"}', MessageStructure: 'json' }],
    ['json that is none', { Message: 'x', MessageStructure: 'json' }],
    ['256 KB and a byte', { Message: 'x'.repeat(262_145) }],
    [
      '256 KB with an attribute',
      { Message: 'x'.repeat(262_140), MessageAttributes: { a: text('12345') } },
    ],
    [
      'a list that is none',
      { Message: 'x', MessageAttributes: { a: { DataType: 'String.Array', StringValue: 'a' } } },
    ],
    ['an empty attribute', { Message: 'x', MessageAttributes: { a: text('') } }],
  ])('%s', async (_, given) => {
    const before = host.outbox().length;
    const sent = clients.sns.send(new PublishCommand({ TopicArn, Message: 'x', ...given }));
    await expect(sent).rejects.toMatchObject({
      name: expect.stringMatching(/^(InvalidParameter|ParameterValueInvalid)/),
    });
    expect(host.outbox().length).toBe(before);
  });

  test.each<[string, object | string]>([
    ['six keys', { a: ['x'], b: ['x'], c: ['x'], d: ['x'], e: ['x'], f: ['x'] }],
    ['151 combinations', { a: Array.from({ length: 151 }, String) }],
    ['nesting in attributes', { a: { b: ['x'] } }],
    ['an unknown operator', { a: [{ like: 'x' }] }],
    ['what is not JSON', '{'],
  ])('a filter policy with %s', async (_, policy) => {
    const FilterPolicy = typeof policy === 'string' ? policy : JSON.stringify(policy);
    await expect(
      subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:Small-Box', { FilterPolicy }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

test('a batch answers message by message', async () => {
  const { Successful, Failed } = await clients.sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: 'good', Message: 'x' },
        { Id: 'bad', Message: 'x', Subject: 'a\nb' },
      ],
    }),
  );
  expect([Successful?.map(({ Id }) => Id), Failed?.map(({ Id, Code }) => [Id, Code])]).toEqual([
    ['good'],
    [['bad', 'InvalidParameter']],
  ]);
});

test('a function gets the event that Lambda sends for a topic', async () => {
  await publish('اسمع', { Subject: 'Hear', MessageAttributes: { kind: text('heard') } });
  await host.idle();
  expect(lines).toEqual([
    JSON.stringify(['aws:sns', 'Hear', 'اسمع', { Type: 'String', Value: 'heard' }]),
  ]);
});

test('a mail waits for its confirmation by link, then is a file that a person can read', async () => {
  const outbox = join(dir, 'state', 'outbox');
  const mails = () =>
    readdirSync(outbox)
      .sort()
      .map((file) => readFileSync(join(outbox, file), 'utf8'));
  const arn = await subscribe('email', 'editor@example.org');
  await publish('too early');
  const [invitation = '', ...others] = mails();
  expect([invitation.split('\n')[0], others]).toEqual(['To: editor@example.org', []]);
  const link = /http:\S+/.exec(invitation)?.[0] ?? '';
  expect((await fetch(link)).status).toBe(200);
  await publish('زار حفتر موسكو', { Subject: 'Visit' });
  const mail = mails().find((one) => one.includes('زار حفتر موسكو')) ?? '';
  expect(mail).toMatch(/^To: editor@example\.org\nDate: .*\nSubject: Visit\n\nزار حفتر موسكو\n/);
  expect((await fetch(/http:\S+Unsubscribe\S+/.exec(mail)?.[0] ?? '')).status).toBe(200);
  const { Subscriptions } = await clients.sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn }),
  );
  expect(Subscriptions?.map(({ SubscriptionArn }) => SubscriptionArn)).not.toContain(arn);
});

test('a text message is a file too, and needs no confirmation', async () => {
  const arn = await subscribe('sms', '+4911111111');
  await publish('short');
  await unsubscribe(arn);
  const outbox = join(dir, 'state', 'outbox');
  expect(readdirSync(outbox).filter((name) => name.includes('+4911111111'))).toHaveLength(1);
});

test('an HTTP endpoint confirms by itself, gets the message, and what it refuses is kept', async () => {
  const posts: { type: string; body: Record<string, string> }[] = [];
  let status = 200;
  const server = createServer((request: IncomingMessage, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      const type = String(request.headers['x-amz-sns-message-type']);
      posts.push({ type, body: JSON.parse(body) });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:Small-Failed',
  });
  const arn = await subscribe('http', `http://127.0.0.1:${port}/hook`, { RedrivePolicy });
  await publish('before');
  await host.idle();
  expect(posts.map(({ type }) => type)).toEqual(['SubscriptionConfirmation']);
  await fetch(posts[0]?.body['SubscribeURL'] ?? '');
  await publish('بعد');
  await host.idle();
  expect(posts[1]).toMatchObject({ type: 'Notification', body: { Message: 'بعد', TopicArn } });
  status = 500;
  await publish('refused');
  await host.idle();
  const receive = new ReceiveMessageCommand({ QueueUrl: host.physicalId('Failed') });
  const { Messages } = await clients.sqs.send(receive);
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({ Message: 'refused' });
  await unsubscribe(arn);
  server.closeAllConnections();
  server.close();
});

test("a subscription's attributes can be read, set and taken away", async () => {
  const SubscriptionArn = await subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:Small-Box');
  const read = async () =>
    (await clients.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
  const set = (AttributeName: string, AttributeValue: string) =>
    clients.sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
    );
  expect(await read()).toMatchObject({ Protocol: 'sqs', PendingConfirmation: 'false', TopicArn });
  await set('FilterPolicy', '{"topic":["visit"]}');
  expect(await read()).toMatchObject({ FilterPolicy: '{"topic":["visit"]}' });
  await set('FilterPolicy', '{}');
  expect(await read()).not.toHaveProperty('FilterPolicy');
  await expect(set('FilterPolicy', '{"topic":"visit"}')).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await unsubscribe(SubscriptionArn);
});
