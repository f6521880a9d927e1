import { watch } from 'chokidar';
import { type InboxFile, keyBelow } from './files.ts';

/** Hands every file of the folder to `take`: those that are there, and each that comes or changes, once it is whole. */
export async function watchFolder(
  folder: string,
  take: (file: InboxFile) => Promise<void>,
): Promise<{ readonly isEmpty: boolean; stop(): Promise<void> }> {
  let seen = 0;
  const taking = new Set<Promise<void>>();
  let failed: unknown = null;
  const watcher = watch(folder, {
    // A copy in progress grows: wait until it has kept its size for a moment.
    awaitWriteFinish: { stabilityThreshold: 300, pollInterval: 100 },
  });
  const add = (path: string) => {
    seen += 1;
    const task = take({ path, key: keyBelow(folder, path) }).catch((error: unknown) => {
      failed ??= error;
    });
    taking.add(task);
    void task.finally(() => taking.delete(task));
  };
  watcher.on('add', add).on('change', add);
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  await Promise.all(taking);
  return {
    isEmpty: seen === 0,
    async stop() {
      await watcher.close();
      await Promise.all(taking);
      if (failed !== null) throw failed;
    },
  };
}
