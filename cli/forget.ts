import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { forgetArticle, forgetQuarantined } from '../shared/aws/dynamodb-forget.ts';
import type { ArchiveReader } from '../shared/aws/dynamodb-reader.ts';
import { withArchive } from './ask.ts';
import { command } from './command.ts';
import { type Io, UsageError } from './io.ts';
import { deleteVersions, type ObjectVersion, versionsIn } from './object-versions.ts';
import { readingsOf } from './readings.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { safe } from './terminal.ts';

const HELP = `rasid forget: deletes an article or a file for good, everywhere it is kept here.

  rasid forget --article 7Wk2... --stack Rasid-news-dev
  rasid forget --key 'path/of/a file.html' --yes --stack Rasid-news-dev

  --article ID         the article, every file it came in, and every version of those files
  --key KEY            the file with all its versions, and every article that came in it
  --yes                really; without it you are told what would go
  --json               for programs
${TARGET_HELP}
What goes: all versions of the files, the articles, their alerts, copies, stories and fingerprints. A tombstone with the
article's id stays, so that the same text is not taken in again. What cannot be recalled: alerts that were sent, and the
table's point-in-time backup, which ends after 35 days.
`;

/** What would go. */
interface Doomed {
  readonly articles: Set<string>;
  readonly keys: Set<string>;
  readonly versions: ObjectVersion[];
}

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  article: { type: 'string' },
  key: { type: 'string' },
} as const;

/** Deletes an article or a file with all that was made of it. */
export const forgetCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  const { article, key } = values;
  if ((article === undefined) === (key === undefined))
    throw new UsageError('say what: --article ID or --key KEY');
  wantTarget(values, 'it deletes for good');

  return withArchive(values, async (archive, target) => {
    io.stderr.write(`On ${target.name}\n`);
    const doomed: Doomed = { articles: new Set(), keys: new Set(), versions: [] };
    if (key !== undefined) await doomKey(archive, target, key, doomed);
    if (article !== undefined) await doomArticle(archive, target, article, doomed);
    if (doomed.articles.size === 0 && doomed.versions.length === 0) {
      io.stderr.write('there is no such thing\n');
      return 1;
    }
    if (values.yes) await carryOut(archive, target, doomed, { article, key });
    report(io, doomed, values.yes, values.json);
    return 0;
  });
});

/** A file, and what came in any of its versions; and the other files of those articles in turn. */
async function doomKey(
  archive: ArchiveReader,
  target: Target,
  key: string,
  doomed: Doomed,
): Promise<void> {
  if (doomed.keys.has(key)) return;
  doomed.keys.add(key);
  const s3 = new S3Client(target.client);
  const bucket = target.output('InboxBucket');
  for await (const version of versionsIn(s3, bucket, key, true)) {
    doomed.versions.push(version);
    if (version.isDeleteMarker) continue;
    const readings = await readingsOf(s3, { bucket, key, versionId: version.versionId });
    for (const reading of readings ?? [])
      if (reading.kind === 'article')
        await doomArticle(archive, target, reading.article.id, doomed);
  }
}

async function doomArticle(
  archive: ArchiveReader,
  target: Target,
  id: string,
  doomed: Doomed,
): Promise<void> {
  if (doomed.articles.has(id)) return;
  const whole = await archive.whole(id);
  if (whole === null) return;
  doomed.articles.add(id);
  for (const { key } of [whole.record.object, ...whole.receipts])
    await doomKey(archive, target, key, doomed);
}

/**
 * What was named goes last, so that a break leaves something to name again: of an article its item, of a file its versions.
 */
async function carryOut(
  archive: ArchiveReader,
  target: Target,
  { articles, keys, versions }: Doomed,
  named: { readonly article?: string | undefined; readonly key?: string | undefined },
): Promise<void> {
  const s3 = new S3Client(target.client);
  const dynamodb = new DynamoDBClient(target.client);
  const table = target.output('ArticlesTable');
  const bucket = target.output('InboxBucket');
  const forget = async (id: string) => {
    const whole = await archive.whole(id);
    if (whole !== null) await forgetArticle(dynamodb, table, whole.record, new Date());
  };
  for (const id of articles) if (id !== named.article) await forget(id);
  for (const key of keys) await forgetQuarantined(dynamodb, table, { bucket, key });
  const isLast = ({ key }: ObjectVersion) => key === named.key;
  await deleteVersions(
    s3,
    bucket,
    versions.filter((version) => !isLast(version)),
  );
  await deleteVersions(s3, bucket, versions.filter(isLast));
  if (named.article !== undefined) await forget(named.article);
}

function report(io: Io, { articles, keys, versions }: Doomed, isDone: boolean, json: boolean) {
  if (json) {
    const what = { articles: [...articles], keys: [...keys], versions: versions.length };
    io.stdout.write(`${JSON.stringify({ done: isDone, ...what })}\n`);
    return;
  }
  const verb = isDone ? 'forgotten' : 'would be forgotten';
  for (const id of articles) io.stdout.write(`article ${id} ${verb}\n`);
  for (const key of keys) io.stdout.write(`file ${safe(key)} ${verb}\n`);
  io.stdout.write(`${versions.length} versions ${isDone ? 'deleted' : 'would be deleted'}\n`);
  io.stdout.write(
    isDone
      ? 'Not recalled: alerts that were sent, and the point-in-time backup (35 days).\n'
      : 'Say --yes to do it.\n',
  );
}
