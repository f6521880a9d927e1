/** One thing that a page says about itself in JSON-LD. */
export interface LinkedData {
  /** True for an article, false for the page around it. */
  readonly isArticle: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

const ARTICLE = /(?:Article|BlogPosting|Report|LiveBlogPosting)$/i;
const PAGE = /(?:WebPage|ItemPage|VideoObject|CreativeWork|Review)$/i;
const HOLDERS = ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart', 'itemListElement'];
/** A page nests its article three deep; a list of 200 is an index page. */
const MAX_DEPTH = 7;
const MAX_ITEMS = 200;
/** What sites wrap around the JSON: `<!-- -->`, `//<![CDATA[ ... //]]>` */
const WRAPPING = /^\s*(?:<!--|\/\*[^*]{0,40}\*\/|\/\/\s*<!\[CDATA\[)|(?:-->|\/\/\s*\]\]>)\s*$/g;

/** Articles and pages in the JSON-LD scripts of a page, articles first; scripts that are not JSON are left out. */
export function readJsonLd(scripts: readonly string[]): LinkedData[] {
  const found: LinkedData[] = [];
  for (const script of scripts) walk(parseJson(script), found, 0);
  return found.sort((a, b) => Number(b.isArticle) - Number(a.isArticle));
}

function parseJson(script: string): unknown {
  const bare = script.replace(WRAPPING, '').trim();
  try {
    return JSON.parse(bare);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  try {
    // Line breaks inside strings are the usual mistake of templates.
    return JSON.parse(bare.replace(/\p{Cc}+/gu, ' '));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function walk(value: unknown, found: LinkedData[], depth: number): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MAX_ITEMS)) walk(item, found, depth + 1);
    return;
  }
  const fields = value as Record<string, unknown>;
  const types = [fields['@type']].flat().map(String);
  const isArticle = types.some((type) => ARTICLE.test(type));
  if (isArticle || types.some((type) => PAGE.test(type))) found.push({ isArticle, fields });
  for (const holder of HOLDERS) walk(fields[holder], found, depth + 1);
}

/** The first text under one of the keys: a string, the `name` of a thing, or several joined by commas. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const all = value.slice(0, 20).map((item) => textOf(item));
    return all.filter((text) => text !== null).join(', ') || null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { name, '@value': literal } = value as Record<string, unknown>;
  return typeof name === 'object' ? null : textOf(name ?? literal);
}
