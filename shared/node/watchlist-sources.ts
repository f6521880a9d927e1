import { readdir, readFile } from 'node:fs/promises';
import type { Source } from '../watchlist/read-watchlist.ts';

/** The files of the shipped watchlist in a folder, in the order of their names. */
export async function shippedSourcesIn(folder: URL): Promise<Source[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `default/${name}`,
      text: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}
