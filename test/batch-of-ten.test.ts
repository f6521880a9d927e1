import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { dlqCommand } from '../cli/dlq.ts';
import { announceHost } from '../cli/target.ts';
import type { FaultInjector, Moment } from '../infra/local/fault.ts';
import { run } from './commands.ts';
import { scratch } from './local/small-stack.ts';
import { alertingArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { synthesized } from './synthesized.ts';

const { dir, remove } = scratch();
afterAll(remove);

const NINE = Array.from({ length: 9 }, (_, n) => `nine/${n}.txt`);

async function dropNine(p: Pipeline, from: number): Promise<void> {
  for (const [n, key] of NINE.entries()) await p.drop(key, alertingArticle(from + n));
}

/** Keeps the uploads back until ten wait, so that they come as one batch; lets all go from then on. */
function tenAtOnce(): Pick<Required<FaultInjector>, 'order'> {
  let isFull = false;
  return {
    order(queue, ids) {
      if (!queue.includes('Uploads')) return ids;
      isFull ||= ids.length >= 10;
      return isFull ? ids : [];
    },
  };
}

const storedIn = async (p: Pipeline) => (await p.articles()).map(({ object }) => object.key).sort();
const toldIn = (p: Pipeline) =>
  p
    .alerts()
    .map(({ article }) => article.s3.key)
    .sort();

/** Less than it takes to read the largest file that is read at all, and more than it takes to read any other. */
const LITTLE_MB = 128;
const HEAVY = `${alertingArticle(7100)}\n\n${'كلمة '.repeat(1_100_000)}`;

/** The stack with little memory for ingest, and two tries instead of five, since each ends a process. */
async function smallStack(): Promise<string> {
  const template = await synthesized();
  const folder = join(dir, 'small');
  cpSync(dirname(template), folder, { recursive: true });
  const small = join(folder, basename(template));
  const text = readFileSync(small, 'utf8')
    .replace('"MemorySize": 1792', `"MemorySize": ${LITTLE_MB}`)
    .replaceAll('"maxReceiveCount": 5', '"maxReceiveCount": 2');
  writeFileSync(small, text);
  return small;
}

test('a file that kills the process for memory harms the nine beside it in nothing but time', async () => {
  const stateDir = join(dir, 'state');
  const p = await openPipeline({ template: await smallStack(), stateDir, faults: tenAtOnce() });
  let told: string[] = [];
  try {
    // First of all, and yet the last to be read: cheap files come first.
    await p.drop('heavy.txt', HEAVY);
    await dropNine(p, 7000);
    await p.host.idle();
    const deaths = p.lines.filter((line) => /OutOfMemory|Runtime exited/.test(line));
    expect(deaths.length).toBeGreaterThan(0);
    expect(await storedIn(p)).toEqual(NINE);
    told = toldIn(p);
    expect(told).toEqual(NINE);
  } finally {
    await p.host.stop();
  }

  // With the memory it should have, the operator sends again what failed.
  const mended = await openPipeline({ stateDir });
  const withdraw = await announceHost(stateDir, mended.host);
  try {
    const where = ['--local', '--state', stateDir, '--json'];
    const { stdout } = await run(dlqCommand, 'list', ...where);
    expect(stdout).toContain('heavy.txt');
    await run(dlqCommand, 'redrive', '--queue', 'uploads', ...where);
    await mended.host.idle();
    expect(await storedIn(mended)).toEqual(['heavy.txt', ...NINE]);
    expect(toldIn(mended)).toEqual(['heavy.txt']);
  } finally {
    await withdraw();
    await mended.host.stop();
  }
}, 60_000);

test('a body that falls silent harms the nine beside it in nothing but time, and is read whole when it comes again', async () => {
  let reads = 0;
  /** Ten seconds between two pieces: longer than a function listens to silence. */
  const silence = { do: 'drip', ms: 100_000 } as const;
  const p = await openPipeline({
    faults: {
      ...tenAtOnce(),
      after(moment: Moment) {
        const isRead = moment.what === 'call' && moment.operation === 'GetObject';
        // The first read is of the watchlist.
        return isRead && moment.caller !== null && ++reads === 4 ? silence : null;
      },
    },
  });
  try {
    await dropNine(p, 7200);
    await p.drop('tenth.txt', alertingArticle(7299));
    await p.host.idle();
    const failed = p.facts.filter(({ message }) => message === 'ingest failed');
    expect(failed).toHaveLength(1);
    expect(await storedIn(p)).toEqual([...NINE, 'tenth.txt']);
    expect(toldIn(p)).toEqual([...NINE, 'tenth.txt']);
  } finally {
    await p.host.stop();
  }
}, 60_000);
