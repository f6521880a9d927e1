import type { FoundDate } from '../article.ts';
import { readDate } from './date-value.ts';
import type { Upload } from './reading.ts';
import { dateInUrl } from './url-date.ts';

/** What the upload itself says about its articles, for what the text does not say. */
export interface Provenance {
  readonly source: string | null;
  readonly url: string | null;
  readonly published: FoundDate | null;
  readonly title: string | null;
  readonly lang: string | null;
}

/** `source=Al Jazeera/2017/08/14/x.html`: the publisher as a folder of the key. */
const SOURCE_PREFIX = /(?:^|\/)source=([^/]+)\//;

/** From S3 user metadata (`source`, `url`, `published` or `date`, `title`, `lang`), then from the key. */
export function provenanceOf({ key, metadata }: Pick<Upload, 'key' | 'metadata'>): Provenance {
  const said = (...names: string[]): string | null =>
    names.map((name) => metadata[name]).find((value) => value) ?? null;
  const date = said('published', 'date');
  const read = date === null ? null : readDate(decoded(date));
  const source = said('source') ?? SOURCE_PREFIX.exec(key)?.[1] ?? null;
  const url = said('url');
  const fromKey = dateInUrl(key);
  return {
    source: source === null ? null : decoded(source),
    url: url !== null && /^https?:\/\//.test(url) ? url : null,
    published:
      read !== null
        ? { ...read, origin: 'upload', confidence: 0.8 }
        : fromKey && { ...fromKey, origin: 'upload', confidence: 0.45 },
    title: decodedOrNull(said('title')),
    lang: said('lang', 'language')?.toLowerCase().slice(0, 2) ?? null,
  };
}

const decodedOrNull = (text: string | null): string | null =>
  text === null ? null : decoded(text);

/** S3 metadata is ASCII: uploaders write Arabic percent-encoded, or S3 returns it as an encoded word of mail (RFC 2047). */
function decoded(text: string): string {
  const word = /^=\?utf-8\?(b|q)\?(.*)\?=$/i.exec(text);
  if (word !== null) {
    const [, form = '', data = ''] = word;
    if (form.toLowerCase() === 'b') return Buffer.from(data, 'base64').toString('utf8');
    return percent(data.replace(/_/g, ' ').replace(/=/g, '%'));
  }
  return percent(text);
}

function percent(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
