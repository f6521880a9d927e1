import { useEffect, useReducer } from 'preact/hooks';
import type { Dropping, Fate } from '../api.ts';
import { ask } from './connection.ts';

/** A file on its way, as far as it is. */
export interface DroppedFile {
  readonly number: number;
  readonly name: string;
  readonly step: 'uploading' | 'uploaded' | 'slow' | 'done' | 'error';
  readonly fate: Fate | null;
  readonly error: string | null;
}

/** How often a file's fate is asked for: it is told within a second. */
const LOOK_MS = 250;
/** After this the pipeline is busy, and the feed will tell. */
const PATIENCE_MS = 120_000;
/** Files that are uploaded at once. */
const LANES = 4;

let files: readonly DroppedFile[] = [];
const queue: { number: number; file: File }[] = [];
const watchers = new Set<() => void>();
let running = 0;

function change(number: number, part: Partial<DroppedFile>): void {
  files = files.map((file) => (file.number === number ? { ...file, ...part } : file));
  for (const watch of watchers) watch();
}

/** Files that were dropped on this page; they go on while another view is open. */
export const droppings = {
  add(dropped: readonly File[]): void {
    for (const file of dropped) {
      const number = files.length;
      files = [...files, { number, name: file.name, step: 'uploading', fate: null, error: null }];
      queue.push({ number, file });
    }
    for (const watch of watchers) watch();
    while (running < LANES && queue.length > 0) void lane();
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

async function lane(): Promise<void> {
  running += 1;
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    await follow(next.number, next.file);
  running -= 1;
}

async function follow(number: number, file: File): Promise<void> {
  try {
    const { key, versionId } = await ask<Dropping>(
      'upload',
      { name: file.name },
      { method: 'POST', body: file },
    );
    change(number, { step: 'uploaded' });
    const params: Record<string, string> = { key };
    if (versionId !== null) params['version'] = versionId;
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const fate = await ask<Fate>('fate', params);
      change(number, { fate, step: fate.isSettled ? 'done' : 'uploaded' });
      if (fate.isSettled) return;
      await new Promise((wake) => setTimeout(wake, LOOK_MS));
    }
    change(number, { step: 'slow' });
  } catch (error) {
    change(number, { step: 'error', error: (error as Error).message });
  }
}
