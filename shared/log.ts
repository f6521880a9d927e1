type Fields = Readonly<Record<string, unknown>>;

/** Writes one JSON line a fact; never article text, never a secret. */
export interface Log {
  info(message: string, fields?: Fields): void;
  error(message: string, error: unknown, fields?: Fields): void;
}

/** A log that writes through `write`, one line a call. */
export function jsonLog(write: (line: string) => void): Log {
  return {
    info: (message, fields = {}) => write(JSON.stringify({ level: 'info', message, ...fields })),
    error: (message, error, fields = {}) =>
      write(JSON.stringify({ level: 'error', message, ...fields, error: describeError(error) })),
  };
}

/** `JSON.stringify(error)` prints `{}`: this keeps the name, the message, the stack and the cause. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}
