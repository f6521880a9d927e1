import type { Dropped } from '../article.ts';
import { once } from '../once.ts';
import { rewrite, rewriting } from '../text/rewriting.ts';
import { type FoldedLine, fold, foldLine } from './fold.ts';
import {
  CREDIT,
  isByline,
  isDateLabel,
  isDateOnly,
  isLoose,
  isMetaLine,
  type LineSigns,
  SOURCE_LABEL,
  STOP,
} from './line-signs.ts';
import { byOpening } from './phrase-index.ts';
import { FURNITURE_OPENINGS, FURNITURE_PHRASES } from './phrases.ts';

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

interface Line extends LineSigns, FoldedLine {
  /** A gap in the text before this line. */
  readonly afterGap: boolean;
  role: 'title' | 'body' | 'byline' | 'drop' | null;
  reason: string;
}

/** Running text: this many words with a comma or an end, or twice as many without. */
const PARAGRAPH_WORDS = 12;
const LONG_WORDS = 25;
const HEADLINE_WORDS = 35;
/** Longer lines are not compared with phrases: text, or bait for a regular expression. */
const MAX_FURNITURE_CHARS = 700;

/** Tells headline, text, bylines and furniture apart. Works line by line, never joins text across what it removes. */
export function sortLines(written: readonly string[], options: SortOptions): Sorted {
  const lines = asLines(written);
  lines.forEach((line, i) => {
    // `شاهد: …` on the first line is a headline about a video, further down a link to one.
    const isOpening = i === 0 && options.title === null && !options.chosen && line.words >= 4;
    markFurniture(line, isOpening ? 'related-link' : null);
  });
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

function asLines(written: readonly string[]): Line[] {
  const lines: Line[] = [];
  let gap = true;
  for (const text of written) {
    if (text === '') gap = true;
    else {
      lines.push({ text, ...foldedOf(text), afterGap: gap, role: null, reason: '' });
      gap = false;
    }
  }
  return lines;
}

function foldedOf(text: string): FoldedLine {
  const line = foldLine(text);
  return text.length <= MAX_FURNITURE_CHARS ? line : { ...line, folded: text.toLowerCase() };
}

function drop(line: Line, reason: string): void {
  line.role = 'drop';
  line.reason = reason;
}

/** Patterns are made when a line first may match them: that of a kind of page furniture, for most articles never. */
const furnitureLike = byOpening(
  FURNITURE_PHRASES.map(({ source, ...kind }) => ({
    ...kind,
    pattern: once(() => new RegExp(source, 'u')),
  })),
  FURNITURE_OPENINGS,
);

function markFurniture(line: Line, allowed: string | null): void {
  if (line.words === 0) {
    drop(line, 'symbols');
    return;
  }
  if (line.text.length > MAX_FURNITURE_CHARS) return;
  if (isDateLabel(line)) {
    drop(line, 'date-label');
    return;
  }
  const kind = furnitureLike(line.folded).find(
    ({ pattern, maxWords }) => line.words <= maxWords && pattern().test(line.folded),
  );
  if (kind !== undefined && kind.reason !== allowed) drop(line, kind.reason);
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
      if (isParagraph(line) || STOP.test(line.text) || line.words > 22) break;
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
  const latin = lines.reduce((sum, line) => sum + line.latin, 0);
  const other = lines.reduce((sum, line) => sum + line.other, 0);
  if (other <= latin) return;
  for (const line of lines) {
    const isForeign = /[A-Za-z]/.test(line.text) && !/[\u0600-\u06ff\u0400-\u04ff]/.test(line.text);
    const isSentence = line.words >= 6 && STOP.test(line.text);
    if (line.role === null && isForeign && line.words <= 10 && !isSentence)
      drop(line, 'foreign-script');
  }
}

function isParagraph(line: Line): boolean {
  if (line.role !== null) return false;
  if (line.words >= LONG_WORDS) return true;
  return line.words >= PARAGRAPH_WORDS && STOP.test(line.text);
}

/** The headline: repeated before the text, or the first line that can be one. */
function findTitle(lines: readonly Line[], firstParagraph: number): string | null {
  const end = firstParagraph < 0 ? lines.length : firstParagraph;
  const head = lines.slice(0, end).filter((line) => line.role === null);
  const canBe = head.filter(
    (line) => line.words <= HEADLINE_WORDS && (line === lines[0] || !isByline(line)),
  );
  const repeated = canBe.find(
    (line) => line.words >= 3 && head.some((o) => o !== line && o.folded.includes(line.folded)),
  );
  const first = canBe.find((line) => line.words >= 4 && !CREDIT.test(line.folded));
  const longest = canBe.reduce<Line | null>(
    (a, b) => (a !== null && a.words >= b.words ? a : b),
    null,
  );
  return (repeated ?? first ?? longest)?.text ?? firstLineTitle(lines, firstParagraph);
}

/** A long headline on the first line passes for a paragraph: it has no full stop and longer text follows. */
function firstLineTitle(lines: readonly Line[], firstParagraph: number): string | null {
  const first = lines[0];
  if (firstParagraph !== 0 || first === undefined || lines.length < 2) return null;
  const next = lines[1] as Line;
  const isHeadline =
    first.words <= HEADLINE_WORDS && !STOP.test(first.text) && next.words > first.words;
  return isHeadline ? first.text : null;
}

/** Takes the headline and its copies out of the lines: `title`, `title | site`, `title title`. */
function markTitle(lines: readonly Line[], title: string, given: boolean): void {
  const wanted = letters(fold(title));
  if (wanted === '') return;
  let found = given;
  for (const line of lines) {
    if (line.role === 'drop' || line.words > HEADLINE_WORDS * 3) continue;
    if (!mayBeCopy(line.folded, wanted)) continue;
    const own = letters(line.folded);
    if (own === wanted && !found) {
      line.role = 'title';
      found = true;
    } else if (isCopy(own, wanted)) drop(line, 'repeated-title');
  }
}

const notLetters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const LETTERS_ONLY = rewriting(notLetters, { name: 'letters' });
const letters = (folded: string): string => rewrite(folded, LETTERS_ONLY) ?? notLetters(folded);

/** How many letters may stand around the copies of a headline. */
const AROUND = 3;
const GLANCE_CHARS = 48;

/** Whether the headline begins at one of the first letters of a line: a look that spares most lines the whole one. */
function mayBeCopy(folded: string, wanted: string): boolean {
  const first = letters(folded.slice(0, GLANCE_CHARS));
  const head = wanted.slice(0, 3);
  return first.length < AROUND + head.length || first.slice(0, AROUND + head.length).includes(head);
}

/** Nothing but the headline, once or more, is left of the line. */
function isCopy(own: string, wanted: string): boolean {
  if (own === wanted) return true;
  if (wanted.length < 8 || own.length <= wanted.length || !own.includes(wanted)) return false;
  return own.split(wanted).join('').length <= AROUND;
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
    else if (CREDIT.test(line.folded) && !STOP.test(line.text) && line.words <= LONG_WORDS)
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
    const isSentence = line.words >= 4 && STOP.test(line.text);
    if (isSentence && !furniture) continue;
    if (!furniture && line.words >= 6) continue;
    if (!furniture && line.words >= 2 && line.words <= 4 && !/\d/.test(line.text))
      line.role = 'byline';
    else if (furniture || line.words <= 2) drop(line, 'after-text');
  }
}

function markRepeats(lines: readonly Line[]): void {
  const seen = new Set<string>();
  for (const line of lines) {
    if (line.role !== null || line.words < 5) continue;
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
