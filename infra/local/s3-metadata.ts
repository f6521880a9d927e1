import { AwsError } from './aws-error.ts';
import type { Headers } from './s3-body.ts';

/** What S3 allows of user metadata, names and values together. */
const MAX_USER_METADATA_BYTES = 2048;

/** System metadata that comes back as it was sent. */
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** The metadata of an upload's headers, with user metadata as UTF-8 text whatever way it was sent. */
export function metadataOf(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (name.startsWith('x-amz-meta-')) {
      found[name] = decodeValue(value);
      bytes += name.length - 'x-amz-meta-'.length + Buffer.byteLength(found[name]);
    } else if (KEPT.includes(name)) found[name] = value;
  }
  if (bytes > MAX_USER_METADATA_BYTES) {
    throw new AwsError(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
    );
  }
  const encoding = (found['content-encoding'] ?? '').replace(/aws-chunked,?\s*/, '');
  if (encoding === '') delete found['content-encoding'];
  else found['content-encoding'] = encoding;
  return { 'content-type': 'application/octet-stream', ...found };
}

/** Metadata as headers of an answer: what is not ASCII goes out as an RFC 2047 word, as S3 has it. */
export function headersOf(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, encodeValue(value)]),
  );
}

/** Node reads header bytes as latin1; behind them are UTF-8 or RFC 2047 words such as `=?UTF-8?B?2LnYsdio?=`. */
function decodeValue(value: string): string {
  const text = /[\u0080-\u00ff]/.test(value) ? Buffer.from(value, 'latin1').toString() : value;
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, coded: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(coded, 'base64').toString() : fromQuoted(coded),
    );
}

/** `caf=C3=A9_noir` */
function fromQuoted(coded: string): string {
  const bytes = coded
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function encodeValue(value: string): string {
  if (/^[\t\u0020-\u007e]*$/.test(value)) return value;
  return `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
