import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Inbox } from '../ports.ts';

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
        Object.entries(Metadata).map(([name, value]) => [name.toLowerCase(), decodeWord(value)]),
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

/** An unread body would hold its connection for ever. */
async function discard(body: unknown): Promise<void> {
  if (body instanceof ReadableStream) await body.cancel();
  else if (body && typeof body === 'object' && 'destroy' in body)
    (body as { destroy(): void }).destroy();
}

/** S3 gives user metadata beyond ASCII back as RFC 2047 words (`=?UTF-8?B?...?=`). */
function decodeWord(value: string): string {
  return value.replaceAll(
    /=\?utf-8\?(?:b\?([^?]*)|q\?([^?]*))\?=/gi,
    (_, base64: string | undefined, quoted: string | undefined) =>
      base64 === undefined
        ? Buffer.from(unquote(quoted ?? ''), 'latin1').toString('utf8')
        : Buffer.from(base64, 'base64').toString('utf8'),
  );
}

const unquote = (text: string) =>
  text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
