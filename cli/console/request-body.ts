import type { IncomingMessage } from 'node:http';

/** The whole body; null when it is larger than `maxBytes`, and then the rest is not read. */
export async function bodyOf(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
