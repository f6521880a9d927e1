import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { synthesize } from '../../cli/synthesize.ts';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { makeArticles } from './articles.ts';
import { children } from './children.ts';
import { pageOf } from './pages.ts';
import { table } from './rounds.ts';

const FILES = 2_000;
/** Of twenty files: fourteen texts, four pages, one JSON, one file of ten lines of JSON. */
const KINDS = 20;
/** Uploads on their way at once. */
const WIDTH = 16;

interface File {
  readonly key: string;
  readonly body: string;
}

function filesOf(count: number, seed: number): File[] {
  const made = makeArticles(count + (count / KINDS) * 9, { seed });
  const next = () => made.pop() ?? { title: '', body: '' };
  return Array.from({ length: count }, (_, i) => {
    const kind = i % KINDS;
    const key = `${seed}/${i}`;
    if (kind < 14) {
      const { title, body } = next();
      return { key: `${key}.txt`, body: `${title}\n\n${body}\n` };
    }
    if (kind < 18) return { key: `${key}.html`, body: pageOf(next()) };
    if (kind === 18) return { key: `${key}.json`, body: JSON.stringify(next()) };
    const lines = Array.from({ length: 10 }, () => JSON.stringify(next()));
    return { key: `${key}.ndjson`, body: lines.join('\n') };
  });
}

/**
 * Mixed files through the whole stack on this machine: articles a second of the wall clock, and the memory that the
 * processes of ingest hold, looked at while they run.
 */
export async function benchThroughput(
  files = FILES,
): Promise<{ name: string; rows: string[][]; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-throughput-'));
  let stored = 0;
  const host = await startLocalHost({
    template: await synthesize(folder),
    stateDir: null,
    env: { MAX_ALERT_AGE_DAYS: 'off' },
    onLog: ({ line }) => {
      if (line.includes('"message":"added"')) stored += 1;
    },
  });
  const peak = watchMemory();
  try {
    const began = performance.now();
    await upload(host, filesOf(files, 21));
    await host.idle();
    const seconds = (performance.now() - began) / 1000;
    const rows = [
      ['files', String(files)],
      ['articles stored', String(stored)],
      ['articles a second', (stored / seconds).toFixed(0)],
      ['processes of functions at most', String(peak.processes())],
      ['memory of the largest, MB', (peak.bytes() / 2 ** 20).toFixed(0)],
    ];
    return { name: 'throughput', rows, text: table(['end to end', ''], rows) };
  } finally {
    peak.stop();
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(host: LocalHost, files: readonly File[]): Promise<void> {
  const s3 = new S3Client({
    endpoint: host.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const waiting = [...files];
  const lane = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
      await s3.send(
        new PutObjectCommand({
          Bucket: host.outputs['InboxBucket'],
          Key: file.key,
          Body: file.body,
        }),
      );
  };
  await Promise.all(Array.from({ length: WIDTH }, lane));
}

const LOOK_MS = 250;

/** The most memory that one of our own children held. */
function watchMemory() {
  let bytes = 0;
  let processes = 0;
  const look = async () => {
    const sizes = (await children()).filter(({ fn }) => fn !== '').map(({ rssBytes }) => rssBytes);
    processes = Math.max(processes, sizes.length);
    bytes = Math.max(bytes, ...sizes);
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    bytes: () => bytes,
    processes: () => processes,
    stop: () => clearInterval(timer),
  };
}
