type Fields = Readonly<Record<string, unknown>>;

/** Writes one JSON line a fact; never article text, never a secret. */
export interface Log {
  info(message: string, fields?: Fields): void;
  error(message: string, error: unknown, fields?: Fields): void;
}

/** A log that writes through `write`, one line a call. */
export function jsonLog(write: (line: string) => void): Log {
  const line = (entry: Fields) => write(JSON.stringify(entry).replaceAll(UNSAFE, escaped));
  return {
    info: (message, fields = {}) => line({ level: 'info', message, ...fields }),
    error: (message, error, fields = {}) =>
      line({ level: 'error', message, ...fields, error: describeError(error) }),
  };
}

/**
 * JSON leaves these as they are, but a key may be made of them, and a terminal that shows the log would obey: DEL and C1
 * controls (U+009B begins an escape sequence), line and paragraph separators, marks that turn the direction of text.
 */
const UNSAFE = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** `JSON.stringify(error)` prints `{}`: this keeps the name, the message, the stack and the cause. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}
