import { once } from 'node:events';
import { matchesFilter } from '../shared/archive-query.ts';
import type { ArticleRecord, StoredEvent } from '../shared/record.ts';
import { siteOf } from '../shared/site.ts';
import { ASK_HELP, ASK_OPTIONS, questionOf, withArchive } from './ask.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';

const HELP = `rasid export: the archive as a file, newest first.

  rasid export --since 30d --format csv > events.csv
  rasid export --since 2026-01-01 --topic visit --format ndjson > visits.ndjson

  csv: a line for each event; an article without one has a line of its own
  ndjson: an article a line, with its events and alerts

  --format csv|ndjson  (default: ndjson)
${ASK_HELP.replace('(default: 20)', '(default: all)')}`;

/** Articles are fetched by so many at once. */
const BATCH = 100;

const OPTIONS = { ...ASK_OPTIONS, format: { type: 'string', default: 'ndjson' } } as const;

/** Writes articles with their events, as many as asked for. */
export const exportCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  const { format } = values;
  if (format !== 'csv' && format !== 'ndjson')
    throw new UsageError(`--format ${format}: there are csv and ndjson`);
  const { filter, range, limit } = questionOf(values, new Date(), {
    limit: Number.MAX_SAFE_INTEGER,
  });
  return withArchive(values, async (archive) => {
    const write = async (text: string) => {
      if (!io.stdout.write(text)) await once(io.stdout, 'drain');
    };
    let written = 0;
    const flush = async (ids: readonly string[]) => {
      for (const record of await archive.records(ids)) {
        await write(format === 'csv' ? csvOf(record) : `${JSON.stringify(record)}\n`);
        written += 1;
      }
    };
    if (format === 'csv') await write(csvLine(COLUMNS));
    let ids: string[] = [];
    for await (const entry of archive.entries(range)) {
      if (!matchesFilter(entry, filter)) continue;
      if (written + ids.length >= limit) break;
      ids.push(entry.id);
      if (ids.length < BATCH) continue;
      await flush(ids);
      ids = [];
    }
    await flush(ids);
    io.stderr.write(
      `${written} articles; ${archive.read.entries} entries read (${archive.read.units} read units)\n`,
    );
    return 0;
  });
});

const COLUMNS = [
  'id',
  'seen_at',
  'published',
  'lang',
  'source',
  'site',
  'url',
  'title',
  'topic',
  'rule',
  'status',
  'severity',
  'who',
  'whom',
  'who_ids',
  'whom_ids',
  'quote',
  'confidence',
  'alert',
];

function csvOf(record: ArticleRecord): string {
  const { id, seenAt, published, lang, source, url, title } = record;
  const article = [
    id,
    seenAt,
    published?.value ?? '',
    lang,
    source ?? '',
    siteOf(record),
    url ?? '',
    title,
  ];
  if (record.events.length === 0)
    return csvLine([...article, ...Array(COLUMNS.length - article.length).fill('')]);
  return record.events
    .map((event, i) => {
      const alert = record.alerts.find((one) => one.event === i);
      return csvLine([...article, ...eventCells(event), alert?.state ?? '']);
    })
    .join('');
}

function eventCells(event: StoredEvent): string[] {
  const texts = (parties: StoredEvent['source']) => parties.map(({ text }) => text).join('; ');
  const ids = (parties: StoredEvent['source']) => parties.flatMap((one) => one.id ?? []).join('; ');
  const { topic, rule, ruleVersion, status, severity, source, target, quote, confidence } = event;
  return [
    ...[topic, `${rule}@${ruleVersion}`, status, severity],
    ...[texts(source), texts(target), ids(source), ids(target)],
    ...[quote, confidence.toFixed(2)],
  ];
}

/** One line of CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A spreadsheet would run what begins like a formula, and an article may say anything: an apostrophe stops it. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
