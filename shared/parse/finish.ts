import type { Article, FoundDate } from '../article.ts';
import { articleId } from '../identity.ts';
import { hasCharacters, LETTER } from '../text/characters.ts';
import { cleanLine, unwrapLines } from '../text/clean.ts';
import { cleanCharacters } from '../text/order.ts';
import { ARTICLE_CHARS } from './bounds.ts';
import type { Draft, Found } from './draft.ts';
import { detectLanguage } from './language.ts';
import { sortLines } from './lines.ts';
import { findDates } from './prose-dates.ts';
import type { Provenance } from './provenance.ts';
import type { Reading, Rejection } from './reading.ts';
import { ADVICE } from './refusal.ts';

/** Fewer letters than this do not tell a language; then the page's own word counts. */
const LETTERS_FOR_LANGUAGE = 20;

/** A reading without its place in the upload. */
export type Outcome =
  | Omit<Extract<Reading, { kind: 'article' }>, 'member'>
  | Omit<Extract<Reading, { kind: 'rejected' }>, 'member'>;

/** Makes an article of what a reader found: furniture out, characters in order, language, dates, id. */
export function finish(found: Found, provenance: Provenance): Outcome {
  if (found.kind === 'rejected') return found;
  const { draft } = found;
  const rejected = (reason: Rejection): Outcome => ({
    kind: 'rejected',
    name: draft.name,
    reason,
    advice: ADVICE[reason],
  });
  const id = articleId(draft.visible);
  if (id === null) return rejected('no-text');
  const article = articleOf(id, draft, provenance);
  if (article.title === '' && article.body === '') return rejected('no-text');
  return { kind: 'article', name: draft.name, article };
}

function articleOf(id: string, draft: Draft, provenance: Provenance): Article {
  const warnings = [...draft.warnings];
  const sorted = sortLines(cleanLines(draft, warnings), {
    title: cleanLine(draft.title ?? provenance.title ?? '') || null,
    chosen: draft.chosen,
  });
  const title = sorted.title ?? '';
  const body = sorted.body.join('\n\n');
  const found = findDates(sorted.dateLines, sorted.body);
  return {
    id,
    title,
    body,
    lang: languageOf(`${title}\n${body}`, draft.lang ?? provenance.lang),
    byline: oneLine(draft.byline ?? sorted.byline),
    source: oneLine(draft.source ?? provenance.source ?? sorted.source),
    url: draft.url ?? provenance.url,
    published: surest([draft.published, provenance.published, found.published]),
    modified: draft.modified ?? found.modified,
    dropped: [
      ...draft.dropped.map(({ text, reason }) => ({ text: cleanLine(text), reason })),
      ...sorted.dropped,
    ],
    warnings,
  };
}

function cleanLines(draft: Draft, warnings: string[]): string[] {
  let text = draft.lines.join('\n');
  if (text.length > ARTICLE_CHARS) {
    text = text.slice(0, ARTICLE_CHARS);
    warnings.push(`The text was cut after ${ARTICLE_CHARS} characters.`);
  }
  const lines = cleanCharacters(text).split('\n');
  return draft.chosen ? lines : unwrapLines(lines);
}

function languageOf(text: string, declared: string | null): string {
  const isNamed = declared !== null && /^[a-z]{2,3}$/.test(declared);
  if (isNamed && !hasCharacters(text, LETTER, LETTERS_FOR_LANGUAGE)) return declared;
  return detectLanguage(text);
}

function oneLine(text: string | null): string | null {
  return text === null ? null : cleanLine(text).slice(0, 300) || null;
}

function surest(dates: readonly (FoundDate | null)[]): FoundDate | null {
  return dates.reduce(
    (best, date) =>
      date !== null && (best === null || date.confidence > best.confidence) ? date : best,
    null,
  );
}
