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
  /** Set by a replay: what is stored already is looked at again with the watchlist of today. */
  readonly rescore: boolean;
  /** Set by a replay: people shall hear of what nobody was told of yet. */
  readonly tellNew: boolean;
}

/** What a replay adds to a notice, under `rasid` in the record. */
interface ReplayMarks {
  readonly rescore?: boolean;
  readonly tellNew?: boolean;
}

/**
 * The objects that one S3 notice speaks of. S3 form-encodes keys (a space comes as `+`), and greets a new queue with an
 * `s3:TestEvent` that has no records.
 */
export function objectsIn(notice: string): StoredObject[] {
  const { Records = [] } = JSON.parse(notice) as Partial<S3Event>;
  return Records.map(({ s3, eventTime, ...rest }) => {
    const marks = (rest as { rasid?: ReplayMarks }).rasid ?? {};
    return {
      bucket: s3.bucket.name,
      key: decodeURIComponent(s3.object.key.replaceAll('+', ' ')),
      versionId: s3.object.versionId ?? null,
      size: s3.object.size ?? null,
      uploadedAt: eventTime,
      rescore: marks.rescore === true,
      tellNew: marks.tellNew === true,
    };
  });
}

/** A notice in the form that `objectsIn` reads and S3 sends, for commands that put a file in the queue again. */
export function noticeOf(objects: readonly StoredObject[]): string {
  return JSON.stringify({
    Records: objects.map(({ bucket, key, versionId, size, uploadedAt, rescore, tellNew }) => ({
      eventTime: uploadedAt,
      s3: {
        bucket: { name: bucket },
        object: {
          key: encodeURIComponent(key).replaceAll('%20', '+'),
          ...(versionId === null ? {} : { versionId }),
          ...(size === null ? {} : { size }),
        },
      },
      ...(rescore || tellNew ? { rasid: { rescore, tellNew } satisfies ReplayMarks } : {}),
    })),
  });
}

/** Names that file managers and consoles leave behind; nobody means them as articles. */
const LITTER = /(^|\/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)$/;

/**
 * Whether the object is a folder marker or such litter: acknowledged and counted, not an article. A key that ends in a
 * slash is a marker only when it is known to be empty.
 */
export function isLitter({ key, size }: Pick<StoredObject, 'key' | 'size'>): boolean {
  return (key.endsWith('/') && size === 0) || LITTER.test(key);
}

/** Formats that unpack or lay out: they may cost a hundred times what their bytes do as text. */
const COSTLY = /\.(?:pdf|docx|odt|rtf|zip|t?gz|eml|mht(?:ml)?)$/i;

/** How dear the object may be to read, in bytes of plain text: for putting cheap ones first, nothing more. */
export function costOf({ key, size }: Pick<StoredObject, 'key' | 'size'>): number {
  return (size ?? 0) * (COSTLY.test(key) ? 100 : 1);
}
