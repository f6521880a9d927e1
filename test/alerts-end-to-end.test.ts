import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { alertsCommand } from '../cli/alerts.ts';
import { articlesCommand } from '../cli/articles.ts';
import { exportCommand } from '../cli/export.ts';
import { muteCommand } from '../cli/mute.ts';
import { replayCommand } from '../cli/replay.ts';
import { showCommand } from '../cli/show.ts';
import { statsCommand } from '../cli/stats.ts';
import { storiesCommand } from '../cli/stories.ts';
import { subscribeCommand, subscriptionsCommand, unsubscribeCommand } from '../cli/subscribe.ts';
import { announceHost } from '../cli/target.ts';
import { watchlistCommand } from '../cli/watchlist.ts';
import { wrongCommand } from '../cli/wrong.ts';
import { type LocalHost, startLocalHost } from '../infra/local/host.ts';
import { readSubscriber } from '../shared/subscriber.ts';
import { run } from './commands.ts';
import { newsroom } from './newsroom-articles.ts';
import { schemaProblems } from './schema.ts';
import { synthesized } from './synthesized.ts';

/** `npm run prove` takes the full size: 1,000 articles of 50 stories. */
const [STORIES, COPIES] = process.env['PROVE'] ? [50, 20] : [8, 5];

let dir: string;
let host: LocalHost;
let s3: S3Client;
let here: string[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rasid-alerts-'));
  host = await startLocalHost({
    template: await synthesized(),
    stateDir: dir,
    env: { MAX_ALERT_AGE_DAYS: 'off', MAX_MESSAGES_PER_SECOND: '1000' },
  });
  await announceHost(dir, host);
  s3 = new S3Client(client());
  here = ['--local', '--state', dir];
}, 120_000);
afterAll(async () => {
  s3.destroy();
  await host.stop();
  rmSync(dir, { recursive: true, force: true });
});

const client = () => ({
  endpoint: host.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

async function drop(files: readonly { key: string; body: string }[]): Promise<void> {
  const Bucket = host.outputs['InboxBucket'];
  const waiting = [...files];
  const lane = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
      await s3.send(new PutObjectCommand({ Bucket, Key: file.key, Body: file.body }));
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  await host.idle();
}

/** What came to a queue that nobody else reads; the queues of failures serve as inboxes of subscribers. */
async function received(queueUrl: string | undefined): Promise<
  {
    alertId: string;
    kind: string;
    event: { status: string };
    rule: { topic: string };
    article: { lang: string };
  }[]
> {
  const sqs = new SQSClient(client());
  const all: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 600,
      }),
    );
    if (Messages.length === 0) break;
    all.push(...Messages.map(({ Body = '' }) => JSON.parse(Body).Message));
  }
  return all.map((message) => JSON.parse(message));
}
const arnOf = (queueUrl = '') => `arn:aws:sqs:us-east-1:${queueUrl.split('/').slice(-2).join(':')}`;
const published = () => host.outbox().filter(({ topic }) => topic.startsWith('Alerts'));
const messages = () => published().map(({ message }) => JSON.parse(message));

const DENIED_LATER = [
  {
    key: 'asserted.txt',
    body: 'وزير الدفاع التركي في مقديشو\n\nوصل وزير الدفاع التركي يشار غولر إلى مقديشو مساء أمس في زيارة تستمر يومين.\n\nورافقه عدد من كبار الضباط ومديري شركات الصناعات الدفاعية، بحسب بيان صدر عن مكتبه.\n',
  },
  {
    key: 'denied.txt',
    body: 'أنقرة: لا صحة لما نشر\n\nلم يزر وزير الدفاع التركي يشار غولر مقديشو، بحسب ما قال متحدث باسم الوزارة للصحفيين صباح اليوم.\n\nوأوضح أن الوزير قضى يومه في مكتبه واجتمع بعدد من موظفيه لبحث ميزانية السنة القادمة.\n',
  },
];
const REQUESTS = [
  {
    key: 'request-ar.txt',
    body: 'طلب سلاح\n\nطلب الجيش السوداني من روسيا تزويده بصواريخ مضادة للطائرات، وفق ما قال مصدر عسكري لوكالة محلية يوم الثلاثاء.\n',
  },
  {
    key: 'request-en.txt',
    body: 'Mali asks Russia for missiles\n\nMali has asked Russia to supply air defence missiles and armoured vehicles, two officials said on Friday in Bamako.\n',
  },
];

