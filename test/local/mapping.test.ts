import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { FaultInjector } from '../../infra/local/fault.ts';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, fn, role, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let count = 0;
let host: LocalHost | null = null;
afterEach(async () => {
  await host?.stop();
  host = null;
});
afterAll(remove);

/** A function that notes each batch in a file, and answers as the `answer` expression says of the ids and bodies. */
const noting = (answer: string) => `
  import { appendFileSync } from 'node:fs';
  let runs = 0;
  export const handler = async ({ Records }) => {
    runs++;
    const ids = Records.map((r) => r.messageId ?? r.dynamodb.SequenceNumber);
    const bodies = Records.map((r) => r.body ?? r.dynamodb.Keys.pk.S);
    appendFileSync(process.env.NOTES, JSON.stringify({ bodies, first: Records[0], pid: process.pid }) + '\\n');
    return ${answer};
  };`;

interface Note {
  readonly bodies: readonly string[];
  readonly first: Readonly<Record<string, unknown>>;
  readonly pid: number;
}

async function start(
  source: 'queue' | 'stream',
  answer: string,
  mapping: object = {},
  options: { queue?: object; faults?: FaultInjector; clock?: () => number } = {},
) {
  const here = join(dir, String(++count));
  const NOTES = `${here}.jsonl`;
  appendFileSync(NOTES, '');
  const Arn = source === 'queue' ? ['Work', 'Arn'] : ['Items', 'StreamArn'];
  const template = writeStack(
    here,
    {
      Role: role(),
      Failed: { Type: 'AWS::SQS::Queue' },
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 20,
          RedrivePolicy: {
            deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] },
            maxReceiveCount: 3,
          },
          ...options.queue,
        },
      },
      Items: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      },
      Worker: fn('worker', { Environment: { Variables: { NOTES } }, Timeout: 5 }),
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': Arn },
          FunctionName: { Ref: 'Worker' },
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
    },
    { worker: noting(answer) },
  );
  const { faults, clock } = options;
  host = await startLocalHost({
    template,
    stateDir: null,
    timeScale: 0.01,
    ...(faults && { faults }),
    ...(clock && { clock }),
  });
  const running = host;
  const { sqs, dynamodb } = clientsOf(running);
  const QueueUrl = running.physicalId('Work');
  return {
    host: running,
    send: async (...bodies: string[]) => {
      const Entries = bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    },
    sendWith: (
      MessageBody: string,
      MessageAttributes: Record<string, { DataType: string; StringValue: string }>,
    ) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes })),
    put: async (...keys: string[]) => {
      for (const key of keys) {
        const Item = { pk: { S: key }, at: { N: String(Date.now()) } };
        await dynamodb.send(new PutItemCommand({ TableName: running.physicalId('Items'), Item }));
      }
    },
    update: (key: string, value: string) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: running.physicalId('Items'),
          Key: { pk: { S: key } },
          UpdateExpression: 'SET v = :v',
          ExpressionAttributeValues: { ':v': { S: value } },
        }),
      ),
    /** What the function was given. */
    notes: async (): Promise<Note[]> => {
      await running.idle();
      return existsSync(NOTES)
        ? readFileSync(NOTES, 'utf8')
            .trim()
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line))
        : [];
    },
    /** What lies in the failed queue. */
    failed: async () => {
      const receive = new ReceiveMessageCommand({
        QueueUrl: running.physicalId('Failed'),
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      });
      return (await sqs.send(receive)).Messages ?? [];
    },
  };
}

const deliveries = (notes: readonly Note[]) => {
  const times: Record<string, number> = {};
  for (const body of notes.flatMap(({ bodies }) => bodies)) times[body] = (times[body] ?? 0) + 1;
  return times;
};

