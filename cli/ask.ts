import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ArchiveFilter, SeenRange } from '../shared/archive-query.ts';
import { type ArchiveReader, dynamodbReader } from '../shared/aws/dynamodb-reader.ts';
import { type Io, UsageError } from './io.ts';
import {
  openTarget,
  TARGET_HELP,
  TARGET_OPTIONS,
  type Target,
  type TargetChoice,
} from './target.ts';
import { momentOf } from './when.ts';

/** The options by which commands ask the archive. */
export const ASK_OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  topic: { type: 'string', multiple: true, default: [] as string[] },
  actor: { type: 'string', multiple: true, default: [] as string[] },
  status: { type: 'string', multiple: true, default: [] as string[] },
  lang: { type: 'string', multiple: true, default: [] as string[] },
  source: { type: 'string', multiple: true, default: [] as string[] },
  since: { type: 'string' },
  until: { type: 'string' },
  'published-since': { type: 'string' },
  'published-until': { type: 'string' },
  limit: { type: 'string' },
} as const;

export const ASK_HELP = `  --topic T --actor A --status S --lang L --source S
                       only these; again or with commas for several of one kind
  --since W, --until W when it was seen: 7d, 24h, 2026-11-01 (default: the last 30 days)
  --published-since D, --published-until D
                       when it was published, as far as the article says: 2026, 2026-11, 2026-11-01
  --limit N            at most so many, newest first (default: 20)
  --json               for programs
${TARGET_HELP}`;

/** Far enough for what somebody remembers; longer ranges are asked for. */
const DEFAULT_RANGE = '30d';
const DEFAULT_LIMIT = 20;

export interface AskValues {
  readonly topic: readonly string[];
  readonly actor: readonly string[];
  readonly status: readonly string[];
  readonly lang: readonly string[];
  readonly source: readonly string[];
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly 'published-since'?: string | undefined;
  readonly 'published-until'?: string | undefined;
  readonly limit?: string | undefined;
}

/** What is asked for. */
export interface Question {
  readonly filter: ArchiveFilter;
  readonly range: SeenRange;
  readonly limit: number;
}

/** Reads the options. @throws UsageError when one cannot be read. */
export function questionOf(
  values: AskValues,
  now: Date,
  { range = DEFAULT_RANGE, limit = DEFAULT_LIMIT } = {},
): Question {
  const split = (all: readonly string[]) => all.flatMap((value) => value.split(','));
  return {
    filter: {
      topics: split(values.topic),
      actors: split(values.actor),
      statuses: split(values.status),
      langs: split(values.lang),
      sources: split(values.source),
      publishedSince: dateOf(values['published-since'], '--published-since'),
      publishedUntil: dateOf(values['published-until'], '--published-until'),
    },
    range: {
      since: momentOf(values.since ?? range, '--since', now),
      // A millisecond on, so that what was seen this very moment is in.
      until:
        values.until === undefined
          ? new Date(now.getTime() + 1)
          : momentOf(values.until, '--until', now),
    },
    limit: values.limit === undefined ? limit : countOf(values.limit, '--limit'),
  };
}

function dateOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (!/^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(text))
    throw new UsageError(`${option} ${text}: it wants 2026, 2026-11 or 2026-11-01`);
  return text;
}

/** @throws UsageError when it is no whole number above 0. */
export function countOf(text: string, option: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`${option} ${text}: it wants a whole number above 0`);
  return count;
}

/** Opens the target and its archive for as long as `work` takes. */
export async function withArchive<Answer>(
  choice: TargetChoice,
  work: (archive: ArchiveReader, target: Target) => Promise<Answer>,
): Promise<Answer> {
  return withTarget(choice, (target) => work(archiveOf(target), target));
}

export function archiveOf(target: Target): ArchiveReader {
  return dynamodbReader(new DynamoDBClient(target.client), target.output('ArticlesTable'));
}

/** Opens the target for as long as `work` takes. */
export async function withTarget<Answer>(
  choice: TargetChoice,
  work: (target: Target) => Promise<Answer>,
): Promise<Answer> {
  const target = await openTarget(choice);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

/** The first `limit` that pass, and whether there were more. */
export async function take<Item>(
  items: AsyncIterable<Item>,
  limit: number,
  passes: (item: Item) => boolean,
): Promise<{ readonly found: readonly Item[]; readonly hasMore: boolean }> {
  const found: Item[] = [];
  for await (const item of items) {
    if (!passes(item)) continue;
    if (found.length === limit) return { found, hasMore: true };
    found.push(item);
  }
  return { found, hasMore: false };
}

/** Says how much was found and what it took to find it. */
export function reportRead(
  io: Io,
  { read }: Pick<ArchiveReader, 'read'>,
  what: string,
  { found, hasMore }: { readonly found: readonly unknown[]; readonly hasMore: boolean },
  { range }: Question,
): void {
  const more = hasMore
    ? ', there are more (--limit)'
    : ` since ${range.since.toISOString().slice(0, 10)}`;
  io.stderr.write(
    `${found.length} ${what}${more}; ${read.entries} entries read (${read.units} read units)\n`,
  );
}
