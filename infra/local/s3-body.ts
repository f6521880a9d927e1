import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from './aws-error.ts';

/** Headers of a request, names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The bytes of an upload, and the checksum that came with them if it is one that can be checked here. */
export interface Upload {
  readonly bytes: Buffer;
  /** Such as `{ 'x-amz-checksum-crc32': '...' }`, to be given back on a GET. */
  readonly checksum: Readonly<Record<string, string>>;
}

const CHECKSUMS: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'x-amz-checksum-crc32': (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum.toString('base64');
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

/**
 * Takes the request's body out of its wrapping (`aws-chunked`, with or without signatures and trailers) and checks
 * what can be checked: length, MD5, CRC32, SHA-1, SHA-256. CRC32C and CRC64NVME are taken on trust.
 */
export function readUpload(body: Buffer, headers: Headers): Upload {
  const isChunked =
    headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true ||
    headers['content-encoding']?.includes('aws-chunked') === true;
  const { bytes, trailers } = isChunked ? unchunk(body) : { bytes: body, trailers: {} };
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== bytes.length) {
    throw new AwsError('IncompleteBody', `The request has ${bytes.length} bytes, not ${length}.`);
  }
  const wantedMd5 = headers['content-md5'];
  if (wantedMd5 && createHash('md5').update(bytes).digest('base64') !== wantedMd5) {
    throw new AwsError(
      'BadDigest',
      'The Content-MD5 you specified did not match what we received.',
    );
  }
  const checksum: Record<string, string> = {};
  for (const [name, sum] of Object.entries(CHECKSUMS)) {
    const wanted = trailers[name] ?? headers[name];
    if (wanted === undefined) continue;
    if (sum(bytes) !== wanted) {
      throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`);
    }
    checksum[name] = wanted;
  }
  return { bytes, checksum };
}

/** `5;chunk-signature=...\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n` */
function unchunk(body: Buffer): { bytes: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd === -1) throw new AwsError('IncompleteBody', 'The body ends within a chunk.');
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    at = lineEnd + 2;
    if (!(size > 0)) break;
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const lines = body.toString('latin1', at).split('\r\n').filter(Boolean);
  const trailers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { bytes: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}
