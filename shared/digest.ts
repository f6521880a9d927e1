import { type AlertLanguage, LABELS } from './alert-labels.ts';
import { topicName } from './alert-text.ts';
import type { TopicTitle } from './event.ts';
import type { Message } from './ports.ts';
import type { ArticleRecord } from './record.ts';

/** The alerts of some hours in numbers; its schema is in `docs/alert.schema.json`. */
export interface DigestMessage {
  readonly v: 1;
  readonly type: 'rasid.digest';
  readonly createdAt: string;
  readonly from: string;
  readonly to: string;
  /** Alerts that went out, new and updated. */
  readonly alerts: number;
  /** The busiest topic first. */
  readonly topics: readonly TopicCount[];
}

export interface TopicCount {
  readonly topic: string;
  readonly new: number;
  readonly updated: number;
  /** Articles that told a story which people had heard already. */
  readonly copies: number;
  /** Muted, old, of a backfill, in a summary, waiting or refused. */
  readonly notSent: number;
}

/** Counts what became of the alerts of these articles. */
export function countTopics(
  records: readonly ArticleRecord[],
): readonly (TopicCount & { readonly title: TopicTitle })[] {
  const counts = new Map<
    string,
    { title: TopicTitle } & Record<Exclude<keyof TopicCount, 'topic'>, number>
  >();
  for (const record of records)
    for (const alert of record.alerts) {
      const event = record.events[alert.event];
      if (event === undefined) continue;
      const count = counts.get(event.topic) ?? {
        title: {},
        new: 0,
        updated: 0,
        copies: 0,
        notSent: 0,
      };
      counts.set(event.topic, { ...count, title: { ...event.title, ...count.title } });
      const kept = counts.get(event.topic) ?? count;
      if (alert.state === 'SENT') kept[alert.update === null ? 'new' : 'updated'] += 1;
      else kept[alert.reason === 'story' ? 'copies' : 'notSent'] += 1;
    }
  return [...counts]
    .map(([topic, count]) => ({ topic, ...count }))
    .sort((a, b) => b.new + b.updated - (a.new + a.updated) || (a.topic < b.topic ? -1 : 1));
}

/** The digest in all its forms. */
export function digestOf(
  records: readonly ArticleRecord[],
  { from, to }: { readonly from: Date; readonly to: Date },
  language: AlertLanguage,
): Message {
  const counts = countTopics(records);
  const words = LABELS[language];
  const message: DigestMessage = {
    v: 1,
    type: 'rasid.digest',
    createdAt: to.toISOString(),
    from: from.toISOString(),
    to: to.toISOString(),
    alerts: counts.reduce((sum, count) => sum + count.new + count.updated, 0),
    topics: counts.map(({ title: _, ...count }) => count),
  };
  const subject = `Rasid: ${words.digest(message.alerts, minute(from), minute(to))}`;
  const rows = counts.map((count) => [
    topicName(count.topic, count.title, language),
    ...[count.new, count.updated, count.copies, count.notSent].map(String),
  ]);
  return {
    subject,
    json: JSON.stringify(message),
    email: [subject, '', ...table([[...words.columns], ...rows])].join('\n'),
    sms: subject,
    attributes: { kind: 'digest' },
  };
}

/** `2026-11-22 05:00 UTC` without the zone, which both ends share. */
const minute = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ');

/** Columns under each other: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
}