test('who subscribes is told what he asked for, and nothing else', async () => {
  const arabic = host.outputs['UploadsFailedQueue'];
  const asserted = host.outputs['RelayFailedQueue'];
  const one = await run(
    subscribeCommand,
    'sqs',
    arnOf(arabic),
    '--topic',
    'weapons-request',
    '--lang',
    'ar',
    ...here,
    '--json',
  );
  expect(one.json()).toMatchObject({
    outcome: 'added',
    filterPolicy: { topic: ['weapons-request'], lang: ['ar'] },
  });
  await run(
    subscribeCommand,
    'sqs',
    arnOf(asserted),
    '--topic',
    'visit',
    '--status',
    'asserted',
    ...here,
  );

  for (const file of [...DENIED_LATER, ...REQUESTS]) await drop([file]);

  const requests = await received(arabic);
  expect(requests.map(({ rule, article }) => [rule.topic, article.lang])).toEqual([
    ['weapons-request', 'ar'],
  ]);
  const told = await received(asserted);
  expect(told.map(({ kind, event }) => [kind, event.status])).toEqual([
    ['new', 'asserted'],
    ['updated', 'denied'],
  ]);
  const list = await run(subscriptionsCommand, ...here, '--json');
  expect(list.json().subscriptions).toHaveLength(2);
  for (const queue of [arabic, asserted])
    expect((await run(unsubscribeCommand, arnOf(queue), ...here)).code).toBe(0);
  expect((await run(unsubscribeCommand, arnOf(arabic), ...here)).code).toBe(1);
});

test('however many copies, in whatever order, a story alerts once', async () => {
  const before = messages().length;
  const files = newsroom(STORIES, COPIES);
  await drop(files);
  const mine = messages()
    .slice(before)
    .filter(({ rule }) => rule.topic === 'visit');
  const stories = new Set(mine.map(({ article }) => /خبر (\d+)-/.exec(article.s3.key)?.[1]));
  expect(stories.size).toBe(STORIES);
  expect(mine).toHaveLength(STORIES);
  expect(new Set(mine.map(({ kind }) => kind))).toEqual(new Set(['new']));

  const told = await run(
    storiesCommand,
    '--topic',
    'visit',
    '--source',
    'example',
    '--limit',
    '1000',
    ...here,
    '--json',
  );
  const counts = told.json().stories.map(({ articles }: { articles: number }) => articles);
  expect(counts).toHaveLength(STORIES);
  expect(counts.reduce((a: number, b: number) => a + b)).toBe(files.length);
}, 300_000);

test('every message of the run is valid by the published schema', async () => {
  await host.runSchedule('DigestTime');
  await host.idle();
  expect(host.outbox().at(-1)?.topic).toMatch(/^Digests/);
  expect(host.outbox().length).toBeGreaterThan(STORIES);
  for (const { message } of host.outbox()) expect(schemaProblems(message)).toEqual([]);
});

