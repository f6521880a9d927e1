import type { Dropped } from '../article.ts';
import { markFurniture } from './furniture-lines.ts';
import { asLines, drop, isParagraph, type Line, LONG_WORDS } from './line.ts';
import {
  CREDIT,
  isByline,
  isDateOnly,
  isLoose,
  isMetaLine,
  isStopped,
  SOURCE_LABEL,
} from './line-signs.ts';
import { findTitle, markTitle } from './title-lines.ts';

/** What the lines of a text turned out to be. */
export interface Sorted {
  readonly title: string | null;
  readonly body: readonly string[];
  readonly byline: string | null;
  readonly source: string | null;
  /** Lines around the headline that hold or label a date, as written. */
  readonly dateLines: readonly string[];
  readonly dropped: readonly Dropped[];
}

export interface SortOptions {
  /** A headline known from elsewhere (metadata, mail subject). */
  readonly title: string | null;
  /** The layout has chosen the lines already: take out sure furniture only. */
  readonly chosen: boolean;
}

/** Tells headline, text, bylines and furniture apart. Works line by line, never joins text across what it removes. */
export function sortLines(written: readonly string[], options: SortOptions): Sorted {
  const { lines, folded } = asLines(written);
  markFurniture(lines, folded, options.title === null && !options.chosen);
  markLists(lines);
  if (!options.chosen) markForeign(lines);
  const firstParagraph = lines.findIndex(isParagraph);
  const title = options.title ?? findTitle(lines, firstParagraph);
  if (title !== null) markTitle(lines, title, options.title !== null);
  sortHead(lines, firstParagraph, options);
  if (!options.chosen) sortTail(lines);
  markRepeats(lines);
  for (const line of lines) line.role ??= 'body';
  return collect(lines, title);
}

const LIST_HEADS = new Set(['related-link', 'most-read']);
/** A list of other articles is rarely longer. */
const LIST_ITEMS = 12;

/** A heading such as "الأكثر قراءة" alone on its line rules the headline-like lines under it, until running text. */
function markLists(lines: readonly Line[]): void {
  for (let i = 0; i < lines.length; i++) {
    const head = lines[i] as Line;
    if (head.role !== 'drop' || !LIST_HEADS.has(head.reason) || head.words > 5) continue;
    const items: Line[] = [];
    let end = i + 1;
    for (; end < lines.length && items.length < LIST_ITEMS; end++) {
      const line = lines[end] as Line;
      if (line.role === 'drop') continue;
      if (isParagraph(line) || isStopped(line.text) || line.words > 22) break;
      items.push(line);
    }
    const last = items.at(-1);
    // The last short line before running text is more likely its sub-heading than one more item.
    const isSubheading =
      end < lines.length && items.length > 1 && last !== undefined && last.words <= 4;
    if (isSubheading) items.pop();
    for (const item of items) drop(item, head.reason);
  }
}

/** Short Latin lines in an Arabic or Cyrillic text: logos, captions, form labels of the page's software. */
function markForeign(lines: readonly Line[]): void {
  const foreign = lines.filter((line) => line.role === null && isForeign(line));
  // Most texts have none, and their letters are not counted.
  if (foreign.length === 0 || count(lines, OTHER) <= count(lines, LATIN)) return;
  for (const line of foreign) drop(line, 'foreign-script');
}

const LATIN = /[A-Za-z]+/g;
const OTHER = /[\u0620-\u06ff\u0400-\u04ff]+/g;

const count = (lines: readonly Line[], letters: RegExp): number =>
  lines.reduce((sum, { text }) => sum + text.length - text.replace(letters, '').length, 0);

function isForeign({ hasLatin, hasOther, words, text }: Line): boolean {
  if (!hasLatin || hasOther || words > 10 || (words >= 6 && isStopped(text))) return false;
  // Signs of the Arabic script are of it too.
  return !/[\u0600-\u06ff]/.test(text);
}

