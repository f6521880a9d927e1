import type { Chart, DayCount, FeedRow, PairCount } from './api.ts';
import { choicesOf } from './choices.ts';

/** What was read for a chart. */
export interface Counted {
  readonly rows: readonly FeedRow[];
  readonly since: string;
  readonly until: string;
  readonly isComplete: boolean;
}

/** Counts rows by day and topic, and by who acts towards whom. */
export function chartOf({ rows, ...range }: Counted): Chart {
  const days = new Map<string, DayCount>();
  const pairs = new Map<string, PairCount>();
  for (const { seenAt, topics, alert, pairs: between } of rows) {
    const day = seenAt.slice(0, 10);
    for (const topic of topics) {
      const key = `${day} ${topic}`;
      const { articles, alerts } = days.get(key) ?? { articles: 0, alerts: 0 };
      const isAlerted = alert === null ? 0 : 1;
      days.set(key, { day, topic, articles: articles + 1, alerts: alerts + isAlerted });
    }
    for (const pair of between ?? []) {
      const [source = '', target = ''] = pair.split('>');
      pairs.set(pair, { source, target, articles: (pairs.get(pair)?.articles ?? 0) + 1 });
    }
  }
  return {
    days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    pairs: [...pairs.values()].sort((a, b) => b.articles - a.articles),
    choices: choicesOf(rows),
    articles: rows.length,
    ...range,
  };
}
