import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { fn, role, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
const lines: string[] = [];
let host: LocalHost;

const CODE = {
  context: `
    let runs = 0;
    export const handler = async (event, context) => ({
      runs: ++runs, event, pid: process.pid,
      left: context.getRemainingTimeInMillis(),
      name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
      id: context.awsRequestId, mark: process.env.MARK, extra: process.env.EXTRA,
      home: process.env.HOME ?? null, endpoint: process.env.AWS_ENDPOINT_URL,
    });`,
  trouble: `
    import { spawn } from 'node:child_process';
    export const handler = async ({ how }) => {
      console.log('ببطء ' + how); console.error('to stderr');
      if (how === 'throw') throw new RangeError('too far');
      if (how === 'exit') process.exit(3);
      if (how === 'hang') await new Promise(() => setInterval(() => {}, 1000));
      if (how === 'spin') for (;;);
      if (how === 'hoard') { const hoard = []; for (;;) { hoard.push(Buffer.alloc(8e6, 1)); await null; } }
      if (how === 'child') return await new Promise((done) => {
        const child = spawn(process.execPath, ['-e', 'const h=[];setInterval(()=>h.push(Buffer.alloc(8e6,1)),1)']);
        child.on('exit', (code, signal) => done({ code, signal }));
      });
      return { pid: process.pid };
    };`,
  broken: `throw new Error('no such luck');`,
  list: `
    import { request } from 'node:http';
    export const handler = ({ bucket }) => new Promise((done, fail) => {
      const authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/s3/aws4_request';
      request(process.env.AWS_ENDPOINT_URL + '/' + bucket + '/missing', { headers: { authorization } }, (r) => {
        r.resume(); r.on('end', () => done(r.statusCode));
      }).on('error', fail).end();
    });`,
};

beforeAll(async () => {
  const template = writeStack(
    dir,
    {
      Role: role('s3:GetObject'),
      Lister: role('s3:Get*', 's3:List*'),
      Inbox: { Type: 'AWS::S3::Bucket' },
      Context: fn('context', {
        Timeout: 9,
        MemorySize: 192,
        Environment: {
          Variables: { MARK: { 'Fn::Join': [' of ', [{ Ref: 'AWS::Region' }, { Ref: 'Inbox' }]] } },
        },
      }),
      Trouble: fn('trouble', { Timeout: 2, MemorySize: 128 }),
      Broken: fn('broken'),
      Blind: fn('list'),
      Seeing: fn('list', { Role: { 'Fn::GetAtt': ['Lister', 'Arn'] } }),
    },
    CODE,
  );
  host = await startLocalHost({
    template,
    stateDir: join(dir, 'state'),
    env: { EXTRA: 'yes' },
    onLog: (entry) => lines.push(`${entry.fn}: ${entry.line}`),
  });
});
afterAll(async () => {
  await host.stop();
  remove();
});

const trouble = (how: string) => host.invoke('Trouble', { how });

test('a function sees the context and environment that Lambda gives', async () => {
  expect(await host.invoke('Context', { a: 'ب' })).toMatchObject({
    event: { a: 'ب' },
    name: 'Small-Context',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:Small-Context',
    memory: '192',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    mark: 'us-east-1 of small-inbox',
    extra: 'yes',
    home: null,
    endpoint: host.url,
  });
});

test('time runs down from the timeout of the template', async () => {
  const { left } = (await host.invoke('Context', {})) as { left: number };
  expect(left).toBeLessThanOrEqual(9000);
  expect(left).toBeGreaterThan(0);
});

test('a process serves one run after another, and never two at once', async () => {
  const first = (await host.invoke('Context', {})) as { pid: number; runs: number };
  const next = (await host.invoke('Context', {})) as { pid: number; runs: number };
  expect([next.pid, next.runs]).toEqual([first.pid, first.runs + 1]);
  const both = await Promise.all([host.invoke('Context', {}), host.invoke('Context', {})]);
  expect(new Set(both.map((one) => (one as { pid: number }).pid)).size).toBe(2);
});

test('an exception is the answer, and the process lives on', async () => {
  const { pid } = (await trouble('')) as { pid: number };
  await expect(trouble('throw')).rejects.toMatchObject({ name: 'RangeError', message: 'too far' });
  expect(await trouble('')).toEqual({ pid });
});

test.each([
  ['exit', 'Runtime.ExitError', 'exit status 3'],
  ['hang', 'Sandbox.Timedout', 'timed out after 2.00 seconds'],
  ['spin', 'Sandbox.Timedout', 'timed out after 2.00 seconds'],
  ['hoard', 'Runtime.OutOfMemory', 'of 128 MB'],
])(
  'a run that does "%s" ends with %s, and the next one starts anew',
  async (how, name, message) => {
    const { pid } = (await trouble('')) as { pid: number };
    await expect(trouble(how)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await trouble('')).not.toEqual({ pid });
  },
);

test('memory counts what a function starts, and dies with it', async () => {
  await expect(trouble('child')).rejects.toMatchObject({ name: 'Runtime.OutOfMemory' });
});

test('a bundle that cannot be loaded says why', async () => {
  await expect(host.invoke('Broken', {})).rejects.toMatchObject({ message: 'no such luck' });
});

test('what a function writes reaches the log, line by line', () => {
  expect(lines).toEqual(expect.arrayContaining(['Trouble: ببطء throw', 'Trouble: to stderr']));
  expect(lines).toContain('Trouble: ERROR RangeError: too far');
  const file = join(dir, 'state', 'logs', 'Trouble.log');
  expect(existsSync(file) && readFileSync(file, 'utf8')).toContain('ببطء hang\n');
});

test('a missing object is 404 with s3:ListBucket in the role, and 403 without', async () => {
  const bucket = host.physicalId('Inbox');
  expect(await host.invoke('Seeing', { bucket })).toBe(404);
  expect(await host.invoke('Blind', { bucket })).toBe(403);
});
