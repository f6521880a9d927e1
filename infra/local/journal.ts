import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** An append-only file of JSON lines from which a service rebuilds its state. */
export interface Journal<Entry> {
  /** Returns once the entry is with the operating system: it survives `kill -9`, though not a power cut. */
  append(entry: Entry): void;
  close(): void;
}

/** Below this many lines, rewriting the file would cost more than reading it ever does. */
const MIN_LINES_BEFORE_COMPACTION = 5000;

/**
 * Opens a journal: hands every entry of the last run to `replay`, then keeps the file short by rewriting it from
 * `live()`, the fewest entries that tell the present state. A null `file` keeps nothing.
 */
export function openJournal<Entry>(
  file: string | null,
  replay: (entry: Entry) => void,
  live: () => Iterable<Entry>,
): Journal<Entry> {
  if (file === null) return { append: () => {}, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  for (const line of linesIn(file)) replay(JSON.parse(line) as Entry);

  let fd = -1;
  let lines = 0;
  let compactAt = 0;
  const compact = () => {
    const entries = [...live()].map((entry) => `${JSON.stringify(entry)}\n`);
    writeFileSync(`${file}.new`, entries.join(''));
    renameSync(`${file}.new`, file);
    if (fd !== -1) closeSync(fd);
    fd = openSync(file, 'a');
    lines = entries.length;
    compactAt = Math.max(MIN_LINES_BEFORE_COMPACTION, 2 * lines);
  };
  compact();

  return {
    append(entry) {
      // Before the write: the state may not hold this entry yet. Replaying one twice must be harmless.
      if (lines >= compactAt) compact();
      writeSync(fd, `${JSON.stringify(entry)}\n`);
      lines++;
    },
    close: () => closeSync(fd),
  };
}

/** The whole lines of a file; what a kill left of the last one was never acknowledged and is dropped. */
function linesIn(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).filter(Boolean);
}
