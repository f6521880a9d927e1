import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dynamodbQuarantine, type QuarantineEntry } from '../shared/aws/dynamodb-quarantine.ts';
import type { ArchiveReader, WholeArticle } from '../shared/aws/dynamodb-reader.ts';
import { isLitter } from '../shared/notice.ts';
import { withArchive } from './ask.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';
import { versionsIn } from './object-versions.ts';
import { readingsOf } from './readings.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid status KEY: what became of a file.

  rasid status 'path/of/a file.html' --local
  rasid status 'path/of/a file.html' --json --stack Rasid-news-dev

  --json               for programs, a line a version and member
${TARGET_HELP}
It reads the file's versions as ingest does, and looks up what they should have become.
Exit code 1: there is no such file, or something of it is not done.
`;

/** What became of one member of one version. */
interface Fate {
  readonly key: string;
  readonly versionId: string;
  readonly uploadedAt: string;
  readonly member: number;
  readonly became: 'stored' | 'copy' | 'quarantined' | 'ignored' | 'deleted' | 'waiting';
  readonly article: string | null;
  readonly copyOf: string | null;
  readonly reason: string | null;
  readonly advice: string | null;
  readonly alerts: readonly {
    rule: string;
    state: string;
    reason: string | null;
    sentAt: string | null;
  }[];
}

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
} as const;

/** Says what became of a file: stored, a copy of which, quarantined why, alerted when. */
export const statusCommand = command(HELP, OPTIONS, 'words', async (said, io) => {
  const { values, positionals } = said;
  const [key, ...more] = positionals;
  if (key === undefined || more.length > 0) throw new UsageError('which file? Give one key');

  return withArchive(values, async (archive, target) => {
    const fates: Fate[] = [];
    for await (const fate of fatesOf(archive, target, key)) fates.push(fate);
    if (fates.length === 0) {
      io.stderr.write(`there is no file ${key} on ${target.name}\n`);
      return 1;
    }
    for (const one of fates) io.stdout.write(values.json ? `${JSON.stringify(one)}\n` : lines(one));
    return fates.some(({ became }) => became === 'waiting') ? 1 : 0;
  });
});

/** The versions of a file, newest first, and of each its members. */
async function* fatesOf(archive: ArchiveReader, target: Target, key: string): AsyncGenerator<Fate> {
  const s3 = new S3Client(target.client);
  const bucket = target.output('InboxBucket');
  const dynamodb = new DynamoDBClient(target.client);
  const quarantine = dynamodbQuarantine(dynamodb, target.output('ArticlesTable'));
  const bad = await quarantine.of({ bucket, key });
  for await (const version of versionsIn(s3, bucket, key, true)) {
    const { versionId, uploadedAt, isDeleteMarker } = version;
    const untold: Fate = {
      key,
      versionId,
      uploadedAt,
      member: 0,
      became: 'waiting',
      article: null,
      copyOf: null,
      reason: null,
      advice: null,
      alerts: [],
    };
    if (isDeleteMarker) yield { ...untold, became: 'deleted' };
    else if (isLitter({ key, size: null })) yield { ...untold, became: 'ignored' };
    else
      for (const reading of (await readingsOf(s3, { bucket, key, versionId })) ?? []) {
        const { member } = reading;
        const became =
          reading.kind === 'rejected'
            ? rejected(bad, versionId, member)
            : stored(await archive.whole(reading.article.id), { bucket, key, versionId, member });
        yield { ...untold, member, ...became };
      }
  }
}

function rejected(
  bad: readonly QuarantineEntry[],
  versionId: string,
  member: number,
): Partial<Fate> {
  const found = bad.find(
    ({ object }) => object.versionId === versionId && object.member === member,
  );
  return found === undefined
    ? {}
    : { became: 'quarantined', reason: found.reason, advice: found.advice };
}

interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly member: number;
}

function stored(whole: WholeArticle | null, here: Place): Partial<Fate> {
  if (whole === null) return {};
  const { record } = whole;
  const { object } = record;
  const isHere =
    object.key === here.key && object.versionId === here.versionId && object.member === here.member;
  return {
    became: isHere ? 'stored' : 'copy',
    article: record.id,
    copyOf: isHere ? null : object.key,
    alerts: record.alerts.map(({ rule, state, reason, sentAt }) => ({
      rule,
      state,
      reason,
      sentAt,
    })),
  };
}

const SAYS: Readonly<Record<Fate['became'], (fate: Fate) => string>> = {
  stored: ({ article }) => `${paint.green('stored')} as ${article}`,
  copy: ({ article, copyOf }) => `a copy of ${article}, first seen as ${safe(copyOf ?? '')}`,
  quarantined: ({ reason, advice }) =>
    `${paint.red('quarantined')}: ${reason}\n    ${safe(advice ?? '')}`,
  ignored: () => 'ignored: a folder or a system file',
  deleted: () => 'deleted by somebody',
  waiting: () =>
    `${paint.yellow('not done')}: on its way, in a failed queue, or forgotten on request`,
};

function lines(fate: Fate): string {
  const name = fate.member > 0 ? ` #${fate.member}` : '';
  const alerts = fate.alerts.map(
    ({ rule, state, reason, sentAt }) =>
      `    alert by ${rule}: ${state}${sentAt === null ? '' : ` at ${sentAt}`}${reason === null ? '' : `, ${safe(reason)}`}\n`,
  );
  return `${fate.uploadedAt.slice(0, 19)}  version ${fate.versionId}${name}\n  ${SAYS[fate.became](fate)}\n${alerts.join('')}`;
}
