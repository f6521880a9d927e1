import type { S3Client } from '@aws-sdk/client-s3';
import { s3Inbox } from '../shared/aws/s3-inbox.ts';
import { childIsolate } from '../shared/node/isolate.ts';
import { bytesAllowed } from '../shared/parse/bounds.ts';
import { parse } from '../shared/parse/parse.ts';
import type { Reading } from '../shared/parse/reading.ts';
import { ADVICE } from '../shared/parse/refusal.ts';

const CHILD = new URL('../shared/node/isolate-child.ts', import.meta.url);

/** What ingest makes of an object's version, read here and now; null when it is gone. */
export async function readingsOf(
  s3: S3Client,
  { bucket, key, versionId }: { bucket: string; key: string; versionId: string | null },
): Promise<Reading[] | null> {
  const object = { bucket, key, versionId, size: null, uploadedAt: '' };
  const marks = { rescore: false, tellNew: false };
  const answer = await s3Inbox(s3).read({ ...object, ...marks }, bytesAllowed(key));
  if (answer.kind === 'gone') return null;
  if (answer.kind === 'too-large') {
    const advice = ADVICE['too-large'];
    return [{ kind: 'rejected', member: 0, name: null, reason: 'too-large', advice }];
  }
  const readings: Reading[] = [];
  for await (const reading of parse(answer.upload, { isolate: childIsolate(CHILD) }))
    readings.push(reading);
  return readings;
}
