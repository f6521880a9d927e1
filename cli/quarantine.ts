import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  dynamodbQuarantine,
  type Quarantine,
  type QuarantineEntry,
} from '../shared/aws/dynamodb-quarantine.ts';
import { noticeOf } from '../shared/notice.ts';
import { ADVICE } from '../shared/parse/refusal.ts';
import { countOf, withTarget } from './ask.ts';
import { command } from './command.ts';
import { type Io, UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { paint, safe } from './terminal.ts';
import { momentOf } from './when.ts';

const HELP = `rasid quarantine: files that are no articles, why, and once more.

  rasid quarantine list --since 24h --local
  rasid quarantine list --reason no-text --stack Rasid-news-dev
  rasid quarantine show 'path/of/a file.html' --stack Rasid-news-dev
  rasid quarantine redrive --reason no-text --stack Rasid-news-dev
  rasid quarantine redrive 'path/of/a file.html' --local

  --reason R           ${Object.keys(ADVICE).join(', ')}
  --since W            found wanting since then: 24h, 7d, 2026-11-01 (default: 30d)
  --limit N            at most so many (default: 50; redrive: all)
  --json               for programs
${TARGET_HELP}
redrive reads the files again, as a new upload would be: what is an article now is stored and alerts, what is still none
comes back with its reason. It is safe to repeat.
`;

const DEFAULT_LIMIT = 50;

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  reason: { type: 'string' },
  since: { type: 'string', default: '30d' },
  limit: { type: 'string' },
} as const;

/** Lists, shows and redrives what is in quarantine. */
export const quarantineCommand = command(HELP, OPTIONS, 'words', async (said, io) => {
  const { values, positionals } = said;
  const [action, ...keys] = positionals;
  if (action !== 'list' && action !== 'show' && action !== 'redrive')
    throw new UsageError('say list, show or redrive');
  if (action === 'show' && keys.length === 0) throw new UsageError('show which key?');
  if (action === 'redrive') wantTarget(values, 'it reads files again and may alert');
  if (action === 'redrive' && keys.length === 0 && values.reason === undefined)
    throw new UsageError('redrive what? Name keys, or a --reason');
  const { reason } = values;
  if (reason !== undefined && !Object.hasOwn(ADVICE, reason))
    throw new UsageError(`--reason ${reason}: there are ${Object.keys(ADVICE).join(', ')}`);
  const since = momentOf(values.since, '--since', new Date());
  const limit = values.limit === undefined ? null : countOf(values.limit, '--limit');

  return withTarget(values, async (target) => {
    const quarantine = dynamodbQuarantine(
      new DynamoDBClient(target.client),
      target.output('ArticlesTable'),
    );
    const bucket = target.output('InboxBucket');
    const most = limit ?? (action === 'list' ? DEFAULT_LIMIT : Number.POSITIVE_INFINITY);
    const entries =
      keys.length > 0
        ? (await Promise.all(keys.map((key) => quarantine.of({ bucket, key })))).flat()
        : await entriesOf(quarantine, reason, since, most);
    if (action === 'redrive') return redrive(target, quarantine, entries, io, values.json);
    print(entries, io, values.json);
    if (keys.length === 0 && entries.length === 0) io.stderr.write('nothing is in quarantine\n');
    for (const key of keys)
      if (entries.every(({ object }) => object.key !== key))
        io.stderr.write(`${key} is not in quarantine\n`);
    return entries.length === 0 && keys.length > 0 ? 1 : 0;
  });
});

/** The newest `most` of a reason, or of all reasons. */
export async function entriesOf(
  quarantine: Quarantine,
  reason: string | undefined,
  since: Date,
  most: number,
): Promise<QuarantineEntry[]> {
  const found: QuarantineEntry[] = [];
  for (const one of reason === undefined ? Object.keys(ADVICE) : [reason]) {
    let taken = 0;
    for await (const entry of quarantine.because(one, since)) {
      found.push(entry);
      taken += 1;
      if (taken >= most) break;
    }
  }
  return found.sort((a, b) => (a.at > b.at ? -1 : 1)).slice(0, most);
}

function print(entries: readonly QuarantineEntry[], io: Io, json: boolean): void {
  if (json) {
    for (const entry of entries) io.stdout.write(`${JSON.stringify(entry)}\n`);
    return;
  }
  for (const { object, name, reason, advice, at } of entries)
    io.stdout.write(
      `${at.slice(0, 19)}  ${paint.red(reason)}  ${safe(object.key)}${name === null ? '' : ` ${safe(name)}`}\n  ${safe(advice)}\n`,
    );
}

async function redrive(
  target: Target,
  quarantine: Quarantine,
  entries: readonly QuarantineEntry[],
  io: Io,
  json: boolean,
): Promise<number> {
  io.stderr.write(`On ${target.name}\n`);
  const files = await readAgain(target, quarantine, entries);
  await target.idle();
  if (json) io.stdout.write(`${JSON.stringify({ redriven: files })}\n`);
  else io.stdout.write(`${files} files are read again\n`);
  return 0;
}

/**
 * Hands the files of these entries to ingest again. First into the queue, then out of quarantine: a break between leaves
 * a record too many, never a file too few.
 * @returns how many files they are.
 */
export async function readAgain(
  target: Pick<Target, 'client' | 'output'>,
  quarantine: Quarantine,
  entries: readonly QuarantineEntry[],
): Promise<number> {
  const sqs = new SQSClient(target.client);
  const QueueUrl = target.output('UploadsQueue');
  const files = new Map(entries.map((entry) => [fileOf(entry), entry]));
  for (const { object } of files.values()) {
    const stored = { ...object, size: null, rescore: false, tellNew: false };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: noticeOf([stored]) }));
  }
  for (const entry of entries) await quarantine.release(entry);
  return files.size;
}

/** A file with a hundred bad members is read once. */
const fileOf = ({ object: { bucket, key, versionId } }: QuarantineEntry) =>
  JSON.stringify([bucket, key, versionId]);
