import { countVisible, withSingleSpaces } from '../text/spaces.ts';
import { newMeasure, readTags, type Shape, VOID_TAGS } from './html-shape.ts';

/** A place in the page that may hold a date, as written. */
export interface DateSpot {
  readonly kind: 'itemprop' | 'time-published' | 'time' | 'class' | 'modified';
  value: string;
  text: string;
  /** Under a headline of another story, a comment, a sidebar or the footer. */
  readonly aside: boolean;
  readonly afterHeadline: boolean;
}

/** A run of text between two block borders. */
export interface TextBlock {
  readonly text: string;
  /** Share of its letters inside links, 0 to 1. */
  readonly linked: number;
  /** In navigation, a sidebar, a form or a footer by its tag, role or class. */
  readonly aside: boolean;
  readonly heading: boolean;
}

/** What one pass over the tags finds, without a DOM: linear in the length of the page, whatever it holds. */
export interface Scan extends Shape {
  readonly meta: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
  /** Contents of `application/ld+json` scripts. */
  readonly jsonLd: readonly string[];
  readonly dates: readonly DateSpot[];
  readonly title: string;
  readonly headlines: readonly string[];
  readonly lang: string | null;
  /** All text but scripts and styles: the id is made of it. */
  readonly visible: string;
  readonly blocks: readonly TextBlock[];
}

const BLOCK_TAGS = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol option p pre section select summary table tbody td tfoot th thead title tr ul button'.split(
    ' ',
  ),
);
const ASIDE_TAGS = new Set([
  'nav',
  'aside',
  'footer',
  'form',
  'select',
  'button',
  'amp-sidebar',
  'dialog',
]);
/** `related-posts`, `jp-relatedposts`, `widget-area`, `comment-list`, `cookie-banner`, `mostRead`, `share-buttons` */
const ASIDE_CLASS =
  /(?:^|[\s_-])(?:related|recommend\w*|most-?(?:read|viewed|popular)|popular|trending|sidebar|side-bar|widgets?|comments?|commentlist|disqus|footer|nav|navbar|navigation|menu|breadcrumbs?|share|sharing|social|sharedaddy|newsletter|subscribe|cookie\w*|consent|gdpr|advert\w*|ads?|adsbygoogle|promo\w*|sponsor\w*|latest|more-?news|outbrain|taboola|read-?(?:more|also)|see-?also)(?:$|[\s_-])|relatedposts|related-?(?:news|stor|articl|content|links)|mostread|commentform/;
const DATE_CLASS =
  /(?:^|[\s_-])(?:date|datum|fecha|published|publish|pubdate|posted|post-?date|entry-?date|timestamp|dateline|byline|datetime|post-meta|entry-meta|postmetadata|article-?info|article-?meta|article-?date|submitted|time|meta|created|createdate|news-?date|publish-?date|publication)(?:$|[\s_-]|\d)/;

const MAX_SPOTS = 60;
const SPOT_CHARS = 250;
const JSON_LD_CHARS = 1_000_000;

/** Reads metadata, visible text and shape of a page in one pass; stops nowhere, recurses nowhere. */
export function scanHtml(html: string): Scan {
  const scanner = newScanner();
  readTags(html, scanner.handler);
  return scanner.result();
}

type Attributes = Readonly<Record<string, string>>;
interface Open {
  readonly name: string;
  readonly aside: boolean;
  readonly spot: DateSpot | null;
}

