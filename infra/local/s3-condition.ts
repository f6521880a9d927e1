import { AwsError } from './aws-error.ts';
import type { Headers } from './s3-body.ts';
import type { ObjectVersion } from './s3-store.ts';

/** What the conditions of a GET or HEAD come to; throws 412 if the object is not the one that was wanted. */
export function readCondition(headers: Headers, version: ObjectVersion): 'send' | 'not-modified' {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  // HTTP dates have whole seconds.
  const changedAt = Math.floor(version.at / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!names(ifMatch, version.etag)) throw preconditionFailed('If-Match');
  } else if (changedAt > Date.parse(headers['if-unmodified-since'] ?? '')) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, version.etag) ? 'not-modified' : 'send';
  return changedAt <= Date.parse(headers['if-modified-since'] ?? '') ? 'not-modified' : 'send';
}

/** Throws 412 unless a conditional PUT may replace what is there. */
export function checkWriteCondition(headers: Headers, current: ObjectVersion | undefined): void {
  const ifMatch = headers['if-match'];
  if (headers['if-none-match'] === '*' && current !== undefined) {
    throw preconditionFailed('If-None-Match');
  }
  if (ifMatch === undefined) return;
  if (current === undefined) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  if (!names(ifMatch, current.etag)) throw preconditionFailed('If-Match');
}

/** The stretch that a `Range` header asks for, or null for the whole; throws 416 if it lies outside. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const last = match[2] === '' ? size - 1 : Number(match[2]);
  const [start, end] =
    match[1] === ''
      ? [Math.max(0, size - last), size]
      : [Number(match[1]), Math.min(last + 1, size)];
  if (start >= end) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return { start, end };
}

function names(condition: string, etag: string): boolean {
  return condition
    .split(',')
    .map((one) => one.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some((one) => one === '*' || one === etag);
}

function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
    412,
  );
}
