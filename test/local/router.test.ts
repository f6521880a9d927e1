import { request } from 'node:http';
import {
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Fault, Moment } from '../../infra/local/fault.ts';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let host: LocalHost;
const moments: Moment[] = [];
let fault: { before?: Fault; after?: Fault } = {};

beforeAll(async () => {
  const template = writeStack(
    dir,
    { Inbox: { Type: 'AWS::S3::Bucket' }, Work: { Type: 'AWS::SQS::Queue' } },
    {},
    { InboxName: { Value: { Ref: 'Inbox' } } },
  );
  host = await startLocalHost({
    template,
    stateDir: null,
    faults: {
      before(moment) {
        moments.push(moment);
        return fault.before ?? null;
      },
      after: () => fault.after ?? null,
    },
  });
});
afterEach(() => {
  fault = {};
});
afterAll(async () => {
  await host.stop();
  remove();
});

const SIGNED = 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1';

function ask(
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string; kept: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request(host.url + path, { method: body ? 'POST' : 'GET', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text, kept: answer.headers['keep-alive'] }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

test('it listens on the loopback interface only', () => {
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a connection that rests is never closed on a client that is about to use it again', async () => {
  const { status, kept } = await ask('/', { authorization: `${SIGNED}/s3/aws4_request` });
  // A server that would close it announces after how many seconds.
  expect([status, kept]).toEqual([200, undefined]);
});

test('a page that was rebound to this address is refused by its Host', async () => {
  const headers = { host: 'evil.example:80', authorization: `${SIGNED}/s3/aws4_request` };
  expect((await ask('/', headers)).status).toBe(403);
});

test('a form that a page sends has no credentials and is refused', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status } = await ask('/', headers, 'Action=ListTopics');
  expect(status).toBe(403);
});

test('a service that is not there is named', async () => {
  const { status, text } = await ask('/', { authorization: `${SIGNED}/kinesis/aws4_request` });
  expect([status, text]).toEqual([501, expect.stringContaining('does not serve kinesis')]);
});

test.each([
  [
    'cloudformation',
    'Action=DescribeStacks&StackName=Small',
    '<OutputValue>small-inbox</OutputValue>',
  ],
  [
    'cloudformation',
    'Action=DescribeStackResources&StackName=Small',
    '<PhysicalResourceId>small-inbox</PhysicalResourceId>',
  ],
  ['cloudformation', 'Action=DescribeStacks&StackName=Other', 'Stack with id Other does not exist'],
  ['sts', 'Action=GetCallerIdentity', '<Account>000000000000</Account>'],
])('%s answers %s', async (service, form, part) => {
  const headers = {
    authorization: `${SIGNED}/${service}/aws4_request`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  expect((await ask('/', headers, form)).text).toContain(part);
});

test('the environment is all that a client needs', async () => {
  const saved = { ...process.env };
  Object.assign(process.env, host.env);
  const { Buckets } = await new S3Client({}).send(new ListBucketsCommand({}));
  process.env = saved;
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['small-inbox']);
});

describe('a fault', () => {
  const at = { Bucket: 'small-inbox', Key: 'k' };

  test('is asked for by service and operation', async () => {
    const { s3, sqs } = clientsOf(host);
    moments.length = 0;
    await s3.send(new PutObjectCommand({ ...at, Body: 'x' }));
    await sqs.send(new SendMessageCommand({ QueueUrl: host.physicalId('Work'), MessageBody: 'x' }));
    expect(moments).toEqual([
      { what: 'call', service: 's3', operation: 'PutObject', caller: null },
      { what: 'call', service: 'sqs', operation: 'SendMessage', caller: null },
    ]);
  });

  test('before a call leaves no effect, and wears the shape of the service', async () => {
    const { s3, sqs } = clientsOf(host);
    fault = { before: { do: 'fail', status: 503, code: 'SlowDown' } };
    const put = new PutObjectCommand({ ...at, Key: 'never', Body: 'x' });
    await expect(s3.send(put)).rejects.toMatchObject({
      name: 'SlowDown',
      $metadata: { httpStatusCode: 503 },
    });
    fault = { before: { do: 'fail', status: 400, code: 'RequestThrottled' } };
    const send = new SendMessageCommand({ QueueUrl: host.physicalId('Work'), MessageBody: 'x' });
    await expect(sqs.send(send)).rejects.toMatchObject({ name: 'RequestThrottled' });
    fault = {};
    const get = new GetObjectCommand({ ...at, Key: 'never' });
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('after a call hides that it was done', async () => {
    const { s3 } = clientsOf(host);
    fault = { after: { do: 'drop' } };
    await expect(s3.send(new PutObjectCommand({ ...at, Body: 'done' }))).rejects.toThrow();
    fault = {};
    const found = await s3.send(new GetObjectCommand(at));
    expect(await found.Body?.transformToString()).toBe('done');
  });

  test('lets a body drip, or cuts it in the middle', async () => {
    const { s3 } = clientsOf(host);
    await s3.send(new PutObjectCommand({ ...at, Key: 'slow', Body: 'slow but whole' }));
    const read = async () => {
      const { Body } = await s3.send(new GetObjectCommand({ ...at, Key: 'slow' }));
      return Body?.transformToString();
    };
    fault = { after: { do: 'drip', ms: 100 } };
    expect(await read()).toBe('slow but whole');
    fault = { after: { do: 'cut' } };
    await expect(read()).rejects.toThrow();
  });
});