function newScanner() {
  const meta = new Map<string, string>();
  const links = new Map<string, string>();
  const jsonLd: string[] = [];
  const dates: DateSpot[] = [];
  const headlines: string[] = [];
  const visible: string[] = [];
  const blocks: TextBlock[] = [];
  const stack: Open[] = [];
  const openSpots: DateSpot[] = [];
  let block = { text: '', letters: 0, linked: 0 };
  let title: string | null = null;
  let lang: string | null = null;
  let inLink = 0;
  let raw: 'script' | 'style' | 'json-ld' | null = null;
  let json = '';
  let headline: string | null = null;
  let heading = false;
  const measure = newMeasure();

  const isAside = (): boolean => stack.at(-1)?.aside ?? false;
  const flush = (): void => {
    const text = withSingleSpaces(block.text);
    if (text !== '') {
      blocks.push({
        text,
        linked: block.linked / Math.max(1, block.letters),
        aside: isAside(),
        heading,
      });
    }
    block = { text: '', letters: 0, linked: 0 };
  };
  const head = (name: string, a: Attributes): void => {
    if (name === 'html') lang ??= a['lang'] ?? a['xml:lang'] ?? null;
    if (name === 'link' && a['rel'] !== undefined && a['href'] !== undefined) {
      const rel = a['rel'].toLowerCase();
      if (!links.has(rel)) links.set(rel, a['href'].trim());
    }
    if (name !== 'meta') return;
    const key = (a['property'] ?? a['name'] ?? a['itemprop'] ?? a['http-equiv'] ?? '')
      .toLowerCase()
      .trim();
    const content = a['content'];
    if (key !== '' && content !== undefined && !meta.has(key))
      meta.set(key, content.trim().slice(0, 2000));
  };

  const handler = {
    onopentag(name: string, a: Attributes): void {
      measure.open(name, a);
      const signs = signsOf(a);
      if (BLOCK_TAGS.has(name)) flush();
      head(name, a);
      if (name === 'script') {
        raw = /ld\+json/i.test(a['type'] ?? '') ? 'json-ld' : 'script';
        json = '';
      } else if (name === 'style') raw = 'style';
      if (name === 'a') inLink++;
      if (name === 'title' && title === null) title = '';
      if (name === 'h1') headline = '';
      if (/^h[1-6]$/.test(name)) heading = true;
      const root = name === 'html' || name === 'body' || name === 'main' || name === 'article';
      const aside =
        isAside() ||
        ASIDE_TAGS.has(name) ||
        (!root &&
          ((signs !== '' && ASIDE_CLASS.test(signs)) ||
            /dialog|navigation|complementary|contentinfo/.test(a['role'] ?? '')));
      const spot =
        dates.length < MAX_SPOTS ? dateSpot(name, a, signs, aside, headlines.length > 0) : null;
      if (spot !== null) {
        dates.push(spot);
        if (!VOID_TAGS.has(name)) openSpots.push(spot);
      }
      if (VOID_TAGS.has(name)) return;
      stack.push({ name, aside, spot });
    },
    ontext(text: string): void {
      if (raw === 'json-ld' && json.length < JSON_LD_CHARS) json += text;
      if (raw !== null) return;
      visible.push(text);
      if (title !== null && stack.at(-1)?.name === 'title') title += text;
      if (headline !== null && headline.length < 500) headline += text;
      for (const spot of openSpots) if (spot.text.length < SPOT_CHARS) spot.text += text;
      const letters = countVisible(text);
      block.text += text;
      block.letters += letters;
      if (inLink > 0) block.linked += letters;
    },
    onclosetag(name: string): void {
      measure.close(name);
      if (VOID_TAGS.has(name)) return;
      if (BLOCK_TAGS.has(name)) {
        flush();
        visible.push('\n');
      }
      const open = stack.pop();
      if (open?.spot) openSpots.splice(openSpots.indexOf(open.spot), 1);
      if (name === 'script' || name === 'style') {
        if (raw === 'json-ld') jsonLd.push(json);
        raw = null;
      } else if (name === 'a') inLink = Math.max(0, inLink - 1);
      else if (name === 'h1' && headline !== null) {
        const text = withSingleSpaces(headline);
        if (text !== '' && headlines.length < 5) headlines.push(text);
        headline = null;
      }
      if (/^h[1-6]$/.test(name)) heading = false;
    },
  };
  const result = (): Scan => {
    flush();
    return {
      meta,
      links,
      jsonLd,
      dates,
      title: withSingleSpaces(title ?? ''),
      headlines,
      lang,
      visible: visible.join(''),
      blocks,
      ...measure.shape(),
    };
  };
  return { handler, result };
}

/** The names that an element has for its look; empty for most. */
function signsOf(a: Attributes): string {
  const names = [a['class'], a['id'], a['data-x'], a['data-testid']];
  if (names.every((name) => !name)) return '';
  return names
    .map((name) => name ?? '')
    .join(' ')
    .slice(0, 400)
    .toLowerCase();
}

function dateSpot(
  name: string,
  a: Attributes,
  signs: string,
  aside: boolean,
  afterHeadline: boolean,
): DateSpot | null {
  const itemprop = (a['itemprop'] ?? '').toLowerCase();
  const value = a['content'] ?? a['datetime'] ?? a['title'] ?? '';
  const at = { text: '', aside, afterHeadline };
  if (name === 'meta' || name === 'body' || name === 'html') return null;
  if (/datemodified/.test(itemprop)) return { kind: 'modified', value, ...at };
  if (/datepublished|datecreated/.test(itemprop)) return { kind: 'itemprop', value, ...at };
  if (name === 'time') {
    if (/updat|modif/.test(signs)) return { kind: 'modified', value, ...at };
    const sure = 'pubdate' in a || /publish|entry-date|posted|created/.test(signs);
    return { kind: sure ? 'time-published' : 'time', value, ...at };
  }
  if (name === 'abbr' && /publish|date/.test(signs) && value !== '')
    return { kind: 'itemprop', value, ...at };
  if (signs !== '' && DATE_CLASS.test(signs) && !/comment|copyright/.test(signs)) {
    return { kind: /updat|modif/.test(signs) ? 'modified' : 'class', value: '', ...at };
  }
  return null;
}