/** Between the headline and the first paragraph: sections, bylines, datelines, captions; what reads like text stays. */
function sortHead(lines: readonly Line[], firstParagraph: number, { chosen }: SortOptions): void {
  const titleAt = lines.findIndex((line) => line.role === 'title');
  const end = firstParagraph < 0 ? lines.length : firstParagraph;
  for (let i = 0; i < end; i++) {
    const line = lines[i] as Line;
    if (line.role !== null) continue;
    if (i < titleAt && !chosen) drop(line, line.words <= 6 ? 'section' : 'before-title');
    else if (isByline(line)) line.role = 'byline';
    else if (isDateOnly(line)) drop(line, 'date-label');
    else if (isMetaLine(line)) line.role = 'byline';
    else if (CREDIT.test(line.folded) && !isStopped(line.text) && line.words <= LONG_WORDS)
      drop(line, 'caption');
    else if (!chosen && firstParagraph >= 0 && isLoose(line)) line.role = 'byline';
  }
  for (const line of lines) {
    if (line.role === null && line.words <= 8 && isDateOnly(line)) drop(line, 'date-label');
    else if (line.role === null && SOURCE_LABEL.test(line.folded)) line.role = 'byline';
  }
}

/** After the last paragraph: once furniture has begun nothing but sentences is text; a short last line is a signature. */
function sortTail(lines: readonly Line[]): void {
  let last = -1;
  lines.forEach((line, i) => {
    if (isParagraph(line)) last = i;
  });
  if (last < 0) return;
  let furniture = false;
  for (let i = last + 1; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (line.role === 'drop') furniture = true;
    if (line.role !== null) continue;
    const isSentence = line.words >= 4 && isStopped(line.text);
    if (isSentence && !furniture) continue;
    if (!furniture && line.words >= 6) continue;
    if (!furniture && line.words >= 2 && line.words <= 4 && !/\d/.test(line.text))
      line.role = 'byline';
    else if (furniture || line.words <= 2) drop(line, 'after-text');
  }
}

function markRepeats(lines: readonly Line[]): void {
  const open = lines.filter((line) => line.role === null && line.words >= 5);
  const sizes = new Map<number, number>();
  for (const { folded } of open) sizes.set(folded.length, (sizes.get(folded.length) ?? 0) + 1);
  const seen = new Set<string>();
  for (const line of open) {
    // Most lines are of a length of their own: their text need not be read again.
    if (sizes.get(line.folded.length) === 1) continue;
    if (seen.has(line.folded)) drop(line, 'repeated-line');
    seen.add(line.folded);
  }
}

const BARE_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)\/?$/;

function collect(lines: readonly Line[], title: string | null): Sorted {
  const byRole = (role: Line['role']): Line[] => lines.filter((line) => line.role === role);
  const bylines = byRole('byline');
  const sources = bylines.map((line) => SOURCE_LABEL.exec(line.folded) && line.text);
  const named = sources.find((text) => text)?.replace(/^[^:：]*[:：]\s*/u, '') ?? null;
  // A site signs its pages with its bare address: `www.example.com`.
  const address = lines.find(({ reason, folded }) => reason === 'url' && BARE_ADDRESS.test(folded));
  const source = named ?? BARE_ADDRESS.exec(address?.folded ?? '')?.[1] ?? null;
  const author = bylines.find((line) => !SOURCE_LABEL.test(line.folded))?.text ?? null;
  const dated = lines.filter((line) => line.reason === 'date-label' || line.role === 'byline');
  return {
    title,
    body: byRole('body').map((line) => line.text),
    byline: author,
    source,
    dateLines: dated.map((line) => line.text),
    dropped: lines
      .filter((line) => line.role === 'drop' || line.role === 'byline')
      .map(({ text, role, reason }) => ({ text, reason: role === 'byline' ? 'byline' : reason })),
  };
}
