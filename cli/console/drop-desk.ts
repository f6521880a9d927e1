import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Quarantine } from '../../shared/aws/dynamodb-quarantine.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import { childIsolate } from '../../shared/node/isolate.ts';
import { isLitter } from '../../shared/notice.ts';
import { bytesAllowed } from '../../shared/parse/bounds.ts';
import { parse } from '../../shared/parse/parse.ts';
import type { ConsoleApi, Dropping, Fate, MemberFate } from './api.ts';
import { rowOfRecord } from './feed-row.ts';
import { isStillOpen } from './still-open.ts';

const CHILD = new URL('../../shared/node/isolate-child.ts', import.meta.url);

/** How often the table is asked for files that are on their way: on this machine each step is told at once. */
const LOOK_MS = { local: 50, remote: 1_000 } as const;
/** Files whose fate is still told; each is a few ids. */
const REMEMBERED = 500;
/** Files that are asked for at a time; the next ones as these are settled. */
const AT_ONCE = 25;
/** After this the pipeline is busy, and the feed will tell. */
const PATIENCE_MS = 120_000;

/** What a dropped file holds, as this machine's own parser reads it; null for what is no article. */
type Expected = readonly ({ readonly id: string; readonly title: string } | null)[];

interface Followed {
  readonly dropping: Dropping;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** null until it is read. */
  expected: Expected | null;
  fate: Fate;
}

interface DropPorts {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly archive: Pick<ArchiveReader, 'records'>;
  readonly quarantine: Pick<Quarantine, 'of'>;
  readonly isLocal: boolean;
  readonly now: () => Date;
}

/**
 * Files from the page into the inbox, and what becomes of them. An article is kept under a hash of its text, not of its
 * file: so the file is read here too, to know which articles to look for.
 */
export function dropDesk(
  ports: DropPorts,
): Pick<ConsoleApi, 'upload'> & { readonly fates: ConsoleApi['live'] } {
  const { s3, bucket, isLocal, now } = ports;
  const followed = new Map<string, Followed>();

  function follow(ticket: string, dropping: Dropping): Followed {
    const isIgnored = isLitter({ key: dropping.key, size: null });
    const fate: Fate = isIgnored
      ? { isSettled: true, members: [{ kind: 'ignored' }] }
      : { isSettled: false, members: [] };
    const one = { dropping, since: now().getTime(), expected: null, fate };
    followed.set(ticket, one);
    for (const oldest of followed.keys()) {
      if (followed.size <= REMEMBERED) break;
      followed.delete(oldest);
    }
    return one;
  }

  async function look(): Promise<void> {
    const open = [...followed.values()].filter(({ fate }) => !fate.isSettled).slice(0, AT_ONCE);
    await Promise.all(
      open.map(async (one) => {
        const { dropping, expected } = one;
        const members = expected === null ? [] : await membersOf(ports, dropping, expected);
        const isLate = now().getTime() - one.since > PATIENCE_MS;
        const isDone = expected !== null && members.every(isSettled);
        one.fate = { members, isSettled: isLate || isDone };
      }),
    );
  }

  return {
    async upload({ name: key, ticket, bytes }) {
      const { VersionId: versionId = null } = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }),
      );
      const one = follow(ticket, { key, versionId });
      one.expected = await articlesIn(key, bytes);
    },
    async fates(tell, _, signal) {
      const told = new Map<string, Fate>();
      do {
        await look();
        for (const [ticket, { fate }] of followed) {
          if (isSame(told.get(ticket), fate)) continue;
          tell({ kind: 'fate', ticket, fate });
          told.set(ticket, fate);
        }
      } while (await isStillOpen(LOOK_MS[isLocal ? 'local' : 'remote'], signal));
    },
  };
}

const readAs = (article: Expected[number]): MemberFate => ({
  kind: 'read',
  title: article?.title ?? null,
});

const isSame = (one: Fate | undefined, other: Fate) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const isSettled = (member: MemberFate) =>
  member.kind === 'quarantined' || (member.kind === 'stored' && member.row.alert !== 'PENDING');

/** How far the table says that each article of the file is. */
async function membersOf(
  { archive, quarantine, bucket }: DropPorts,
  { key, versionId }: Dropping,
  expected: Expected,
): Promise<MemberFate[]> {
  const records = await archive.records(expected.flatMap((article) => article?.id ?? []));
  const found = new Map(records.map((record) => [record.id, record]));
  const rejected = expected.every((article) => article !== null && found.has(article.id))
    ? []
    : (await quarantine.of({ bucket, key })).filter(({ object }) => object.versionId === versionId);
  return expected.map((article, member) => {
    const file = rejected.find(({ object }) => object.member === member);
    if (file) return { kind: 'quarantined', reason: file.reason, advice: file.advice };
    const record = article === null ? undefined : found.get(article.id);
    if (record === undefined) return readAs(article);
    const { object } = record;
    const isCopy = object.key !== key || object.versionId !== versionId;
    return { kind: 'stored', row: rowOfRecord(record), isCopy };
  });
}

async function articlesIn(key: string, bytes: Uint8Array): Promise<Expected> {
  if (bytes.byteLength > bytesAllowed(key)) return [null];
  const upload = { key, bytes, metadata: {}, contentType: null };
  const articles: Expected[number][] = [];
  for await (const reading of parse(upload, { isolate: childIsolate(CHILD) }))
    articles.push(
      reading.kind === 'article' ? { id: reading.article.id, title: reading.article.title } : null,
    );
  return articles;
}