describe('a queue', () => {
  test('is emptied in batches of at most the size, with records of the real form', async () => {
    const { send, sendWith, notes } = await start('queue', 'null', { BatchSize: 4 });
    await sendWith('first', { kind: { DataType: 'String', StringValue: 'new' } });
    await send(...'abcdefghij');
    const all = await notes();
    expect(deliveries(all)).toEqual(
      Object.fromEntries(['first', ...'abcdefghij'].map((b) => [b, 1])),
    );
    expect(Math.max(...all.map(({ bodies }) => bodies.length))).toBeLessThanOrEqual(4);
    expect(all.find(({ bodies }) => bodies[0] === 'first')?.first).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Small-Work',
      awsRegion: 'us-east-1',
      md5OfBody: '8b04d5e3775d298e78455efc5ca404d5',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: { kind: { stringValue: 'new', dataType: 'String' } },
    });
  });

  test.each([
    ['null', 1],
    ['{}', 1],
    ['{ batchItemFailures: [] }', 1],
    ['{ batchItemFailures: null }', 1],
    ['{ batchItemFailures: [{ itemIdentifier: "unknown" }] }', 3],
    ['{ batchItemFailures: [{ itemIdentifier: "" }] }', 3],
    ['{ batchItemFailures: [{}] }', 3],
    ['{ batchItemFailures: "all" }', 3],
  ])('answered with %s delivers each message %i time(s)', async (answer, times) => {
    const { send, notes } = await start('queue', answer);
    await send('a', 'b');
    expect(deliveries(await notes())).toEqual({ a: times, b: times });
  });

  test('a failed message comes again alone and ends in the failed queue of the template', async () => {
    const { send, notes, failed } = await start(
      'queue',
      '{ batchItemFailures: ids.filter((_, n) => bodies[n] === "bad").map((itemIdentifier) => ({ itemIdentifier })) }',
      { MaximumBatchingWindowInSeconds: 5 },
    );
    await send('good', 'bad', 'fine');
    expect(deliveries(await notes())).toEqual({ good: 1, bad: 3, fine: 1 });
    const [message, ...more] = await failed();
    expect([message?.Body, more.length]).toEqual(['bad', 0]);
    expect(message?.Attributes).toMatchObject({
      ApproximateReceiveCount: '4',
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:Small-Work',
    });
  });

  test('a process that dies fails its whole batch', async () => {
    const { send, notes, failed } = await start(
      'queue',
      'bodies.includes("poison") ? process.exit(1) : null',
      { MaximumBatchingWindowInSeconds: 5 },
    );
    await send('poison', 'healthy');
    expect(deliveries(await notes())).toEqual({ poison: 3, healthy: 3 });
    expect((await failed()).map(({ Body }) => Body).sort()).toEqual(['healthy', 'poison']);
  });

  test('is read by no more processes at once than the template says', async () => {
    const { send, notes } = await start('queue', 'await new Promise((r) => setTimeout(r, 50))', {
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    await send(...'abcdefgh');
    expect(new Set((await notes()).map(({ pid }) => pid)).size).toBe(2);
  });

  test('messages that the filter does not want are dropped unseen', async () => {
    const Pattern = JSON.stringify({ body: { kind: ['new', { prefix: 'up' }] } });
    const { send, notes } = await start('queue', 'null', {
      FilterCriteria: { Filters: [{ Pattern }] },
    });
    const [wanted, other, alike] = ['new', 'old', 'update'].map((kind) => JSON.stringify({ kind }));
    await send(wanted ?? '', other ?? '', alike ?? '', 'plain text');
    expect(deliveries(await notes())).toEqual({ [wanted ?? '']: 1, [alike ?? '']: 1 });
  });

  test('duplicates and disorder come on request', async () => {
    const order = (queue: string, ids: readonly string[]) =>
      queue === 'Small-Work' ? [...ids].reverse().flatMap((id) => [id, id]) : ids;
    const { send, notes } = await start(
      'queue',
      'null',
      { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
      { faults: { order } },
    );
    await send('a', 'b', 'c');
    const all = await notes();
    expect(deliveries(all)).toEqual({ a: 2, b: 2, c: 2 });
    expect(all[0]?.bodies).not.toEqual(['a']);
  });

  test('an injected failure after the run delivers again what was done', async () => {
    let faults = 1;
    const after: FaultInjector['after'] = (moment) =>
      moment.what === 'invocation' && faults-- > 0 ? { do: 'drop' } : null;
    const { send, notes } = await start('queue', 'null', {}, { faults: { after } });
    await send('twice');
    expect(deliveries(await notes())).toEqual({ twice: 2 });
  });
});

describe('a stream', () => {
  test('hands over inserts, changes and removals in order, in the real form', async () => {
    const { put, update, notes } = await start('stream', 'null', { BatchSize: 1 });
    await put('a');
    await update('a', 'خبر');
    await update('a', 'خبر');
    await put('b');
    const records = (await notes()).map(({ first }) => first);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'INSERT']);
    expect(records[1]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:.*:table\/Small-Items\/stream\//),
      dynamodb: {
        Keys: { pk: { S: 'a' } },
        NewImage: { pk: { S: 'a' }, v: { S: 'خبر' } },
        OldImage: { pk: { S: 'a' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
      },
    });
  });

  test('a reported failure runs again from there, what succeeded behind it included', async () => {
    const { put, notes } = await start(
      'stream',
      '{ batchItemFailures: runs === 1 ? [{ itemIdentifier: ids[1] }] : [] }',
      { MaximumBatchingWindowInSeconds: 60, BatchSize: 3 },
    );
    await put('a', 'b', 'c');
    expect((await notes()).map(({ bodies }) => bodies)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  test('a batch that fails is halved until the bad record is alone, reported and passed', async () => {
    const { put, notes, failed } = await start(
      'stream',
      'bodies.includes("bad") ? (() => { throw new Error("bad") })() : null',
      {
        MaximumBatchingWindowInSeconds: 60,
        BatchSize: 4,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
      },
    );
    await put('a', 'b', 'bad', 'd');
    expect((await notes()).map(({ bodies }) => bodies)).toEqual([
      ['a', 'b', 'bad', 'd'],
      ['a', 'b'],
      ['bad', 'd'],
      ['bad'],
      ['bad'],
      ['bad'],
      ['d'],
    ]);
    const reports = (await failed()).map(({ Body = '' }) => JSON.parse(Body));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: expect.stringMatching(/^\d{21}$/) },
    });
    expect(JSON.stringify(reports[0])).not.toContain('"bad"');
  });

  test('records that the filter does not want are passed unseen', async () => {
    const Pattern = JSON.stringify({
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { pk: { S: [{ prefix: 'PENDING#' }] } } },
    });
    const { put, notes } = await start('stream', 'null', {
      FilterCriteria: { Filters: [{ Pattern }] },
    });
    await put('SENT#1', 'PENDING#0', 'x');
    expect(deliveries(await notes())).toEqual({ 'PENDING#0': 1 });
  });

  test('records that grew too old are reported instead of run', async () => {
    let now = Date.now();
    const {
      host: running,
      put,
      notes,
      failed,
    } = await start(
      'stream',
      '(() => { throw new Error("down") })()',
      {
        MaximumRecordAgeInSeconds: 600,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
      },
      { clock: () => now },
    );
    await put('a');
    const ticking = setInterval(() => {
      now += 100_000;
    }, 20);
    await running.idle();
    clearInterval(ticking);
    expect((await notes()).length).toBeGreaterThan(0);
    const [report] = (await failed()).map(({ Body = '' }) => JSON.parse(Body));
    expect(report.requestContext.condition).toBe('RecordAgeExceeded');
  });
});

test('a mapping with a property that is not served is refused', async () => {
  await expect(start('queue', 'null', { ProvisionedPollerConfig: {} })).rejects.toThrow(
    'ProvisionedPollerConfig is not served',
  );
});
