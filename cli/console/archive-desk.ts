import type { ConsoleApi, FeedRow } from './api.ts';
import { chartOf } from './chart.ts';
import { type FeedQuery, matches } from './feed-query.ts';
import { dayBefore, endOf, type FeedReader } from './feed-reader.ts';
import type { RecordReader } from './record-reader.ts';

/** A screenful or some, so that scrolling rarely waits. */
const PAGE_ROWS = 200;
/** Index rows that one page may read: what a rare filter costs at most before the person sees that it goes on. */
const PAGE_READ = 4_000;
/** How far back the feed goes without a `since`: older articles are asked for by their days. */
const FEED_DAYS = 366;
const CHART_DAYS = 30;
/** Index rows that a chart may read: about 10 MB, some seconds. */
const CHART_READ = 20_000;

/** The feed and the charts, over the table's indexes. */
export function archiveDesk(
  feed: FeedReader,
  records: RecordReader,
  now: () => Date,
): Pick<ConsoleApi, 'feed' | 'chart'> {
  const today = () => now().toISOString().slice(0, 10);
  const startOf = ({ until }: FeedQuery) => endOf(until ?? dayBefore(today(), -1));
  const wanted = async (query: FeedQuery, rows: readonly FeedRow[]) => {
    const { who } = query;
    if (who === null) return rows.filter((row) => matches(query, row));
    const both = who.split('>');
    const likely = rows.filter(
      (row) =>
        both.every((actor) => row.actors.includes(actor)) && matches({ ...query, who: null }, row),
    );
    return (await records.withPairs(likely)).filter((row) => matches(query, row));
  };
  return {
    async feed(query, after) {
      const floor = query.since ?? dayBefore(today(), FEED_DAYS);
      const rows: FeedRow[] = [];
      let next: string | null = after ?? startOf(query);
      let read = 0;
      while (next !== null && rows.length < PAGE_ROWS && read < PAGE_READ) {
        const stretch = await feed.before(next, floor);
        read += stretch.rows.length;
        rows.push(...(await wanted(query, stretch.rows)));
        next = stretch.next;
        // What was found is shown before an empty time is looked through.
        if (rows.length > 0 && stretch.rows.length === 0) break;
      }
      return { rows, next, read };
    },
    async chart(query) {
      const until = query.until ?? today();
      const since = query.since ?? dayBefore(until, CHART_DAYS - 1);
      const rows: FeedRow[] = [];
      let next: string | null = startOf(query);
      let read = 0;
      while (next !== null && read < CHART_READ) {
        const stretch = await feed.before(next, since);
        read += stretch.rows.length;
        rows.push(...(await wanted({ ...query, since, until }, stretch.rows)));
        next = stretch.next;
      }
      const counted = await records.withPairs(rows);
      return chartOf({ rows: counted, since, until, isComplete: next === null });
    },
  };
}
