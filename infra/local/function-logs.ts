import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One line that a function wrote, or the host about it. */
export interface LogLine {
  /** The function's name. */
  readonly fn: string;
  readonly line: string;
}

/** Writes lines to `<dir>/<function>.log`, if there is a folder, and hands them on. */
export function functionLogs(
  dir: string | null,
  onLog: (entry: LogLine) => void,
): (fn: string, line: string) => void {
  if (dir !== null) mkdirSync(dir, { recursive: true });
  return (fn, line) => {
    if (dir !== null) {
      const file = join(dir, `${fn.replace(/[^\w.-]/g, '-')}.log`);
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
    }
    onLog({ fn, line });
  };
}
