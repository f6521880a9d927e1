import type { FoundDate } from '../article.ts';
import { type DateStyle, readDate } from './date-value.ts';
import type { DateSpot, Scan } from './html-scan.ts';
import { type LinkedData, readJsonLd, textOf } from './json-ld.ts';
import { chooseTitle } from './page-title.ts';
import { dateInUrl } from './url-date.ts';

/** What a page says about itself. */
export interface PageMetadata {
  readonly title: string | null;
  readonly byline: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly lang: string | null;
  /** The `articleBody` of JSON-LD. */
  readonly text: string | null;
  readonly published: FoundDate | null;
  readonly modified: FoundDate | null;
}

/** Names under which pages give the date of publication, surest first. */
const PUBLISHED =
  'article:published_time article:published og:published_time og:article:published_time datepublished article.published parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date dc.date dc:date dc.created pubdate publishdate publish-date publication_date publicationdate published_time published-date article_date_original originalpublicationdate ptime cxenseparse:recs:publishtime bt:pubdate citation_publication_date citation_date date created rnews:datepublished vr:published_time shareaholic:article_published_time article:post_date displaydate gentime release_date'.split(
    ' ',
  );
const MODIFIED =
  'article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified lastmod revised modified_time og:modified_time'.split(
    ' ',
  );
/** Title, byline, publisher, address and dates from JSON-LD, meta tags, `<time>`, the address and labelled places, in this order. */
export function readMetadata(scan: Scan, url: string | null): PageMetadata {
  const linked = readJsonLd(scan.jsonLd);
  const article = (key: string): unknown =>
    linked.find(({ isArticle, fields }) => isArticle && fields[key])?.fields[key];
  const meta = (...keys: string[]): string | null =>
    keys.map((key) => scan.meta.get(key)).find((value) => value) ?? null;
  const source =
    meta('og:site_name') ??
    textOf(article('publisher')) ??
    meta('application-name', 'dc.publisher');
  const canonical = scan.links.get('canonical') ?? scan.meta.get('og:url') ?? null;
  const address = isAddress(canonical) ? canonical : url;
  const author =
    textOf(article('author')) ??
    meta('author', 'article:author', 'dc.creator', 'parsely-author', 'byl');
  return {
    title: chooseTitle({
      said: [textOf(article('headline')), meta('og:title'), meta('twitter:title')],
      headlines: scan.headlines,
      title: scan.title,
      site: source,
      url: address,
    }),
    byline: author !== null && /^https?:/.test(author) ? null : author,
    source,
    url: address,
    lang:
      (scan.lang ?? textOf(article('inLanguage')) ?? meta('og:locale', 'content-language'))
        ?.slice(0, 2)
        .toLowerCase() ?? null,
    text: textOf(article('articleBody')),
    published: publishedDate(scan, linked, address),
    modified: modifiedDate(scan, linked),
  };
}

const isAddress = (text: string | null): text is string =>
  text !== null && /^https?:\/\/\S+$/.test(text);

function styleOf(scan: Scan): DateStyle {
  const american = /^en[-_]us$/i;
  return {
    monthFirst: american.test(scan.lang ?? '') || american.test(scan.meta.get('og:locale') ?? ''),
  };
}

/** The first candidate that is a day; a year or month alone is not a date of publication on the web. */
function firstDay(
  candidates: Iterable<string | null | undefined>,
  origin: FoundDate['origin'],
  confidence: number,
  style: DateStyle,
): FoundDate | null {
  for (const candidate of candidates) {
    const date = candidate ? readDate(candidate, style) : null;
    if (date !== null && (date.precision === 'day' || date.precision === 'time')) {
      return { ...date, origin, confidence };
    }
  }
  return null;
}

function publishedDate(
  scan: Scan,
  linked: readonly LinkedData[],
  url: string | null,
): FoundDate | null {
  const style = styleOf(scan);
  const said = (isArticle: boolean, ...keys: string[]): (string | null)[] =>
    linked
      .filter((thing) => thing.isArticle === isArticle)
      .flatMap(({ fields }) => keys.map((key) => textOf(fields[key])));
  const spots = (kind: DateSpot['kind']): string[] =>
    scan.dates
      .filter((spot) => spot.kind === kind && !spot.aside)
      .sort((a, b) => Number(b.afterHeadline) - Number(a.afterHeadline))
      .flatMap(({ value, text }) => [value, text]);
  return (
    firstDay(said(true, 'datePublished', 'dateCreated'), 'json-ld', 0.97, style) ??
    firstDay(
      PUBLISHED.map((key) => scan.meta.get(key)),
      'meta',
      0.93,
      style,
    ) ??
    firstDay(spots('itemprop'), 'meta', 0.9, style) ??
    firstDay(said(false, 'datePublished', 'uploadDate'), 'json-ld', 0.85, style) ??
    firstDay(spots('time-published'), 'time', 0.9, style) ??
    firstDay(spots('time'), 'time', 0.75, style) ??
    dateInUrl(url) ??
    firstDay(withoutModified(scan), 'label', 0.7, style)
  );
}

/** Places whose class says "date", but not those that hold the date of the last change. */
function withoutModified(scan: Scan): string[] {
  const changed = scan.dates
    .filter((spot) => spot.kind === 'modified')
    .flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()]));
  return scan.dates
    .filter((spot) => spot.kind === 'class' && !spot.aside)
    .sort((a, b) => Number(b.afterHeadline) - Number(a.afterHeadline))
    .map(({ text }) => changed.reduce((rest, date) => rest.replace(date, ' '), text))
    .filter(
      (text) => !/updated|modified|تحديث|обновлен|mis à jour/iu.test(text) || text.length > 40,
    );
}

function modifiedDate(scan: Scan, linked: readonly LinkedData[]): FoundDate | null {
  const style = styleOf(scan);
  const said = linked.map(({ fields }) => textOf(fields['dateModified']));
  const spots = scan.dates
    .filter((spot) => spot.kind === 'modified' && !spot.aside)
    .flatMap(({ value, text }) => [value, text]);
  return (
    firstDay(said, 'json-ld', 0.95, style) ??
    firstDay(
      MODIFIED.map((key) => scan.meta.get(key)),
      'meta',
      0.9,
      style,
    ) ??
    firstDay(spots, 'time', 0.8, style)
  );
}
