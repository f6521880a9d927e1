import type { Writable } from 'node:stream';

/** Where a command writes; tests give their own. */
export interface Io {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** The command was called wrongly; the message says what it wants. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
