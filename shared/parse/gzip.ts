import { gunzipSync } from 'node:zlib';
import { GUNZIP_BYTES } from './bounds.ts';
import { Refusal } from './refusal.ts';

/** Unpacks a gzip up to the bound; what would grow beyond it stops there. */
export function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: GUNZIP_BYTES });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Refusal(
        'too-large',
        `Unpacked it would be more than ${GUNZIP_BYTES / 1024 / 1024} MB.`,
      );
    }
    if (code?.startsWith('Z_') === true)
      throw new Refusal('malformed', 'The gzip is damaged or cut off.');
    throw error;
  }
}
