import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Quarantine } from '../../shared/aws/dynamodb-quarantine.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import { childIsolate } from '../../shared/node/isolate.ts';
import { isLitter } from '../../shared/notice.ts';
import { bytesAllowed } from '../../shared/parse/bounds.ts';
import { parse } from '../../shared/parse/parse.ts';
import type { ConsoleApi, Dropping, Fate, MemberFate } from './api.ts';
import { rowOfRecord } from './feed-row.ts';

const CHILD = new URL('../../shared/node/isolate-child.ts', import.meta.url);

/** What a dropped file holds, as this machine's own parser reads it: the id of each article, null for what is none. */
type Expected = readonly (string | null)[];

/** Files whose fate can still be asked for; each is a few ids. */
const REMEMBERED = 500;

interface DropPorts {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly archive: Pick<ArchiveReader, 'records'>;
  readonly quarantine: Pick<Quarantine, 'of'>;
}

/**
 * Files from the page into the inbox, and what becomes of them. An article is kept under a hash of its text, not of its
 * file: so the file is read here too, to know which articles to look for.
 */
export function dropDesk({
  s3,
  bucket,
  archive,
  quarantine,
}: DropPorts): Pick<ConsoleApi, 'upload' | 'fate'> {
  const expected = new Map<string, Promise<Expected>>();
  const nameOf = ({ key, versionId }: Dropping) => `${versionId} ${key}`;
  return {
    async upload(key, bytes) {
      const { VersionId = null } = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }),
      );
      const dropping = { key, versionId: VersionId };
      expected.set(nameOf(dropping), articlesIn(key, bytes));
      for (const oldest of expected.keys()) {
        if (expected.size <= REMEMBERED) break;
        expected.delete(oldest);
      }
      return dropping;
    },
    async fate(dropping) {
      const ids = (await expected.get(nameOf(dropping))) ?? [];
      if (isLitter({ key: dropping.key, size: null }))
        return { isSettled: true, members: [{ kind: 'ignored' }] };
      const records = await archive.records(ids.flatMap((id) => id ?? []));
      const { key, versionId } = dropping;
      const rejected = (await quarantine.of({ bucket, key })).filter(
        ({ object }) => object.versionId === versionId,
      );
      const members = ids.map((id, member): MemberFate => {
        const file = rejected.find(({ object }) => object.member === member);
        if (file) return { kind: 'quarantined', reason: file.reason, advice: file.advice };
        const record = records.find((one) => one.id === id);
        if (record === undefined) return { kind: 'waiting' };
        const { object } = record;
        const isCopy = object.key !== key || object.versionId !== versionId;
        return { kind: 'stored', row: rowOfRecord(record), isCopy };
      });
      return { members, isSettled: isSettled(members) } satisfies Fate;
    },
  };
}

function isSettled(members: readonly MemberFate[]): boolean {
  return members.every(
    (member) =>
      member.kind !== 'waiting' && (member.kind !== 'stored' || member.row.alert !== 'PENDING'),
  );
}

async function articlesIn(key: string, bytes: Uint8Array): Promise<Expected> {
  if (bytes.byteLength > bytesAllowed(key)) return [null];
  const upload = { key, bytes, metadata: {}, contentType: null };
  const ids: (string | null)[] = [];
  for await (const reading of parse(upload, { isolate: childIsolate(CHILD) }))
    ids.push(reading.kind === 'article' ? reading.article.id : null);
  return ids;
}
