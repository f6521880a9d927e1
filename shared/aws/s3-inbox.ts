import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Inbox } from '../ports.ts';
import { discard } from './body.ts';

/**
 * The longest that one upload may take to arrive: 25 MB at 1 MB a second. A body that drips slower would hold the
 * function until its timeout, and with it the other nine of the batch.
 */
const READ_MS = 25_000;

/** Uploads in S3. Reads one exact version, and leaves the body unread when it is too large. */
export function s3Inbox(s3: S3Client): Inbox {
  return {
    async read({ bucket, key, versionId }, maxBytes) {
      const answer = await s3
        .send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: key,
            ...(versionId === null ? {} : { VersionId: versionId }),
          }),
          { abortSignal: AbortSignal.timeout(READ_MS) },
        )
        .catch((error: unknown) => {
          if (isGone(error)) return null;
          throw error;
        });
      if (answer === null) return { kind: 'gone' };
      const { Body, ContentLength, VersionId, Metadata = {}, ContentType = null } = answer;
      if (!Body) throw new Error('S3 answered without a body');
      const version = versionId ?? VersionId ?? null;
      if (ContentLength !== undefined && ContentLength > maxBytes) {
        await discard(Body);
        return { kind: 'too-large', bytes: ContentLength, versionId: version };
      }
      const bytes = await Body.transformToByteArray();
      if (ContentLength !== undefined && bytes.byteLength !== ContentLength)
        throw new Error(`S3 sent ${bytes.byteLength} of ${ContentLength} bytes`);
      const metadata = Object.fromEntries(
        Object.entries(Metadata).map(([name, value]) => [name.toLowerCase(), decodeWords(value)]),
      );
      return {
        kind: 'object',
        versionId: version,
        upload: { key, bytes, metadata, contentType: ContentType },
      };
    },
  };
}

/** Deleted since the notice: nothing to do, and no reason to try again. A delete marker by version answers 405. */
function isGone(error: unknown): boolean {
  return (
    error instanceof NoSuchKey ||
    (error instanceof S3ServiceException &&
      ['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'].includes(error.name))
  );
}

/**
 * S3 gives user metadata beyond ASCII back as RFC 2047 words (`=?UTF-8?B?...?=`); white space between two of them belongs
 * to neither, and a letter may be torn between them.
 */
function decodeWords(value: string): string {
  return value.replaceAll(WORDS, (words) =>
    Buffer.concat([...words.matchAll(WORD)].map(bytesOfWord)).toString('utf8'),
  );
}

const WORD = /=\?utf-8\?(?:b\?([^?]*)|q\?([^?]*))\?=/gi;
const WORDS = new RegExp(`${WORD.source}(?:\\s*${WORD.source})*`, 'gi');

function bytesOfWord([, base64, quoted = '']: RegExpMatchArray): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  const latin1 = quoted
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(latin1, 'latin1');
}