test('the filters of the documentation are taken', async () => {
  const lines = readFileSync(new URL('../docs/alerts.md', import.meta.url), 'utf8').matchAll(
    /^npx rasid subscribe (?!confirm)(.+?)(?: +# .*)?$/gm,
  );
  let taken = 0;
  for (const [, line = ''] of lines) {
    // SNS would call the endpoint at once: what is written about it is read, and nobody is called.
    if (line.startsWith('https ')) {
      expect(readSubscriber(line).protocol).toBe('https');
      continue;
    }
    const ran = await run(subscribeCommand, ...line.split(' '), ...here, '--json');
    expect(ran.code).toBe(0);
    expect(['confirm', 'added', 'changed']).toContain(ran.json().outcome);
    taken += 1;
  }
  expect(taken).toBeGreaterThan(5);
  await expect(
    run(subscribeCommand, 'email', 'desk@example.org', '--topic', 'Visit', ...here),
  ).rejects.toThrow(/small letters/);
});

test.each([
  ['alerts', []],
  ['digests', ['--digest']],
])(
  'the link in a mail about %s is confirmed by command, and from then on only this account can unsubscribe it',
  async (what, topic) => {
    const ask = (...argv: string[]) => run(subscribeCommand, ...argv, ...here, '--json');
    const address = `reader-of-${what}@example.org`;
    expect((await ask('email', address, ...topic)).json().outcome).toBe('confirm');
    const outbox = join(dir, 'outbox');
    const mail = readdirSync(outbox)
      .map((file) => readFileSync(join(outbox, file), 'utf8'))
      .find((text) => text.startsWith(`To: ${address}`));
    const link = /http:\S+ConfirmSubscription\S+/.exec(mail ?? '')?.[0] ?? '';
    const mine = async () => {
      const { subscriptions } = (
        await run(subscriptionsCommand, ...topic, ...here, '--json')
      ).json();
      return subscriptions.find(({ endpoint }: { endpoint: string }) => endpoint === address);
    };
    expect(await mine()).toMatchObject({ arn: null });
    expect((await ask('confirm', 'no-such-token')).code).toBe(1);
    // Without --digest: the link says which topic it is for.
    expect((await ask('confirm', link)).json()).toEqual({ confirmed: true });
    expect(await mine()).toMatchObject({ arn: expect.stringContaining('arn:'), isGuarded: true });
  },
);

describe('the archive answers', () => {
  test('articles by topic, actor, language and time, and says what it read', async () => {
    const found = await run(
      articlesCommand,
      '--topic',
      'weapons-request',
      '--lang',
      'en',
      '--since',
      '1h',
      ...here,
      '--json',
    );
    expect(found.json().articles.map(({ title }: { title: string }) => title)).toEqual([
      'Mali asks Russia for missiles',
    ]);
    expect(found.stderr).toMatch(/1 articles .*entries read/);
    const none = await run(articlesCommand, '--until', '1h', ...here, '--json');
    expect(none.json().articles).toEqual([]);
    const some = await run(articlesCommand, '--limit', '3', ...here);
    expect(some.stdout.trim().split('\n')).toHaveLength(6);
    expect(some.stderr).toContain('there are more');
  });

  test('alerts, those kept quiet too, and why', async () => {
    const denied = await run(alertsCommand, '--status', 'denied', ...here, '--json');
    expect(denied.json().alerts).toMatchObject([
      { state: 'SENT', update: 'status', event: { topic: 'visit' } },
    ]);
    const all = await run(
      alertsCommand,
      '--all',
      '--topic',
      'visit',
      '--limit',
      '1000',
      ...here,
      '--json',
    );
    const quiet = all
      .json()
      .alerts.filter(({ state }: { state: string }) => state === 'SUPPRESSED');
    expect(quiet.length).toBe(STORIES * (COPIES - 1));
    expect(new Set(quiet.map(({ reason }: { reason: string }) => reason))).toEqual(
      new Set(['story']),
    );
  });

  test('one article with its evidence marked, its alerts and their deliveries', async () => {
    const [{ alertId }] = (
      await run(alertsCommand, '--topic', 'weapons-request', '--lang', 'ar', ...here, '--json')
    ).json().alerts;
    const shown = await run(showCommand, alertId, ...here);
    expect(shown.stdout).toMatch(/⟦.*طلب.*⟧/);
    expect(shown.stdout).toMatch(/SENT, at \S+ as \S+/);
    expect((await run(showCommand, 'x'.repeat(22), ...here)).code).toBe(1);
  });

  test('counts by day and topic, and a file of everything', async () => {
    const stats = (await run(statsCommand, ...here, '--json')).json();
    expect(stats.articles).toBe(STORIES * COPIES + 4);
    expect(stats.topics.visit).toBe(STORIES * COPIES + 2);
    const csv = (await run(exportCommand, '--format', 'csv', '--since', '1h', ...here)).stdout
      .trim()
      .split('\r\n');
    expect(csv[0]).toMatch(/^id,seen_at,/);
    expect(csv.length).toBeGreaterThan(STORIES * COPIES);
    const lines = (
      await run(exportCommand, '--since', '1h', '--topic', 'weapons-request', ...here)
    ).stdout
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).labels)).toHaveLength(2);
  });
});

