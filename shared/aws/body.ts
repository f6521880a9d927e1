/** Lets go of a body that is not read: unread, it would hold its connection for ever. */
export async function discard(body: unknown): Promise<void> {
  if (body instanceof ReadableStream) await body.cancel();
  else if (body && typeof body === 'object' && 'destroy' in body)
    (body as { destroy(): void }).destroy();
}
