import { useEffect, useReducer } from 'preact/hooks';
import { type Fate, MAX_UPLOAD } from '../api.ts';
import { ask } from './connection.ts';
import { hearLive } from './live.ts';

/** A file on its way, as far as it is. */
export interface DroppedFile extends NamedFile {
  readonly ticket: string;
  readonly step: 'uploading' | 'uploaded' | 'error';
  /** null until the stream tells of it. */
  readonly fate: Fate | null;
  readonly error: Error | 'too-large' | null;
}

/** A file and the name it is kept under: its path, when a folder was dropped. */
export interface NamedFile {
  readonly name: string;
  readonly file: File;
}

/** Files that are uploaded at once. */
const LANES = 4;

let files: readonly DroppedFile[] = [];
const queue: DroppedFile[] = [];
const watchers = new Set<() => void>();
let running = 0;
let isHearing = false;

function change(ticket: string, part: Partial<DroppedFile>): void {
  files = files.map((file) => (file.ticket === ticket ? { ...file, ...part } : file));
  for (const watch of watchers) watch();
}

/** Files that were dropped on this page; they go on while another view is open. */
export const droppings = {
  add(dropped: readonly NamedFile[]): void {
    if (!isHearing)
      hearLive((heard) => heard.kind === 'fate' && change(heard.ticket, { fate: heard.fate }));
    isHearing = true;
    for (const { name, file } of dropped) {
      const ticket = crypto.randomUUID();
      // The server would break the connection, and the browser could not say why.
      const isTooLarge = file.size > MAX_UPLOAD;
      const step = isTooLarge ? 'error' : 'uploading';
      const error = isTooLarge ? 'too-large' : null;
      const dropping: DroppedFile = { ticket, name, file, step, fate: null, error };
      files = [...files, dropping];
      if (!isTooLarge) queue.push(dropping);
    }
    for (const watch of watchers) watch();
    start();
  },
  /** Uploads a file again that could not be. */
  again(ticket: string): void {
    change(ticket, { step: 'uploading', error: null });
    queue.push(...files.filter((file) => file.ticket === ticket));
    start();
  },
};

/** The files, newest first; the part of the page that asks is drawn again with every step. */
export function useDroppings(): readonly DroppedFile[] {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const watch = () => redraw(undefined);
    watchers.add(watch);
    return () => {
      watchers.delete(watch);
    };
  }, []);
  return files.toReversed();
}

function start(): void {
  while (running < LANES && queue.length > 0) void lane();
}

async function lane(): Promise<void> {
  running += 1;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { ticket, name, file } = next;
    try {
      await ask('upload', { name, ticket }, { method: 'POST', body: file });
      change(ticket, { step: 'uploaded' });
    } catch (error) {
      change(ticket, { step: 'error', error: error as Error });
    }
  }
  running -= 1;
}