test('a topic is muted for a while, and heard again', async () => {
  const before = messages().length;
  await expect(run(muteCommand, 'weapons-request', '--for', '1h', '--state', dir)).rejects.toThrow(
    /say where/,
  );
  await run(muteCommand, 'weapons-request', '--for', '1h', ...here);
  const muted = (await run(muteCommand, ...here, '--json')).json().mutes;
  expect(muted).toEqual([expect.objectContaining({ rule: 'weapons-request' })]);
  await run(muteCommand, 'weapons-request', '--off', ...here);
  expect(messages().length).toBe(before);
});

test('a replay stores nothing twice and tells nobody', async () => {
  const before = messages().length;
  const again = await run(replayCommand, '--prefix', '', '--rate', '1000', ...here, '--json');
  await host.idle();
  expect(again.json()).toEqual({ sent: STORIES * COPIES + 4 });
  const stats = (await run(statsCommand, ...here, '--json')).json();
  expect(stats.articles).toBe(STORIES * COPIES + 4);
  expect(messages().length).toBe(before);
}, 120_000);

describe('the watchlist in force', () => {
  const WATCHLIST = `include: [default]
rules:
  - id: drought
    topic: drought
    version: 1
    title: { en: Drought, ar: جفاف }
    severity: notice
    match: { seq: ['(missiles|drought)'] }
    status: none
    alert_when: { status: [asserted] }
    tests:
      - { lang: en, text: 'The drought lasts.', expect: { status: asserted } }
`;
  const file = () => join(dir, 'mine.yaml');
  const put = (...more: string[]) => run(watchlistCommand, 'put', file(), ...more, ...here);

  test('is put only when it passes its own tests', async () => {
    await writeFile(file(), WATCHLIST.replace('The drought lasts.', 'Rain at last.'));
    const bad = await put();
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('a test of rule drought fails');
    expect((await run(watchlistCommand, 'history', ...here, '--json')).json().versions).toEqual([]);
  });

  test('shows what it would change and alert on, then is put', async () => {
    await writeFile(file(), WATCHLIST);
    const dry = await put('--preview', '1h', '--dry-run', '--json');
    expect(dry.json().changes).toMatchObject({ added: ['drought'], removed: [], changed: [] });
    expect(dry.json().preview.rules).toContainEqual(
      expect.objectContaining({ rule: 'drought', before: 0, after: 1 }),
    );
    expect((await put()).code).toBe(0);
    expect(
      (await run(watchlistCommand, 'history', ...here, '--json')).json().versions,
    ).toHaveLength(1);
  }, 120_000);

  test('a false alarm becomes a test that fails until the rule is mended', async () => {
    const [{ alertId }] = (
      await run(alertsCommand, '--topic', 'weapons-request', '--lang', 'en', ...here, '--json')
    ).json().alerts;
    const wrong = await run(wrongCommand, alertId, '--watchlist', file(), ...here);
    expect(wrong.code).toBe(0);
    const test = await run(watchlistCommand, 'test', file());
    expect(test.code).toBe(1);
    expect(test.stderr).toMatch(/a test of rule weapons-request\S* fails: expected no event/);
    expect((await put()).code).toBe(1);
  }, 120_000);

  test('goes back to an earlier one, and to the one that ships', async () => {
    await writeFile(file(), WATCHLIST.replace('version: 1', 'version: 2'));
    const changed = await put('--json');
    expect(changed.json().changes.changed).toEqual([{ id: 'drought', from: 1, to: 2 }]);
    const back = await run(watchlistCommand, 'rollback', ...here, '--json');
    expect(back.json().changes.changed).toEqual([{ id: 'drought', from: 2, to: 1 }]);
    expect((await run(watchlistCommand, 'rollback', 'nonsense', ...here)).code).toBe(1);
    expect((await run(watchlistCommand, 'rollback', '--shipped', ...here)).code).toBe(0);
    const { versions } = (await run(watchlistCommand, 'history', ...here, '--json')).json();
    expect(versions.map(({ isShipped }: { isShipped: boolean }) => isShipped)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  }, 120_000);
});
