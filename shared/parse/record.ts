import type { DateOrigin, FoundDate } from '../article.ts';
import { readDate } from './date-value.ts';
import { type Draft, draftOf } from './draft.ts';
import { type Field, wantedField } from './field-names.ts';
import { readFragment } from './fragment.ts';
import { textOf } from './json-ld.ts';

/** A record of an export: field names as the exporter chose them. */
export type ExportRecord = Readonly<Record<string, unknown>>;

/** A headline is never longer; a longer `title` is text. */
const TITLE_CHARS = 500;

/** True when the record holds a headline or a text under a known name. */
export function isArticleRecord(record: ExportRecord): boolean {
  const fields = mapped(record);
  const body = bodyOf(fields.get('body'));
  const title = textOf(unwrapped(fields.get('title')));
  return (
    body !== null ||
    (title !== null && (fields.has('summary') || fields.has('url') || fields.has('published')))
  );
}

/** The record's values by field, the surest name of each. */
function mapped(record: ExportRecord): Map<Field, unknown> {
  const best = new Map<Field, { rank: number; value: unknown }>();
  for (const [key, value] of Object.entries(record)) {
    const wanted = wantedField(key);
    if (wanted === null || value === null || value === '' || value === undefined) continue;
    const before = best.get(wanted.field);
    if (before === undefined || wanted.rank < before.rank)
      best.set(wanted.field, { rank: wanted.rank, value });
  }
  return new Map([...best].map(([field, { value }]) => [field, value]));
}

/** WordPress and XML converters wrap a text: `{ "rendered": "<p>…" }`, `{ "#text": "…" }`. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const holder = value as Record<string, unknown>;
  return (
    holder['rendered'] ??
    holder['#text'] ??
    holder['text'] ??
    holder['value'] ??
    holder['html'] ??
    value
  );
}

/** A text, or a list of paragraphs: strings or blocks with a text. */
function bodyOf(value: unknown): string | null {
  const bare = unwrapped(value);
  if (typeof bare === 'string') return bare.trim() === '' ? null : bare;
  if (!Array.isArray(bare)) return null;
  const paragraphs = bare.slice(0, 2_000).map((block) => unwrapped(block));
  const texts = paragraphs.filter((block) => typeof block === 'string');
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** Reads one record; the fields it does not have stay null. */
export function draftOfRecord(
  record: ExportRecord,
  name: string | null,
  origin: DateOrigin,
): Draft {
  const fields = mapped(record);
  const text = (field: Field): string | null => textOf(unwrapped(fields.get(field)));
  const date = (field: Field, confidence: number): FoundDate | null => {
    const value = text(field);
    const read = value === null ? null : readDate(value);
    return read && { ...read, origin, confidence };
  };
  const fullTitle = text('title');
  const isTitle = fullTitle !== null && fullTitle.length <= TITLE_CHARS;
  const title = isTitle ? readFragment(fullTitle).visible : null;
  const body = bodyOf(fields.get('body')) ?? (isTitle ? null : fullTitle) ?? text('summary') ?? '';
  const { visible, lines } = readFragment(body);
  const url = text('url');
  const source = text('source');
  return draftOf({
    name: name ?? text('id'),
    visible: `${title ?? ''}\n${visible}`,
    lines,
    chosen: title !== null,
    title,
    lang: text('lang')?.slice(0, 2).toLowerCase() ?? null,
    byline: text('byline'),
    source: source !== null && /^https?:/.test(source) ? null : source,
    url: url !== null && /^https?:\/\//.test(url) ? url : null,
    published: date('published', 0.9),
    modified: date('modified', 0.9),
  });
}
