import { countWords, fold } from './fold.ts';

/** What a page offers as its headline. */
export interface TitleCandidates {
  /** From metadata, surest first. */
  readonly said: readonly (string | null)[];
  /** Texts of the `h1` elements. */
  readonly headlines: readonly string[];
  /** The `title` element: the headline with the site's name before or after it. */
  readonly title: string;
  readonly site: string | null;
  readonly url: string | null;
}

/** `Headline | Site`, `Headline - Section - Site`, `Site » Headline`; a hyphen parts only with spaces around it. */
const SEPARATOR = /\s+[|–—•·»«/-]{1,3}\s+|\s*[|»]\s*|\s+::\s+/u;
/** A name of a site or section is seldom longer. */
const SITE_WORDS = 5;

/** The headline without the site's name: as the page shows it where metadata and `h1` agree. */
export function chooseTitle(candidates: TitleCandidates): string | null {
  const { headlines } = candidates;
  const said = [...candidates.said, candidates.title]
    .filter((text): text is string => text !== null && text.trim() !== '')
    .map((text) => text.replace(/\s+/g, ' ').trim());
  for (const text of said) {
    const shown = headlines.find((h1) => agrees(h1, text));
    if (shown !== undefined) return shown;
  }
  const first = said[0];
  if (first === undefined) return headlines[0] ?? null;
  const stripped = withoutSite(first, candidates);
  // A page whose title is only the site's name: its h1 is the headline.
  if (isName(stripped, candidates) && headlines[0] !== undefined) return headlines[0];
  return stripped;
}

const letters = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/** The `h1` is the headline when metadata holds it whole, alone or beside the site's name. */
function agrees(h1: string, text: string): boolean {
  const [shown, said] = [letters(h1), letters(text)];
  if (shown === '' || countWords(h1) < 2) return false;
  if (shown === said) return true;
  return said.includes(shown) && shown.length >= said.length * 0.4;
}

function withoutSite(text: string, candidates: TitleCandidates): string {
  const parts = text.split(SEPARATOR).filter((part) => part !== '');
  if (parts.length < 2) return text;
  const named = parts.filter((part) => !isName(part, candidates));
  if (named.length > 0 && named.length < parts.length) return spanOf(text, named);
  const last = parts.at(-1) as string;
  const rest = parts.slice(0, -1);
  const isTail = countWords(last) <= SITE_WORDS && countWords(rest.join(' ')) > countWords(last);
  // Without knowing the name, only the end of the `title` element is taken for it.
  if (isTail && text === candidates.title.replace(/\s+/g, ' ').trim()) return spanOf(text, rest);
  return text;
}

/** The original characters from the first kept part to the last. */
function spanOf(text: string, parts: readonly string[]): string {
  const start = text.indexOf(parts[0] as string);
  const last = parts.at(-1) as string;
  return text.slice(start, text.indexOf(last, start) + last.length);
}

function isName(part: string, { site, url }: TitleCandidates): boolean {
  const own = letters(part);
  if (own === '') return true;
  if (site !== null && own === letters(site)) return true;
  const host = /^https?:\/\/(?:www\.)?([^/:]+)/.exec(url ?? '')?.[1] ?? '';
  const label = letters(host.split('.')[0] ?? '');
  return label.length >= 3 && (own === label || own === letters(host));
}
