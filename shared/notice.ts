import type { S3Event } from 'aws-lambda';

/** One version of one object in the inbox, as an upload notice names it. */
export interface StoredObject {
  readonly bucket: string;
  /** The key as it was uploaded, decoded. */
  readonly key: string;
  /** null in a bucket without versions. */
  readonly versionId: string | null;
  /** Bytes, as far as the notice knows; null in a replay. */
  readonly size: number | null;
  /** When it was uploaded, ISO 8601. */
  readonly uploadedAt: string;
  /** Set by a replay: look at it again with the watchlist of today. */
  readonly rescore: boolean;
}

/**
 * The objects that one S3 notice speaks of. S3 form-encodes keys (a space comes as `+`), and greets a new queue with an
 * `s3:TestEvent` that has no records.
 */
export function objectsIn(notice: string): StoredObject[] {
  const { Records = [] } = JSON.parse(notice) as Partial<S3Event>;
  return Records.map(({ s3, eventTime, ...rest }) => ({
    bucket: s3.bucket.name,
    key: decodeURIComponent(s3.object.key.replaceAll('+', ' ')),
    versionId: s3.object.versionId ?? null,
    size: s3.object.size ?? null,
    uploadedAt: eventTime,
    rescore: 'rasid' in rest && (rest.rasid as { rescore?: boolean }).rescore === true,
  }));
}

/** Names that file managers and consoles leave behind; nobody means them as articles. */
const LITTER = /(^|\/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)$/;

/** Whether the object is a folder marker or such litter: acknowledged and counted, not an article. */
export function isLitter({ key, size }: Pick<StoredObject, 'key' | 'size'>): boolean {
  return (key.endsWith('/') && (size ?? 0) === 0) || LITTER.test(key);
}
