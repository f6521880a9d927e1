import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SeenRange } from '../shared/archive-query.ts';
import type { Article } from '../shared/article.ts';
import type { ArchiveReader } from '../shared/aws/dynamodb-reader.ts';
import { forEachBounded } from '../shared/bounded.ts';
import { createClassifier } from '../shared/classify/classify.ts';
import type { Event } from '../shared/event.ts';
import { PARSER_VERSION } from '../shared/parse/parse.ts';
import type { ArticleRecord } from '../shared/record.ts';
import type { Watchlist } from '../shared/watchlist/artifact.ts';
import { textReader } from './article-text.ts';
import { readIfThere } from './files.ts';
import type { Io } from './io.ts';
import type { Target } from './target.ts';
import { paint, safe } from './terminal.ts';

/** Enough to see a rule that is far too wide; reading each means a request and about 20 ms of one core. */
export const MAX_SAMPLE = 2000;
/** Files that are fetched at once. */
const WIDTH = 8;
/** A person reads a few examples a rule. */
const EXAMPLES = 5;

/** What a watchlist would have told of a sample of stored articles, beside the one in force. */
export interface Preview {
  /** Articles in the range, and how many of them were looked at. */
  readonly inRange: number;
  readonly sampled: number;
  /** Those whose file is gone. */
  readonly unreadable: number;
  readonly rules: readonly RulePreview[];
}

export interface RulePreview {
  readonly rule: string;
  /** Articles of the sample that it alerts on, by the one in force and by the new one. */
  readonly before: number;
  readonly after: number;
  readonly added: readonly Example[];
  readonly removed: readonly Example[];
}

interface Example {
  readonly id: string;
  readonly title: string;
  readonly quote: string;
}

/** Classifies a sample of what is stored by both watchlists. The sample is the same each time, and its texts are cached. */
export async function previewOf(
  { archive, target, state }: { archive: ArchiveReader; target: Target; state: string },
  range: SeenRange,
  before: Watchlist,
  after: Watchlist,
  io: Io,
): Promise<Preview> {
  const { inRange, ids } = await sampleOf(archive, range);
  io.stderr.write(`${inRange} articles in the range; looking at ${ids.length} of them\n`);
  const read = cachedTexts(target, join(resolve(state), 'preview'));
  const [old, fresh] = [createClassifier(before), createClassifier(after)];
  const rules = new Map<
    string,
    { before: number; after: number; added: Example[]; removed: Example[] }
  >();
  const countOf = (rule: string) => {
    const count = rules.get(rule) ?? { before: 0, after: 0, added: [], removed: [] };
    rules.set(rule, count);
    return count;
  };
  let unreadable = 0;
  await forEachBounded(await archive.records(ids), WIDTH, async (record) => {
    const article = await read(record);
    if (article === null) {
      unreadable += 1;
      return;
    }
    const [was, is] = [alertingRules(old(article).events), alertingRules(fresh(article).events)];
    for (const rule of new Set([...was.keys(), ...is.keys()])) {
      const count = countOf(rule);
      if (was.has(rule)) count.before += 1;
      if (is.has(rule)) count.after += 1;
      if (was.has(rule) === is.has(rule)) continue;
      const examples = is.has(rule) ? count.added : count.removed;
      const quote = (is.get(rule) ?? was.get(rule))?.quote.text ?? '';
      if (examples.length < EXAMPLES) examples.push({ id: record.id, title: record.title, quote });
    }
  });
  const all = [...rules].map(([rule, count]) => ({ rule, ...count }));
  return { inRange, sampled: ids.length, unreadable, rules: all.sort((a, b) => b.after - a.after) };
}

function alertingRules(events: readonly Event[]): Map<string, Event> {
  return new Map(
    events.flatMap((event) => (event.alert && !event.shadow ? [[event.rule, event] as const] : [])),
  );
}

/** The articles whose hashed ids are smallest: as good as drawn by lot, and the same ones next time. */
async function sampleOf(archive: ArchiveReader, range: SeenRange) {
  const drawn: { id: string; lot: string }[] = [];
  let inRange = 0;
  for await (const { id } of archive.entries(range)) {
    inRange += 1;
    drawn.push({ id, lot: createHash('sha256').update(id).digest('hex') });
    if (drawn.length < 2 * MAX_SAMPLE) continue;
    drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).splice(MAX_SAMPLE);
  }
  drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).splice(MAX_SAMPLE);
  return { inRange, ids: drawn.map(({ id }) => id) };
}

/** Reads articles from the folder, or from their files the first time. Null when the file is gone. */
function cachedTexts(target: Target, folder: string) {
  const reread = textReader(target);
  return async (record: ArticleRecord): Promise<Article | null> => {
    const file = join(folder, `${record.id}.${PARSER_VERSION}.json`);
    const cached = await readIfThere(file);
    if (cached !== null) return JSON.parse(cached) as Article;
    const found = await reread(record);
    if (found.kind === 'missing') return null;
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(found.article));
    return found.article;
  };
}

/** The preview for people. */
export function previewLines({ inRange, sampled, unreadable, rules }: Preview): string {
  const sample =
    sampled < inRange
      ? `a sample of ${sampled} of ${inRange} articles: multiply by ${(inRange / sampled).toFixed(1)}`
      : `all ${inRange} articles`;
  const lines = rules.map(({ rule, before, after, added, removed }) =>
    [
      `${rule.padEnd(30)} ${String(before).padStart(5)} -> ${String(after).padStart(5)}`,
      ...added.map((one) => `    ${paint.green('+')} ${safe(one.title)}\n      ${safe(one.quote)}`),
      ...removed.map((one) => `    ${paint.red('-')} ${safe(one.title)}\n      ${safe(one.quote)}`),
    ].join('\n'),
  );
  const gone = unreadable > 0 ? [`${unreadable} could not be read any more`] : [];
  return `${[paint.bold(`alerts in ${sample}, now and then`), ...lines, ...gone].join('\n')}\n`;
}
