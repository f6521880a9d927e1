import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Moment } from '../infra/local/fault.ts';
import { METRICS } from '../shared/metrics.ts';
import { alertingArticle, quietArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { synthesized } from './synthesized.ts';
import { putWatchlist } from './watchlist-bucket.ts';

/** Every call that a function made, in order. */
const calls: Extract<Moment, { what: 'call' }>[] = [];
let p: Pipeline;
beforeAll(async () => {
  const faults = {
    before(moment: Moment) {
      if (moment.what === 'call' && moment.caller !== null) calls.push(moment);
      return null;
    },
  };
  p = await openPipeline({ faults });
  // From the first start on: each process has to walk back to the last good one, which is the shipped one.
  await putWatchlist(p, 'topics: [this is no watchlist');
}, 120_000);
afterAll(() => p.host.stop());

/** Errors in the log, but for that of the watchlist that is bad on purpose. */
const mistakes = () =>
  p.facts.filter(({ level, message }) => level === 'error' && message !== 'watchlist invalid');
const countOf = (operation: string) => calls.filter((call) => call.operation === operation).length;

test('one file costs one read and one write, whatever else there is to do', async () => {
  await p.drop('warm-up.txt', quietArticle(900));
  await p.host.idle();
  const before = { reads: countOf('GetObject'), writes: countOf('PutItem'), all: calls.length };
  for (let n = 0; n < 30; n++) await p.drop(`quiet/${n}.txt`, quietArticle(n));
  await p.host.idle();
  expect(countOf('PutItem') - before.writes).toBe(30);
  // Each of the two processes looks once a minute whether there is a new watchlist.
  expect(countOf('GetObject') - before.reads).toBeGreaterThanOrEqual(30);
  expect(countOf('GetObject') - before.reads).toBeLessThanOrEqual(33);
  expect((await p.articles()).length).toBe(31);
});

test('a file of any name is stored under that name, and its alert says so', async () => {
  const keys = [
    'زيارة حفتر + 100% #1 (نسخة).txt',
    'مجلد/آخر/خبر عاجل.txt',
    '%2B+ +.txt',
    'a//b/../c.txt',
    '🗞️.txt',
    `${'ا'.repeat(510)}.txt`.slice(0, 512),
  ];
  for (const [n, key] of keys.entries()) await p.drop(key, alertingArticle(100 + n));
  await p.host.idle();
  const stored = (await p.articles()).map(({ object }) => object.key);
  expect(stored).toEqual(expect.arrayContaining(keys));
  const told = p.alerts().map(({ article }) => article.s3.key);
  expect(told).toEqual(expect.arrayContaining(keys));
});

test('the same text under other names, again, and in one file twice is one article and one alert', async () => {
  const text = alertingArticle(200);
  await p.drop('first.txt', text);
  await p.host.idle();
  await p.drop('renamed.txt', text);
  await p.drop('first.txt', text);
  await p.drop(
    'both.ndjson',
    [text, text].map((body) => JSON.stringify({ text: body })).join('\n'),
  );
  await p.host.idle();
  const same = (await p.articles()).filter(({ object }) =>
    ['first.txt', 'renamed.txt', 'both.ndjson'].includes(object.key),
  );
  expect(same).toHaveLength(1);
  const alerts = p.alerts().filter(({ article }) => article.id === same[0]?.id);
  expect(alerts).toHaveLength(1);
});

test('poison harms nobody: nine bad files get their reason, the good ones beside them their articles', async () => {
  const bad: Record<string, [string | Uint8Array, string]> = {
    'empty.txt': ['', 'empty'],
    'spaces.txt': ['  \n\t ', 'empty'],
    'photo.jpg': [Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'binary'],
    'program.bin': [Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7) % 256)), 'binary'],
    'zeros.txt': [new Uint8Array(1_000_000), 'binary'],
    'large.txt': ['ا'.repeat(6_000_000), 'too-large'],
    'bomb.txt.gz': [gzipSync(Buffer.alloc(60_000_000)), 'too-large'],
    'broken.pdf': ['%PDF-1.7\n%%EOF', 'malformed'],
    'page.html': ['<html><body><script>app()</script></body></html>', 'no-text'],
  };
  for (const [key, [body]] of Object.entries(bad)) await p.drop(`poison/${key}`, body);
  for (let n = 300; n < 303; n++) await p.drop(`beside/${n}.txt`, alertingArticle(n));
  for (const litter of ['poison/', '.DS_Store', 'poison/Thumbs.db']) await p.drop(litter, '');
  await p.host.idle();
  const reasons = Object.fromEntries(
    (await p.quarantined()).map(({ key, reason }) => [key, reason]),
  );
  const expected = Object.fromEntries(
    Object.entries(bad).map(([key, [, reason]]) => [`poison/${key}`, reason]),
  );
  expect(reasons).toEqual(expected);
  expect(
    (await p.articles()).filter(({ object }) => object.key.startsWith('beside/')),
  ).toHaveLength(3);
  expect(mistakes()).toEqual([]);
}, 60_000);

