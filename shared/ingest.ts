import type { Article } from './article.ts';
import type { Log } from './log.ts';
import { isLitter, type StoredObject } from './notice.ts';
import { bytesAllowed } from './parse/bounds.ts';
import { PARSER_VERSION, type ParseOptions, parse } from './parse/parse.ts';
import type { Reading } from './parse/reading.ts';
import { ADVICE } from './parse/refusal.ts';
import type { Archive, Inbox, Watch } from './ports.ts';
import { type ObjectRef, recordOf } from './record.ts';

export interface IngestPorts {
  readonly inbox: Inbox;
  readonly archive: Archive;
  readonly watch: () => Promise<Watch>;
  readonly log: Log;
  readonly now: () => Date;
  readonly parseOptions: ParseOptions;
}

export interface IngestPolicy {
  /** Published longer ago than this: stored, its alerts suppressed as `old`. null: no limit. */
  readonly maxAlertAgeDays: number | null;
  /** Alerts of this upload are suppressed, and why (a backfill); null when people shall hear. */
  readonly suppress: string | null;
}

/** One uploaded object, from the bucket to the table. A bad object is a record, not an exception. */
export async function ingest(
  ports: IngestPorts,
  policy: IngestPolicy,
  object: StoredObject,
): Promise<void> {
  const { inbox, log } = ports;
  if (isLitter(object)) return log.info('ignored', { key: object.key });

  const allowed = bytesAllowed(object.key);
  if (object.size !== null && object.size > allowed) return quarantine(ports, object, TOO_LARGE);

  const answer = await inbox.read(object, allowed);
  if (answer.kind === 'gone') return log.info('gone', { key: object.key });
  const version = { ...object, versionId: answer.versionId };
  if (answer.kind === 'too-large') return quarantine(ports, version, TOO_LARGE);

  for await (const reading of parse(answer.upload, ports.parseOptions)) {
    if (reading.kind === 'rejected') await quarantine(ports, version, reading);
    else await store(ports, policy, refTo(version, reading.member), reading.article);
  }
}

const TOO_LARGE = {
  kind: 'rejected',
  member: 0,
  name: null,
  reason: 'too-large',
  advice: ADVICE['too-large'],
} as const;

async function store(
  { archive, watch, log, now }: IngestPorts,
  policy: IngestPolicy,
  object: ObjectRef,
  article: Article,
): Promise<void> {
  const { classify } = await watch();
  const record = recordOf(article, classify(article), {
    object,
    now: now(),
    parserVersion: PARSER_VERSION,
    suppress: policy.suppress ?? (isOld(article, policy, now()) ? 'old' : null),
  });
  const added = await archive.add(record);
  log.info(added, {
    id: record.id,
    key: object.key,
    member: object.member,
    labels: record.labels,
    alerts: Object.fromEntries(record.alerts.map(({ rule, state }) => [rule, state])),
    watchlistVersion: record.watchlistVersion,
  });
}

async function quarantine(
  { archive, log, now }: IngestPorts,
  object: StoredObject,
  { member, name, reason, advice }: Extract<Reading, { kind: 'rejected' }>,
): Promise<void> {
  await archive.quarantine({ object: refTo(object, member), name, reason, advice }, now());
  log.info('quarantined', { key: object.key, member, reason, advice });
}

function refTo({ bucket, key, versionId, uploadedAt }: StoredObject, member: number): ObjectRef {
  return { bucket, key, versionId, uploadedAt, member };
}

const DAY_MS = 86_400_000;

/** A date in prose may be any date, so only one that the publisher or the uploader marked as such counts. */
function isOld({ published }: Article, { maxAlertAgeDays }: IngestPolicy, now: Date): boolean {
  if (maxAlertAgeDays === null || published === null || published.origin === 'text') return false;
  return now.getTime() - Date.parse(published.value) > maxAlertAgeDays * DAY_MS;
}
