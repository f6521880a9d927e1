import { daysOf, matchesFilter } from '../shared/archive-query.ts';
import { ASK_HELP, ASK_OPTIONS, questionOf, withArchive } from './ask.ts';
import { command } from './command.ts';
import { paint } from './terminal.ts';

const HELP = `rasid stats: how many articles came, by day and by topic.

  rasid stats                           the last 14 days
  rasid stats --since 90d --lang ar --json

It reads an index entry for each article of the range (about 8 articles a read unit), and says how many.

${ASK_HELP}`;

const DEFAULT_RANGE = '14d';
/** Wide enough to tell days apart on a terminal of 80. */
const BAR = 40;

/** Counts articles per day and topic. */
export const statsCommand = command(HELP, ASK_OPTIONS, 'no words', async ({ values }, io) => {
  const { filter, range } = questionOf(values, new Date(), { range: DEFAULT_RANGE });
  return withArchive(values, async (archive) => {
    const days = new Map([...daysOf(range)].reverse().map((day) => [day, 0]));
    const topics = new Map<string, number>();
    let articles = 0;
    for await (const entry of archive.entries(range)) {
      if (!matchesFilter(entry, filter)) continue;
      articles += 1;
      const day = entry.seenAt.slice(0, 10);
      days.set(day, (days.get(day) ?? 0) + 1);
      for (const label of entry.labels) topics.set(label, (topics.get(label) ?? 0) + 1);
    }
    const byCount = [...topics].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    if (values.json) {
      const answer = {
        articles,
        days: Object.fromEntries(days),
        topics: Object.fromEntries(byCount),
      };
      io.stdout.write(`${JSON.stringify({ ...answer, read: archive.read })}\n`);
      return 0;
    }
    io.stdout.write(`${paint.bold('by day')}\n${chart([...days])}\n${paint.bold('by topic')}\n`);
    io.stdout.write(byCount.length > 0 ? chart(byCount) : 'nothing watched\n');
    io.stderr.write(
      `${articles} articles; ${archive.read.entries} entries read (${archive.read.units} read units)\n`,
    );
    return 0;
  });
});

/** A bar for each count, the longest as wide as the chart. */
export function chart(counts: readonly (readonly [string, number])[]): string {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const width = Math.max(...counts.map(([name]) => name.length));
  return counts
    .map(([name, count]) => {
      // What there is must be seen, however little beside the most.
      const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR));
      return `${name.padEnd(width)}  ${paint.cyan('█'.repeat(length))} ${count}\n`;
    })
    .join('');
}
