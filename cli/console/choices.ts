import type { Choices, FeedRow } from './api.ts';

/** The languages, sources and actors of these rows, most frequent first. */
export function choicesOf(rows: readonly FeedRow[]): Choices {
  return {
    lang: seen(rows, ({ lang }) => [lang]),
    source: seen(rows, ({ source }) => (source === null ? [] : [source])),
    actor: seen(rows, ({ actors }) => actors),
  };
}

function seen(rows: readonly FeedRow[], of: (row: FeedRow) => readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const value of of(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}