test('a watchlist with a mistake stops no news, and is reported', async () => {
  const reports = p.facts.filter(({ message }) => message === 'watchlist invalid');
  expect(reports.length).toBeGreaterThan(0);
  expect(reports[0]?.['error'].message).toContain('watchlist.yaml');
  expect(p.alerts().length).toBeGreaterThan(0);
});

test('nothing waits: no alert is pending, and nothing is in a failed queue', async () => {
  expect(
    (await p.articles()).flatMap(({ alerts }) => alerts).filter(({ state }) => state === 'PENDING'),
  ).toEqual([]);
  expect(mistakes()).toEqual([]);
});

test('no line of a log holds what an article says', () => {
  for (const line of p.lines) expect(line).not.toMatch(/تزويده|التاورغي|طائرات/);
});

test('the log of a run counts what happened, in metrics that exist', () => {
  const counted = new Set(
    p.facts.flatMap(({ _aws }) => _aws?.CloudWatchMetrics?.[0]?.Metrics?.[0]?.Name ?? []),
  );
  expect(Object.keys(METRICS)).toEqual(expect.arrayContaining([...counted]));
  expect([...counted]).toEqual(
    expect.arrayContaining([
      'Ingested',
      'Duplicates',
      'Quarantined',
      'Ignored',
      'AlertsSent',
      'UploadToAlert',
      'PendingAge',
      'WatchlistInvalid',
    ]),
  );
});

/** What a call needs to be allowed; reading by version is an action of its own. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['s3:GetObject', 's3:GetObjectVersion'],
  ListObjectVersions: ['s3:ListBucketVersions'],
};

/** Granted to a role without a call in its code, and why. */
const NEVER_CALLED = {
  's3:ListBucket': 'what is missing is then 404, not 403',
  'logs:CreateLogStream': 'by the runtime',
  'logs:PutLogEvents': 'by the runtime',
  'sqs:ReceiveMessage': 'by the mapping',
  'sqs:DeleteMessage': 'by the mapping',
  'sqs:GetQueueAttributes': 'by the mapping',
  'sqs:SendMessage': 'by the mapping, for what failed',
  'dynamodb:DescribeStream': 'by the mapping',
  'dynamodb:GetRecords': 'by the mapping',
  'dynamodb:GetShardIterator': 'by the mapping',
  'dynamodb:ListStreams': 'by the mapping',
};

/** What a flood leaves: an alert that was held back for the summary of its ten minutes, and forgotten since. */
async function holdBack(): Promise<void> {
  const held = { pk: 'HELD', sk: '2026-01-01T00:00:00.000Z#visit', ids: new Set(['gone:visit']) };
  await p.clients.dynamodb.send(new PutItemCommand({ TableName: p.table, Item: marshall(held) }));
}

test.each(['Ingest', 'Relay'])(
  '%s may do what it does, and nothing else but for a list with reasons',
  async (name) => {
    await holdBack();
    await p.host.runSchedule('Sweep');
    const template = JSON.parse(readFileSync(await synthesized(), 'utf8'));
    const [, policy] =
      Object.entries<{
        Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } };
      }>(template.Resources).find(([id]) => id.startsWith(`${name}RoleDefaultPolicy`)) ?? [];
    const granted = new Set(
      policy?.Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action),
    );
    const needed = new Set(
      calls
        .filter(({ caller }) => caller?.startsWith(name))
        .flatMap(({ service, operation }) => ACTIONS[operation] ?? [`${service}:${operation}`]),
    );
    expect([...needed].filter((action) => !granted.has(action))).toEqual([]);
    const unused = [...granted].filter((action) => !needed.has(action));
    expect(unused.filter((action) => !(action in NEVER_CALLED))).toEqual([]);
  },
);
