import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { forgetArticle, forgetQuarantined } from '../shared/aws/dynamodb-forget.ts';
import type { ArchiveReader } from '../shared/aws/dynamodb-reader.ts';
import { withArchive } from './ask.ts';
import { command } from './command.ts';
import { type Bystander, type ForgetPlan, planArticle, planFile } from './forget-plan.ts';
import { type Io, UsageError } from './io.ts';
import { deleteVersions, type ObjectVersion } from './object-versions.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { safe } from './terminal.ts';

const HELP = `rasid forget: deletes an article or a file for good, everywhere it is kept here.

  rasid forget --article 7Wk2... --stack Rasid-news-dev
  rasid forget --key 'path/of/a file.html' --yes --stack Rasid-news-dev

  --article ID         the article, and every version of a file that holds its text
  --key KEY            the file with all its versions, and every article that came in it
  --with-file          also when other articles lie in the same bytes: they stay in the archive, without their text
  --yes                really; without it you are told what would go
  --json               for programs
${TARGET_HELP}
What goes: the versions, the articles, their alerts, copies, stories and fingerprints. A tombstone with the article's id
stays, so that the same text is not taken in again. What cannot be recalled: alerts that were sent, and the table's
point-in-time backup, which ends after 35 days.

A file may hold many articles (a feed, a dump, an archive), and S3 cannot cut one out of it. Then nothing is deleted until
you say --with-file. The others keep their entry, labels, quotes and alerts, but can be neither read in full nor rescored.
To keep their text as well, upload the file without the article under another name: they are known, nobody is told again.
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'with-file': { type: 'boolean', default: false },
  article: { type: 'string' },
  key: { type: 'string' },
} as const;

interface Named {
  readonly article?: string | undefined;
  readonly key?: string | undefined;
}

/** Deletes an article or a file with all that was made of it. */
export const forgetCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  const { article, key } = values;
  if ((article === undefined) === (key === undefined))
    throw new UsageError('say what: --article ID or --key KEY');
  wantTarget(values, 'it deletes for good');

  return withArchive(values, async (archive, target) => {
    io.stderr.write(`On ${target.name}\n`);
    const plan =
      article === undefined
        ? await planFile(archive, target, key ?? '')
        : await planArticle(archive, target, article);
    if (plan.articles.size === 0 && plan.versions.length === 0) {
      io.stderr.write('there is no such thing\n');
      return 1;
    }
    const isFree = plan.together.length === 0 || values['with-file'];
    const isDone = values.yes && isFree;
    if (isDone) await carryOut(archive, target, plan, { article, key });
    if (values.json) io.stdout.write(`${JSON.stringify(summaryOf(plan, isDone))}\n`);
    else report(io, plan, isDone, isFree);
    return values.yes && !isDone ? 1 : 0;
  });
});

/**
 * What was named goes last, so that a break leaves something to name again: of an article its item, of a file its versions.
 */
async function carryOut(
  archive: ArchiveReader,
  target: Target,
  { articles, files, versions }: ForgetPlan,
  named: Named,
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
  for (const key of files) await forgetQuarantined(dynamodb, table, { bucket, key });
  const isLast = ({ key }: ObjectVersion) => key === named.key;
  await deleteVersions(
    s3,
    bucket,
    versions.filter((version) => !isLast(version)),
  );
  await deleteVersions(s3, bucket, versions.filter(isLast));
  if (named.article !== undefined) await forget(named.article);
}

function summaryOf({ articles, files, versions, together, beside }: ForgetPlan, done: boolean) {
  const keys = [...new Set(versions.map(({ key }) => key))];
  return {
    ...{ done, articles: [...articles], keys, files: [...files], versions: versions.length },
    ...{ together, beside },
  };
}

/** Of thousands in one file the first few tell which file it is. */
const MAX_LISTED = 10;

function report(io: Io, plan: ForgetPlan, isDone: boolean, isFree: boolean): void {
  const { articles, files, versions, together, beside } = plan;
  const would = isDone ? '' : 'would be ';
  for (const id of articles) io.stdout.write(`article ${id} ${would}forgotten\n`);
  for (const key of new Set(versions.map((version) => version.key))) {
    const count = versions.filter((version) => version.key === key).length;
    const which = files.has(key) ? 'all its versions' : 'of its versions';
    io.stdout.write(`file ${safe(key)}: ${count}, ${which}, ${would}deleted\n`);
  }
  list(io, together, `in the same bytes, ${isDone ? 'now' : 'then'} without their text`);
  list(io, beside, 'in other versions of these files, which stay (the same article, edited?)');
  if (isDone)
    io.stdout.write(
      'Not recalled: alerts that were sent, and the point-in-time backup (35 days).\n',
    );
  else if (isFree) io.stdout.write('Say --yes to do it.\n');
  else
    io.stdout.write(
      'Nothing is deleted: say --with-file as well to take their text along. rasid forget --help says how to keep it.\n',
    );
}

function list(io: Io, others: readonly Bystander[], where: string): void {
  if (others.length === 0) return;
  io.stdout.write(`${others.length} other articles ${where}:\n`);
  for (const { id, title, key } of others.slice(0, MAX_LISTED))
    io.stdout.write(`  ${id}  ${safe(title)}  (${safe(key)})\n`);
  if (others.length > MAX_LISTED) io.stdout.write(`  and ${others.length - MAX_LISTED} more\n`);
}
