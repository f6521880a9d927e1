import { S3Client } from '@aws-sdk/client-s3';
import { withTarget } from './ask.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';
import { deleteVersions, type ObjectVersion, versionsIn } from './object-versions.ts';
import { TARGET_HELP, TARGET_OPTIONS, wantTarget } from './target.ts';

const HELP = `rasid empty: deletes every version of every file of a development stack, so that it can be destroyed.

  rasid empty --yes --stack Rasid-news-dev && npx cdk destroy

  --yes                really; without it the files are only counted
${TARGET_HELP}
A production stack is refused: its data outlives it on purpose (see docs/runbook.md).
`;

/** Deletes so many at a time. */
const BATCH = 1000;

const OPTIONS = {
  ...TARGET_OPTIONS,
  yes: { type: 'boolean', default: false },
} as const;

/** Empties the buckets of a development stack. */
export const emptyCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  wantTarget(values, 'it deletes everything');
  if (values.stack !== undefined && !values.stack.endsWith('-dev'))
    throw new UsageError(
      `${values.stack} is not a development stack (Rasid-...-dev): empty it by hand`,
    );

  return withTarget(values, async (target) => {
    io.stderr.write(`On ${target.name}\n`);
    const s3 = new S3Client(target.client);
    let count = 0;
    for (const bucket of [target.output('InboxBucket'), target.output('ConfigBucket')]) {
      let batch: ObjectVersion[] = [];
      for await (const version of versionsIn(s3, bucket, '')) {
        count += 1;
        batch.push(version);
        if (batch.length < BATCH) continue;
        if (values.yes) await deleteVersions(s3, bucket, batch);
        batch = [];
      }
      if (values.yes) await deleteVersions(s3, bucket, batch);
    }
    io.stdout.write(
      values.yes ? `${count} versions deleted\n` : `${count} versions; --yes deletes them\n`,
    );
    return 0;
  });
});
