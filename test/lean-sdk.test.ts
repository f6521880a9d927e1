import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../infra/build.ts';

const run = promisify(execFile);
const LAST_MODIFIED = 'Sun, 22 Nov 2026 10:00:00 GMT';
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

/** As the services would, in the few words that the clients read. */
function answer({ url = '', headers }: IncomingMessage, body: string, tries: number): Answer {
  if (url.startsWith('/inbox/same')) return [304, {}, ''];
  if (url.startsWith('/inbox/gone')) return [404, {}, '<Error><Code>NoSuchKey</Code></Error>'];
  if (url.startsWith('/inbox/busy') && tries < 2)
    return [503, {}, '<Error><Code>SlowDown</Code></Error>'];
  if (url.startsWith('/inbox/')) {
    const of = url.startsWith('/inbox/damaged') ? 'another text' : 'نص';
    const told = { etag: '"tag"', 'last-modified': LAST_MODIFIED, 'x-amz-meta-source': 's' };
    const sum = /checked|damaged/.test(url) ? { 'x-amz-checksum-sha256': sha256(of) } : {};
    return [200, { ...told, ...sum }, 'نص'];
  }
  if (headers['x-amz-target'] === undefined)
    return [
      200,
      {},
      '<PublishResponse><PublishResult><MessageId>m1</MessageId></PublishResult></PublishResponse>',
    ];
  if (body.includes('"refused"')) {
    const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
    return [400, {}, JSON.stringify({ __type: type, message: 'The conditional request failed' })];
  }
  return [200, {}, JSON.stringify({ Item: { pk: { S: 'أ' } } })];
}
type Answer = [status: number, headers: Record<string, string>, body: string];

/** What changes with the hour, the run, or the way of sending. */
const OF_THE_MOMENT = /^(?:x-amz-date|amz-sdk-invocation-id|host|connection)$/;

/** What a bundle of the calls sends, and what it makes of the answers. */
async function exchange(file: string): Promise<{ sent: unknown[]; answers: unknown }> {
  const sent: unknown[] = [];
  const tries = new Map<string, number>();
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const headers = Object.entries(request.headers)
      .filter(([name]) => !OF_THE_MOMENT.test(name))
      .map(([name, value]) => [name, String(value).replace(/Signature=.*|\/\d{8}\//g, '')])
      .sort();
    sent.push({ method: request.method, url: request.url, headers, body });
    const tried = tries.get(request.url ?? '') ?? 0;
    tries.set(request.url ?? '', tried + 1);
    const [status, told, text] = answer(request, body, tried);
    response.writeHead(status, { ...told, 'content-length': Buffer.byteLength(text) }).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const script = `
    const { handler } = await import(${JSON.stringify(file)});
    process.stdout.write(JSON.stringify(await handler()));
    process.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      _X_AMZN_TRACE_ID: 'Root=1-0-0',
      AWS_LAMBDA_FUNCTION_NAME: 'ingest',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  server.closeAllConnections();
  server.close();
  return { sent, answers: JSON.parse(stdout) };
}

test('a lean bundle sends what the whole SDK sends, and makes the same of the answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-lean-'));
  try {
    const entries = { calls: 'test/sdk-calls.ts' };
    await bundle(entries, join(folder, 'lean', 'calls'));
    await bundle(entries, join(folder, 'whole', 'calls'), []);
    const lean = await exchange(join(folder, 'lean', 'calls', 'calls.mjs'));
    const whole = await exchange(join(folder, 'whole', 'calls', 'calls.mjs'));
    expect(lean).toEqual(whole);
    expect(lean.answers).toMatchObject({
      object: { text: 'نص', Metadata: { source: 's' }, ETag: '"tag"' },
      gone: { kind: 'NoSuchKey' },
      busy: { text: 'نص' },
      checked: { text: 'نص' },
      damaged: { message: expect.stringContaining('Checksum mismatch') },
      refused: { kind: 'ConditionalCheckFailedException' },
      item: { Item: { pk: { S: 'أ' } } },
      publish: { MessageId: 'm1' },
    });
    // The one that was told to slow down asked again.
    expect(lean.sent.length).toBe(Object.keys(lean.answers as object).length + 2);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
