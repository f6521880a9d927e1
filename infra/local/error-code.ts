/** The code of an error of Node's, such as `ENOENT`; null for any other value. */
export function errorCode(error: unknown): string | null {
  // Not by `instanceof`: under jest, Node's own errors are of another realm.
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
