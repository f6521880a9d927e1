import { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http.ts';
import { formEncode } from './s3-event.ts';
import type { Bucket, ObjectVersion } from './s3-store.ts';
import { element, xml } from './xml.ts';

/** S3 never lists more in one answer. */
const MAX_KEYS = 1000;

/** Answers a GET of a bucket: ListObjects, ListObjectsV2 or ListObjectVersions. */
export function listBucket(bucket: Bucket, query: URLSearchParams): HttpAnswer {
  if (query.has('versions')) return listVersions(bucket, query);
  const isV2 = query.get('list-type') === '2';
  const token = query.get('continuation-token');
  const after = isV2
    ? token === null
      ? (query.get('start-after') ?? '')
      : Buffer.from(token, 'base64url').toString()
    : (query.get('marker') ?? '');
  const encode = encoderOf(query);
  const page = pageOf(bucket, query, after, (key) => {
    const version = bucket.current(key);
    return version === undefined ? [] : [version];
  });
  const next = page.next ?? '';
  const position = isV2
    ? element('KeyCount', page.versions.length + page.prefixes.length) +
      (token === null ? '' : element('ContinuationToken', token)) +
      (page.next === null
        ? ''
        : element('NextContinuationToken', Buffer.from(next).toString('base64url')))
    : `<Marker>${encode(after)}</Marker>${page.next === null ? '' : `<NextMarker>${encode(next)}</NextMarker>`}`;
  const contents = page.versions.map(
    (version) => `<Contents>${entryOf(version, encode)}</Contents>`,
  );
  return answer('ListBucketResult', bucket, query, page, position + contents.join(''));
}

function listVersions(bucket: Bucket, query: URLSearchParams): HttpAnswer {
  const encode = encoderOf(query);
  const keyMarker = query.get('key-marker') ?? '';
  const page = pageOf(bucket, query, keyMarker, (key) => [...bucket.versions(key)].reverse());
  const items = page.versions.map((version) => {
    const latest = bucket.versions(version.key).at(-1) === version;
    const ids = element('VersionId', version.versionId) + element('IsLatest', latest);
    return version.isMarker
      ? `<DeleteMarker>${keyAndDate(version, encode)}${ids}</DeleteMarker>`
      : `<Version>${entryOf(version, encode)}${ids}</Version>`;
  });
  const markers =
    `<KeyMarker>${encode(keyMarker)}</KeyMarker>` +
    (page.next === null ? '' : `<NextKeyMarker>${encode(page.next)}</NextKeyMarker>`);
  return answer('ListVersionsResult', bucket, query, page, markers + items.join(''));
}

interface Page {
  readonly versions: readonly ObjectVersion[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of this page if there is more, else null. */
  readonly next: string | null;
}

/** A page of keys after `after`. All versions of a key stay together, even beyond `max-keys`. */
function pageOf(
  bucket: Bucket,
  query: URLSearchParams,
  after: string,
  versionsOf: (key: string) => readonly ObjectVersion[],
): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const max = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS);
  if (!(max >= 0)) throw new AwsError('InvalidArgument', 'max-keys is not a number');
  const versions: ObjectVersion[] = [];
  const prefixes: string[] = [];
  let last = '';
  for (const key of bucket.keys()) {
    if (!key.startsWith(prefix) || !isAfter(key, after)) continue;
    const found = versionsOf(key);
    if (found.length === 0) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut === -1 ? null : key.slice(0, cut + delimiter.length);
    if (common !== null && (common === prefixes.at(-1) || common === after)) continue;
    if (versions.length + prefixes.length >= max) return { versions, prefixes, next: last };
    if (common === null) versions.push(...found);
    else prefixes.push(common);
    last = common ?? key;
  }
  return { versions, prefixes, next: null };
}

function isAfter(key: string, after: string): boolean {
  return after === '' || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
}

function encoderOf(query: URLSearchParams): (text: string) => string {
  return query.get('encoding-type') === 'url' ? formEncode : xml;
}

function keyAndDate({ key, at }: ObjectVersion, encode: (text: string) => string): string {
  return `<Key>${encode(key)}</Key>${element('LastModified', new Date(at).toISOString())}`;
}

function entryOf(version: ObjectVersion, encode: (text: string) => string): string {
  return (
    keyAndDate(version, encode) +
    element('ETag', `"${version.etag}"`) +
    element('Size', version.size) +
    element('StorageClass', 'STANDARD')
  );
}

function answer(
  root: string,
  bucket: Bucket,
  query: URLSearchParams,
  page: Page,
  inside: string,
): HttpAnswer {
  const encode = encoderOf(query);
  const prefixes = page.prefixes.map(
    (prefix) => `<CommonPrefixes><Prefix>${encode(prefix)}</Prefix></CommonPrefixes>`,
  );
  return {
    status: 200,
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
      element('Name', bucket.name) +
      `<Prefix>${encode(query.get('prefix') ?? '')}</Prefix>` +
      (query.has('delimiter')
        ? `<Delimiter>${encode(query.get('delimiter') ?? '')}</Delimiter>`
        : '') +
      element('MaxKeys', query.get('max-keys') ?? MAX_KEYS) +
      (query.get('encoding-type') === 'url' ? element('EncodingType', 'url') : '') +
      element('IsTruncated', page.next !== null) +
      inside +
      prefixes.join('') +
      `</${root}>`,
  };
}
