import type { ArticleEntry, SeenRange } from '../../shared/archive-query.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { Severity } from '../../shared/event.ts';
import type { ConsoleApi, FeedRow } from './api.ts';
import { chartOf } from './chart.ts';
import { type FeedQuery, matches } from './feed-query.ts';
import { rowOfEntry, rowOfRecord } from './feed-row.ts';

/** The first page is soon there; whoever scrolls on wants many, so that scrolling rarely waits. */
const PAGE_ROWS = { first: 200, later: 1_000 } as const;
/** Index entries that one page may read: what a rare filter costs before the person sees that it goes on. */
const PAGE_READ = 4_000;
/** Time is looked through in steps, so that what was found first is shown first; on a quiet stack a page is many days. */
const STEP_DAYS = { first: 4, later: 32 } as const;
/** Steps without any article after which the person is asked whether to look further: each is 128 small queries. */
const EMPTY_STEPS = 1;
/** How far back the feed goes without a `since`: older articles are asked for by their days. */
const FEED_DAYS = 366;
const CHART_DAYS = 30;
/** Index entries that a chart may read: about 10 MB, some seconds. */
const CHART_READ = 20_000;

const DAY_MS = 86_400_000;

type Turn = keyof typeof PAGE_ROWS;

/** Rows of a stretch of time, and where what is older begins: null at the end. */
interface Stretch {
  readonly rows: readonly FeedRow[];
  readonly read: number;
  readonly next: string | null;
}

/**
 * The feed and the charts, over the table's indexes.
 * @param severityOf what the watchlist of today says of a topic.
 */
export function archiveDesk(
  archive: ArchiveReader,
  severityOf: () => Promise<(topic: string) => Severity | null>,
  now: () => Date,
): Pick<ConsoleApi, 'feed' | 'chart'> {
  /** Rows before a place, newest first: a page of them, or a step of days if there are fewer. */
  async function before(place: string, floor: number, turn: Turn): Promise<Stretch> {
    const most = PAGE_ROWS[turn];
    const newest = Date.parse(placeTime(place));
    const since = Math.max(floor, newest - STEP_DAYS[turn] * DAY_MS);
    const range = { since: new Date(since), until: new Date(newest + 1) };
    const entries: ArticleEntry[] = [];
    let hasMore = false;
    for await (const entry of archive.entries(range)) {
      if (placeOf(entry) >= place) continue;
      hasMore = entries.length === most;
      if (hasMore) break;
      entries.push(entry);
    }
    const last = entries.at(-1);
    const end = since === floor ? null : new Date(since).toISOString();
    return {
      rows: await withAlerts(entries),
      read: entries.length,
      next: hasMore && last !== undefined ? placeOf(last) : end,
    };
  }

  /** What an index entry does not say is read from the article: how its alerts stand, and who acts towards whom. */
  async function withAlerts(entries: readonly ArticleEntry[]): Promise<readonly FeedRow[]> {
    const [newest, oldest] = [entries[0], entries.at(-1)];
    if (newest === undefined || oldest === undefined) return [];
    const range: SeenRange = {
      since: new Date(oldest.seenAt),
      until: new Date(Date.parse(newest.seenAt) + 1),
    };
    const known = new Map<string, FeedRow>();
    for await (const record of archive.alerted(range, ['SENT', 'PENDING', 'FAILED', 'QUIET']))
      known.set(record.id, rowOfRecord(record));
    const severity = await severityOf();
    return entries.map((entry) => known.get(entry.id) ?? rowOfEntry(entry, severity));
  }

  /** Rows whose pairs only their articles know: those of two actors and no alert. */
  async function withPairs(rows: readonly FeedRow[]): Promise<readonly FeedRow[]> {
    const unknown = rows.filter(({ pairs, actors }) => pairs === null && actors.length > 1);
    const records = await archive.records(unknown.map(({ id }) => id));
    const known = new Map(records.map((record) => [record.id, rowOfRecord(record)]));
    return rows.map((row) => known.get(row.id) ?? row);
  }

  async function wanted(query: FeedQuery, rows: readonly FeedRow[]): Promise<readonly FeedRow[]> {
    const likely = rows.filter((row) => matches({ ...query, who: null }, row));
    if (query.who === null) return likely;
    const both = query.who.split('>');
    const paired = likely.filter(({ actors }) => both.every((actor) => actors.includes(actor)));
    return (await withPairs(paired)).filter((row) => matches(query, row));
  }

  const today = () => now().toISOString().slice(0, 10);
  /** Behind everything of the last day that is asked for. */
  const startOf = ({ until }: FeedQuery) => endOf(until ?? today());
  return {
    async feed(query, after) {
      const floor =
        query.since === null ? now().getTime() - FEED_DAYS * DAY_MS : Date.parse(query.since);
      const rows: FeedRow[] = [];
      let turn: Turn = after === null ? 'first' : 'later';
      const most = PAGE_ROWS[turn];
      let next: string | null = after ?? startOf(query);
      let read = 0;
      let empty = 0;
      while (next !== null && rows.length < most && read < PAGE_READ && empty < EMPTY_STEPS) {
        const stretch = await before(next, floor, turn);
        read += stretch.read;
        empty += stretch.read === 0 && turn === 'later' ? 1 : 0;
        turn = 'later';
        rows.push(...(await wanted(query, stretch.rows)));
        next = stretch.next;
        if (rows.length > 0 && stretch.read < most) break;
      }
      const reached = next === null ? new Date(floor).toISOString() : placeTime(next);
      return { rows, next, reached: reached.slice(0, 10) };
    },
    async chart(query) {
      const until = query.until ?? today();
      const since = query.since ?? dayBefore(until, CHART_DAYS - 1);
      const rows: FeedRow[] = [];
      let next: string | null = startOf(query);
      let read = 0;
      while (next !== null && read < CHART_READ) {
        const stretch = await before(next, Date.parse(since), 'later');
        read += stretch.read;
        rows.push(...(await wanted(query, stretch.rows)));
        next = stretch.next;
      }
      return chartOf({ rows: await withPairs(rows), since, until, isComplete: next === null });
    },
  };
}

/** Where a row stands in the feed: later rows are greater. */
const placeOf = ({ seenAt, id }: Pick<FeedRow, 'seenAt' | 'id'>) => `${seenAt}#${id}`;
const placeTime = (place: string) => place.split('#')[0] ?? place;
/** Greater than the place of every article of the day. */
const endOf = (day: string) => dayBefore(day, -1);

/** `days` before a day; a negative number is after it. */
function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}
