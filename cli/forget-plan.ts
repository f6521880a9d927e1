import { S3Client } from '@aws-sdk/client-s3';
import type { ArchiveReader } from '../shared/aws/dynamodb-reader.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { type ObjectVersion, versionsIn } from './object-versions.ts';
import { readingsOf } from './readings.ts';
import type { Target } from './target.ts';

/** An article that is not to be forgotten, and a file of which that would be said. */
export interface Bystander {
  readonly id: string;
  readonly title: string;
  readonly key: string;
}

/** What would go, and whom it would touch. */
export interface ForgetPlan {
  /** Articles to be forgotten. */
  readonly articles: ReadonlySet<string>;
  /** The versions of files that hold their text, with the delete markers of files that go as a whole. */
  readonly versions: readonly ObjectVersion[];
  /** Files that go as a whole. */
  readonly files: ReadonlySet<string>;
  /** Other articles in the very bytes that would go. */
  readonly together: readonly Bystander[];
  /** Other articles in other versions of these files, which stay: often the same article, edited. */
  readonly beside: readonly Bystander[];
}

/** Plans to forget one article: the versions that hold it go, whatever the file is called, and no other article. */
export async function planArticle(
  archive: ArchiveReader,
  target: Target,
  id: string,
): Promise<ForgetPlan> {
  const draft = newDraft(archive, target);
  await addArticle(draft, id);
  return finish(draft);
}

/** Plans to forget a file: all its versions, every article that came in one of them, and where else those came from. */
export async function planFile(
  archive: ArchiveReader,
  target: Target,
  key: string,
): Promise<ForgetPlan> {
  const draft = newDraft(archive, target);
  const versions = await draft.versionsOf(key);
  versions.forEach(({ version }) => {
    draft.named.add(placeOf(key, version.versionId));
  });
  draft.keys.add(key);
  for (const id of new Set(versions.flatMap(({ ids }) => ids))) await addArticle(draft, id);
  return finish(draft);
}

interface ReadVersion {
  readonly version: ObjectVersion;
  /** The articles in it. */
  readonly ids: readonly string[];
}

interface Draft {
  readonly archive: ArchiveReader;
  readonly articles: Set<string>;
  readonly keys: Set<string>;
  /** Versions that go whatever the reader of today finds in them. */
  readonly named: Set<string>;
  /** All versions and markers of a key, each read once. */
  versionsOf(key: string): Promise<readonly ReadVersion[]>;
}

const placeOf = (key: string, versionId: string | null) => JSON.stringify([key, versionId ?? '']);

function newDraft(archive: ArchiveReader, target: Target): Draft {
  const s3 = new S3Client(target.client);
  const bucket = target.output('InboxBucket');
  const known = new Map<string, Promise<readonly ReadVersion[]>>();
  async function read(key: string): Promise<readonly ReadVersion[]> {
    const all: ReadVersion[] = [];
    for await (const version of versionsIn(s3, bucket, key, true)) {
      const { versionId, isDeleteMarker } = version;
      const readings = isDeleteMarker ? [] : await readingsOf(s3, { bucket, key, versionId });
      const ids = readings?.flatMap((one) => (one.kind === 'article' ? one.article.id : []));
      all.push({ version, ids: ids ?? [] });
    }
    return all;
  }
  return {
    archive,
    articles: new Set(),
    keys: new Set(),
    named: new Set(),
    versionsOf(key) {
      const found = known.get(key) ?? read(key);
      known.set(key, found);
      return found;
    },
  };
}

async function addArticle({ archive, articles, keys, named }: Draft, id: string): Promise<void> {
  const whole = await archive.whole(id);
  if (whole === null) return;
  articles.add(id);
  for (const { key, versionId } of [whole.record.object, ...whole.receipts]) {
    keys.add(key);
    named.add(placeOf(key, versionId));
  }
}

async function finish({ archive, articles, keys, named, versionsOf }: Draft): Promise<ForgetPlan> {
  const versions: ObjectVersion[] = [];
  const files = new Set<string>();
  const together = new Map<string, string>();
  const beside = new Map<string, string>();
  for (const key of keys) {
    const all = await versionsOf(key);
    const goes = ({ version, ids }: ReadVersion) =>
      named.has(placeOf(key, version.versionId)) || ids.some((id) => articles.has(id));
    const isWhole = all.every((one) => one.version.isDeleteMarker || goes(one));
    if (isWhole) files.add(key);
    for (const one of all) {
      const isGoing = one.version.isDeleteMarker ? isWhole : goes(one);
      if (isGoing) versions.push(one.version);
      for (const id of one.ids) if (!articles.has(id)) (isGoing ? together : beside).set(id, key);
    }
  }
  return {
    articles,
    versions,
    files,
    together: await bystanders(archive, together),
    beside: await bystanders(archive, beside),
  };
}

/** Those that are stored: what was forgotten before needs no care. */
async function bystanders(
  archive: ArchiveReader,
  keyOf: ReadonlyMap<string, string>,
): Promise<Bystander[]> {
  const stored: ArticleRecord[] = await archive.records([...keyOf.keys()]);
  return stored.map(({ id, title }) => ({ id, title, key: keyOf.get(id) ?? '' }));
}
