import { readdirSync } from 'node:fs';
import { articlesCommand } from '../cli/articles.ts';
import { replayCommand } from '../cli/replay.ts';
import { announceHost } from '../cli/target.ts';
import type { Fault, Moment } from '../infra/local/fault.ts';
import { run } from './commands.ts';
import { scratch } from './local/small-stack.ts';
import { quietArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { putWatchlist } from './watchlist-bucket.ts';

const { dir, remove } = scratch();
/** Calls of the command line: how often it sent, and from which time on it may not. */
let sends = 0;
let mostSends = Number.POSITIVE_INFINITY;
const faults = {
  before(moment: Moment): Fault | null {
    if (moment.what !== 'call' || moment.operation !== 'SendMessageBatch') return null;
    return ++sends > mostSends ? { do: 'fail', status: 403, code: 'AccessDenied' } : null;
  },
};

let p: Pipeline;
let withdraw: () => Promise<void>;
async function open(): Promise<void> {
  p = await openPipeline({ stateDir: dir, faults });
  withdraw = await announceHost(dir, p.host);
}
async function close(): Promise<void> {
  await withdraw();
  await p.host.stop();
}
beforeAll(open, 120_000);
afterAll(async () => {
  await close();
  remove();
});

const replay = (...argv: string[]) =>
  run(replayCommand, '--rate', '10000', ...argv, '--json', '--local', '--state', dir);
const FILES = 25;
const WORD = 'زنجبيلستان';

test('a replay that breaks off goes on where it stood: every file is read again once', async () => {
  for (let n = 0; n < FILES; n++) await p.drop(`${100 + n}.txt`, `${quietArticle(n)} ${WORD}.`);
  await p.host.idle();
  const articles = await p.articles();
  expect(articles).toHaveLength(FILES);

  mostSends = 1;
  await expect(replay('--prefix', '')).rejects.toThrow();
  mostSends = Number.POSITIVE_INFINITY;
  await p.host.idle();
  const known = () => p.facts.filter(({ message }) => message === 'known').map(({ key }) => key);
  expect(known()).toHaveLength(10);

  const again = await replay('--prefix', '');
  expect(again.stderr).toContain('going on after 109.txt, 10 files in');
  expect(again.json()).toEqual({ sent: FILES });
  await p.host.idle();
  expect(new Set(known()).size).toBe(FILES);
  expect(known()).toHaveLength(FILES);
  expect(await p.articles()).toEqual(articles);
  expect(readdirSync(dir).filter((name) => name.startsWith('replay-'))).toEqual([]);
}, 60_000);

test('what is stored is brought to the watchlist of today, and people hear of it when one says so, once', async () => {
  await putWatchlist(
    p,
    `include: [default]
rules:
  - id: ginger
    topic: ginger
    version: 1
    title: { en: Ginger, ar: زنجبيل }
    severity: notice
    match: { seq: ['(missiles|${WORD})'] }
    status: none
    alert_when: { status: [asserted] }
    tests:
      - { lang: ar, text: 'وصل إلى ${WORD}.', expect: { status: asserted } }
`,
  );
  // Another process: the one that runs looks for a new watchlist once a minute.
  await close();
  await open();
  expect((await replay('--prefix', '11')).json()).toEqual({ sent: 10 });
  await p.host.idle();
  expect((await p.articles()).filter(({ labels }) => labels.includes('ginger'))).toEqual([]);

  expect((await replay('--prefix', '11', '--rescore')).json()).toEqual({ sent: 10 });
  await p.host.idle();
  const found = await p.articles();
  expect(found.filter(({ labels }) => labels.includes('ginger'))).toHaveLength(10);
  expect(found).toHaveLength(FILES);
  expect(p.alerts()).toEqual([]);

  const tell = ['--prefix', '12', '--rescore', '--alerts', 'new'];
  expect((await replay(...tell)).json()).toEqual({ sent: 5 });
  await p.host.idle();
  const told = p.alerts().map(({ article, rule }) => `${article.s3.key} ${rule.id}`);
  expect(told.sort()).toEqual([120, 121, 122, 123, 124].map((n) => `${n}.txt ginger`));
  await replay(...tell);
  await p.host.idle();
  expect(p.alerts()).toHaveLength(5);
  const listed = await run(
    articlesCommand,
    '--topic',
    'ginger',
    '--json',
    '--local',
    '--state',
    dir,
  );
  expect(listed.stdout.match(/"id"/g)).toHaveLength(15);
}, 60_000);
