import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { noticeOf, type StoredObject } from '../shared/notice.ts';
import { countOf, withTarget } from './ask.ts';
import { command } from './command.ts';
import { readIfThere } from './files.ts';
import { type Io, UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { momentOf } from './when.ts';

const HELP = `rasid replay: reads stored files again, through the queue for backfills.

  rasid replay --prefix 2026/11/ --local
  rasid replay --since 7d --rescore --stack Rasid-news-dev
  rasid replay --prefix '' --rescore --alerts new --rate 200 --stack Rasid-news-dev

  --prefix P           files whose key begins so; '' for all
  --since W            files uploaded since then: 7d, 2026-11-01
  --rate N             files a second (default: 50; the queue is read two batches at a time anyway)
  --rescore            articles that are stored are brought to the watchlist of today
  --alerts none|new    new: what nobody was told of yet is told, unless it is too old (default: none)
  --restart            begin again, instead of where the same replay was broken off
  --json               for programs
${TARGET_HELP}
Reading a file twice stores nothing twice. Without --rescore only what is missing is added.
`;

/** SQS takes so many messages in a call. */
const BATCH = 10;
const DEFAULT_RATE = 50;
/** How often it says how far it is. */
const REPORT_MS = 1000;

/** Where a replay stands, kept so that it can go on after a break. */
interface Progress {
  readonly after: string;
  readonly sent: number;
}

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  prefix: { type: 'string' },
  since: { type: 'string' },
  rate: { type: 'string' },
  rescore: { type: 'boolean', default: false },
  alerts: { type: 'string', default: 'none' },
  restart: { type: 'boolean', default: false },
} as const;

/** Sends upload notices of stored files to the backfill queue. */
export const replayCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  const { prefix = '', alerts, rescore } = values;
  wantTarget(values, 'it reads everything again');
  if (values.prefix === undefined && values.since === undefined)
    throw new UsageError("say what: --prefix or --since ('' is a prefix of all)");
  if (alerts !== 'none' && alerts !== 'new')
    throw new UsageError(`--alerts ${alerts}: there are none and new`);
  const since = values.since === undefined ? null : momentOf(values.since, '--since', new Date());
  const rate = values.rate === undefined ? DEFAULT_RATE : countOf(values.rate, '--rate');

  return withTarget(values, async (target) => {
    io.stderr.write(
      `Replaying on ${target.name}: ${prefix === '' ? 'all files' : `files under ${prefix}`}${since === null ? '' : ` since ${since.toISOString()}`}\n`,
    );
    const name = JSON.stringify([target.name, prefix, values.since, rescore, alerts]);
    const file = progressFile(values.state, name);
    const from = values.restart ? null : await readProgress(file);
    if (from !== null) io.stderr.write(`going on after ${from.after}, ${from.sent} files in\n`);
    const marks = { rescore, tellNew: alerts === 'new' };
    const sent = await sendAll(target, io, { prefix, since, rate, from, file, marks });
    await target.idle();
    await rm(file, { force: true });
    if (values.json) io.stdout.write(`${JSON.stringify({ sent })}\n`);
    else
      io.stdout.write(`${sent} files are on their way; rasid articles shows what came of them\n`);
    return 0;
  });
});

interface Plan {
  readonly prefix: string;
  readonly since: Date | null;
  readonly rate: number;
  readonly from: Progress | null;
  readonly file: string;
  readonly marks: Pick<StoredObject, 'rescore' | 'tellNew'>;
}

async function sendAll(target: Target, io: Io, plan: Plan): Promise<number> {
  const sqs = new SQSClient(target.client);
  const queue = target.output('BackfillQueue');
  const startedAt = Date.now();
  let reportedAt = startedAt;
  let sent = plan.from?.sent ?? 0;
  let here = 0;
  let total = await countFiles(target, plan);
  for await (const objects of batches(filesOf(target, plan), BATCH)) {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queue,
        Entries: objects.map((object, i) => ({ Id: String(i), MessageBody: noticeOf([object]) })),
      }),
    );
    if (Failed.length > 0)
      throw new Error(
        `SQS refused ${Failed.length} messages: ${Failed[0]?.Message}; run it again to go on`,
      );
    sent += objects.length;
    here += objects.length;
    total = Math.max(total, here);
    await writeProgress(plan.file, { after: objects.at(-1)?.key ?? '', sent });
    const seconds = (Date.now() - startedAt) / 1000;
    const ahead = here / plan.rate - seconds;
    if (ahead > 0) await sleep(ahead * 1000);
    if (Date.now() - reportedAt < REPORT_MS && here < total) continue;
    reportedAt = Date.now();
    report(io, { here, total, seconds: (reportedAt - startedAt) / 1000 });
  }
  return sent;
}

function report(
  io: Io,
  { here, total, seconds }: { here: number; total: number; seconds: number },
): void {
  const rate = here / Math.max(seconds, 0.001);
  const left = Math.ceil((total - here) / rate);
  io.stderr.write(`${here} of ${total} files, ${rate.toFixed(0)} a second, ${left} s left\n`);
}

async function countFiles(target: Target, plan: Plan): Promise<number> {
  let count = 0;
  for await (const _ of filesOf(target, plan)) count += 1;
  return count;
}

/** The files in the order of their keys, which is what a break can be resumed by. */
async function* filesOf(
  target: Target,
  { prefix, since, from, marks }: Plan,
): AsyncGenerator<StoredObject> {
  const s3 = new S3Client(target.client);
  const bucket = target.output('InboxBucket');
  let next: string | undefined;
  do {
    const { Contents = [], NextContinuationToken } = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(next === undefined ? { StartAfter: from?.after } : { ContinuationToken: next }),
      }),
    );
    for (const { Key, Size, LastModified } of Contents) {
      if (
        Key === undefined ||
        (since !== null && LastModified !== undefined && LastModified < since)
      )
        continue;
      // Without a version the newest is read; what was stored from it is found as known.
      yield {
        ...{ bucket, key: Key, versionId: null, size: Size ?? null },
        uploadedAt: (LastModified ?? new Date()).toISOString(),
        ...marks,
      };
    }
    next = NextContinuationToken;
  } while (next !== undefined);
}

async function* batches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function progressFile(state: string, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return join(resolve(state), `replay-${hash}.json`);
}

async function readProgress(file: string): Promise<Progress | null> {
  const text = await readIfThere(file);
  return text === null ? null : (JSON.parse(text) as Progress);
}

async function writeProgress(file: string, progress: Progress): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(progress));
}
