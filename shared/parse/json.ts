import { RECORD_CHARS, RECORDS } from './bounds.ts';
import type { Found } from './draft.ts';
import { draftOfRecord, type ExportRecord, isArticleRecord } from './record.ts';
import { ADVICE, Refusal } from './refusal.ts';

/** Envelopes nest a list of articles this deep at most: `response.docs`, `data.posts.items[].node`. */
const SEARCH_DEPTH = 6;

const NO_ARTICLE =
  'The JSON has no article: no object with a field such as title, headline, body, text, content or articleBody.';

const isRecord = (value: unknown): value is ExportRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One article, an array of them, or an envelope around either (`articles`, `items`, `@graph`, …). */
export function* readJson(text: string): Generator<Found> {
  const value = parsed(text);
  const articles: ExportRecord[] = [];
  const more = collect(value, articles, 0);
  if (articles.length === 0) {
    throw new Refusal('no-text', NO_ARTICLE);
  }
  for (const article of articles) yield draftIn(article);
  if (more) yield tooMany();
}

/**
 * One object a line; a bad line is one rejected member. A file without a single article is one rejection: whoever drops
 * a log wants to hear it once, not for each of its lines.
 */
export function* readNdjson(text: string): Generator<Found> {
  const early: Found[] = [];
  let hasArticle = false;
  for (const found of foundByLine(text)) {
    if (!hasArticle && found.kind === 'rejected') early.push(found);
    else {
      if (!hasArticle) yield* early;
      hasArticle = true;
      yield found;
    }
  }
  if (hasArticle) return;
  if (early.every((found) => found.kind === 'rejected' && found.reason === 'no-text'))
    throw new Refusal('no-text', NO_ARTICLE);
  yield* early;
}

function* foundByLine(text: string): Generator<Found> {
  let count = 0;
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    if (count++ >= RECORDS) {
      yield tooMany();
      return;
    }
    yield fromLine(line);
  }
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
  }
}

function fromLine(line: string): Found {
  if (line.length > RECORD_CHARS) return rejected('too-large');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return rejected('malformed');
    throw error;
  }
  return isRecord(value) && isArticleRecord(value) ? draftIn(value) : rejected('no-text');
}

function draftIn(article: ExportRecord): Found {
  const draft = draftOfRecord(article, null, 'field');
  const size = draft.visible.length;
  return size > RECORD_CHARS ? rejected('too-large') : { kind: 'draft', draft };
}

const rejected = (reason: 'too-large' | 'malformed' | 'no-text'): Found => ({
  kind: 'rejected',
  name: null,
  reason,
  advice: ADVICE[reason],
});

const tooMany = (): Found => ({
  kind: 'rejected',
  name: null,
  reason: 'too-many-members',
  advice: `${ADVICE['too-many-members']} The first ${RECORDS} were read.`,
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The error's own message quotes the text, which must not reach a log.
    throw new Refusal('malformed', 'This is not valid JSON.');
  }
}

/** Articles in depth-first order, at most `RECORDS`; true when there are more. */
function collect(value: unknown, found: ExportRecord[], depth: number): boolean {
  if (depth > SEARCH_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (collect(item, found, depth + 1)) return true;
    return false;
  }
  if (!isRecord(value)) return false;
  if (isArticleRecord(value)) {
    if (found.length >= RECORDS) return true;
    found.push(value);
    return false;
  }
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && collect(inner, found, depth + 1)) return true;
  }
  return false;
}
