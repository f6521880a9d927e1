import { Parser } from 'htmlparser2';
import { FEED_ITEMS, RECORD_CHARS, XML_DEPTH } from './bounds.ts';
import type { Found } from './draft.ts';
import { draftOfRecord } from './record.ts';
import { ADVICE, Refusal } from './refusal.ts';

/** Elements of RSS 2.0, RSS 1.0 and Atom to the names of record fields. */
const ELEMENTS: Readonly<Record<string, string>> = {
  title: 'title',
  link: 'url',
  guid: 'id',
  id: 'id',
  pubDate: 'published',
  published: 'published',
  'dc:date': 'published',
  updated: 'modified',
  'dc:creator': 'byline',
  name: 'byline',
  author: 'byline',
  'content:encoded': 'body',
  content: 'body',
  description: 'summary',
  summary: 'summary',
  source: 'source',
};

type Item = Record<string, string>;

/** RSS and Atom: an item an article. No DTD is read and no entity but the five of XML is replaced. */
export function* readFeed(xml: string): Generator<Found> {
  const { items, channel, isCut } = collectItems(xml);
  if (items.length === 0) throw new Refusal('no-text', 'The feed has no items.');
  for (const item of items) {
    // Atom entries that were never changed give only `updated`.
    if (item['published'] === undefined && item['modified'] !== undefined)
      item['published'] = item['modified'];
    const draft = draftOfRecord(item, null, 'feed');
    if (draft.visible.length > RECORD_CHARS) yield rejected('too-large', draft.name);
    else
      yield {
        kind: 'draft',
        draft: {
          ...draft,
          source: draft.source ?? channel.title,
          lang: draft.lang ?? channel.lang,
        },
      };
  }
  if (isCut) yield rejected('too-many-members', null);
}

const rejected = (reason: 'too-large' | 'too-many-members', name: string | null): Found => ({
  kind: 'rejected',
  name,
  reason,
  advice: ADVICE[reason],
});

interface Collected {
  readonly items: Item[];
  readonly channel: { title: string | null; lang: string | null };
  readonly isCut: boolean;
}

function collectItems(xml: string): Collected {
  const items: Item[] = [];
  const channel: Collected['channel'] = { title: null, lang: null };
  const path: string[] = [];
  let item: Item | null = null;
  let text: string[] = [];
  /** Depth of an Atom `content type="xhtml"`, whose tags are kept as text. */
  let xhtml = -1;
  let isCut = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (path.length > XML_DEPTH) throw new Refusal('malformed', 'The feed is nested too deep.');
        if (xhtml >= 0) text.push(`<${name}>`);
        else text = [];
        path.push(name);
        if (name === 'item' || name === 'entry') {
          isCut ||= items.length >= FEED_ITEMS;
          item = {};
          if (!isCut) items.push(item);
        }
        if (name === 'feed' || name === 'rss')
          channel.lang ??= attributes['xml:lang']?.slice(0, 2).toLowerCase() ?? null;
        if (item === null || xhtml >= 0) return;
        const { href, rel = 'alternate', type } = attributes;
        if (name === 'link' && href !== undefined && rel === 'alternate') item['url'] ??= href;
        if (name === 'content' && type === 'xhtml') xhtml = path.length;
      },
      ontext(piece) {
        text.push(piece);
      },
      onclosetag(name) {
        path.pop();
        if (xhtml >= 0 && path.length >= xhtml) {
          text.push(`</${name}>`);
          return;
        }
        xhtml = -1;
        const value = text.join('').trim();
        text = [];
        const field = ELEMENTS[name];
        if (item !== null && field !== undefined && value !== '') item[field] ??= value;
        if (item === null && name === 'title' && path.length <= 2)
          channel.title ??= value.slice(0, 200) || null;
        if (item === null && name === 'language')
          channel.lang ??= value.slice(0, 2).toLowerCase() || null;
        if (name === 'item' || name === 'entry') item = null;
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeCDATA: true },
  );
  parser.write(xml);
  parser.end();
  return { items, channel, isCut };
}
