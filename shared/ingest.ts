import type { Article } from './article.ts';
import { forEachBounded } from './bounded.ts';
import type { Log } from './log.ts';
import type { Meter, MetricName } from './metrics.ts';
import { isLitter, type StoredObject } from './notice.ts';
import { bytesAllowed } from './parse/bounds.ts';
import { PARSER_VERSION, type ParseOptions, parse } from './parse/parse.ts';
import type { Reading } from './parse/reading.ts';
import { ADVICE } from './parse/refusal.ts';
import type { Archive, Inbox, Rescored, Watch } from './ports.ts';
import { type ArticleRecord, type ObjectRef, recordOf } from './record.ts';

export interface IngestPorts {
  readonly inbox: Inbox;
  readonly archive: Archive;
  readonly watch: () => Promise<Watch>;
  readonly log: Log;
  readonly meter: Meter;
  readonly now: () => Date;
  readonly parseOptions: ParseOptions;
}

export interface IngestPolicy {
  /** Published longer ago than this: stored, its alerts suppressed as `old`. null: no limit. */
  readonly maxAlertAgeDays: number | null;
  /** Alerts of this upload are suppressed, and why (a backfill); null when people shall hear. */
  readonly suppress: string | null;
  /** The upload comes from a replay of the archive. */
  readonly replayed: boolean;
  /** Asked before each member: once it says no, the object fails, to be tried again from where it stands. */
  readonly hasTime: () => boolean;
}

/** Members of one upload that are stored at once: the wait is the table's, and an upload may have thousands. */
const WIDTH = 8;

/**
 * One uploaded object, from the bucket to the table. A bad object is a record, not an exception.
 * @throws when a service failed or time ran out: whatever is stored by then stays, and is found again as `known`.
 */
export async function ingest(
  ports: IngestPorts,
  policy: IngestPolicy,
  object: StoredObject,
): Promise<void> {
  if (isLitter(object)) return ignore(ports, 'ignored', object);

  const allowed = bytesAllowed(object.key);
  if (object.size !== null && object.size > allowed) return quarantine(ports, object, TOO_LARGE);

  const answer = await ports.inbox.read(object, allowed);
  if (answer.kind === 'gone') return ignore(ports, 'gone', object);
  const version = { ...object, versionId: answer.versionId };
  if (answer.kind === 'too-large') return quarantine(ports, version, TOO_LARGE);

  const readings = parse(answer.upload, ports.parseOptions);
  const take = async (reading: Reading) => {
    if (reading.kind === 'rejected') await quarantine(ports, version, reading);
    else await store(ports, policy, version, reading);
  };
  await forEachBounded(readings, WIDTH, take, policy.hasTime);
}

const TOO_LARGE = {
  kind: 'rejected',
  member: 0,
  name: null,
  reason: 'too-large',
  advice: ADVICE['too-large'],
} as const;

const METRIC_OF = {
  added: 'Ingested',
  known: 'Duplicates',
  copy: 'Duplicates',
  forgotten: 'Ignored',
  rescored: 'Rescored',
} as const satisfies Record<Rescored, MetricName>;

async function store(
  { archive, watch, log, meter, now }: IngestPorts,
  policy: IngestPolicy,
  source: StoredObject,
  { article, member }: Extract<Reading, { kind: 'article' }>,
): Promise<void> {
  const { classify } = await watch();
  const object = refTo(source, member);
  const hush = source.tellNew ? null : policy.suppress;
  const record = recordOf(article, classify(article), {
    object,
    now: now(),
    parserVersion: PARSER_VERSION,
    suppress: hush ?? (isOld(article, policy, now()) ? 'old' : null),
    replayed: policy.replayed,
  });
  const added = source.rescore ? await archive.rescore(record) : await archive.add(record);
  meter.add(METRIC_OF[added]);
  const suppressed = record.alerts.filter(({ state }) => state === 'SUPPRESSED').length;
  if (added === 'added' && suppressed > 0) meter.add('Suppressed', suppressed);
  log.info(added, factsOf(record));
}

/** What a line of the log says of an article: ids and labels, never its text. */
function factsOf({ id, object, labels, alerts, eventsLeftOut, watchlistVersion }: ArticleRecord) {
  return {
    id,
    key: object.key,
    member: object.member,
    labels,
    alerts: Object.fromEntries(alerts.map(({ rule, state }) => [rule, state])),
    ...(eventsLeftOut > 0 ? { eventsLeftOut } : {}),
    watchlistVersion,
  };
}

function ignore({ log, meter }: IngestPorts, how: 'ignored' | 'gone', { key }: StoredObject) {
  meter.add('Ignored');
  log.info(how, { key });
}

async function quarantine(
  { archive, log, meter, now }: IngestPorts,
  object: StoredObject,
  { member, name, reason, advice }: Extract<Reading, { kind: 'rejected' }>,
): Promise<void> {
  await archive.quarantine({ object: refTo(object, member), name, reason, advice }, now());
  meter.add('Quarantined', 1, reason);
  log.info('quarantined', { key: object.key, member, reason, advice });
}

function refTo({ bucket, key, versionId, uploadedAt }: StoredObject, member: number): ObjectRef {
  return { bucket, key, versionId, uploadedAt, member };
}

const DAY_MS = 86_400_000;

/** A date in prose may be any date, so only one that the publisher or the uploader marked as such counts. */
function isOld({ published }: Article, { maxAlertAgeDays }: IngestPolicy, now: Date): boolean {
  if (maxAlertAgeDays === null || published === null || published.origin === 'text') return false;
  return now.getTime() - latestMoment(published.value) > maxAlertAgeDays * DAY_MS;
}

/** The last moment that a date may mean, anywhere on earth: `2026` is not older than its last day. NaN for no date. */
function latestMoment(value: string): number {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  if (year === undefined) return Number.NaN;
  if (month === undefined) return Date.UTC(year + 1, 0, 1);
  if (day === undefined) return Date.UTC(year, month, 1);
  return Date.UTC(year, month - 1, day + 1);
}
