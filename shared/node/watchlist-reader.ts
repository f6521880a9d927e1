import { readFile } from 'node:fs/promises';
import { createClassifier } from '../classify/classify.ts';
import type { Watch } from '../ports.ts';
import type { WatchlistReader } from '../watch.ts';
import { ENGINE_VERSION, openWatchlist } from '../watchlist/artifact.ts';

/** Files of the shipped watchlist inside a bundle's folder; `infra/build.ts` writes them. */
export const SHIPPED_ARTIFACT = 'watchlist.bin';
export const SHIPPED_SOURCES = 'watchlist.json';

/**
 * Reads watchlists: the shipped one from the files beside the bundle, a compiled one from its bytes, a bare YAML by
 * compiling it, which is rare and so loaded only then.
 * @param folder URL of the folder with the shipped files, ending in a slash.
 */
export function watchlistReader(folder: URL): WatchlistReader {
  let read: Promise<Watch> | null = null;
  const shipped = () => {
    read ??= readFile(new URL(SHIPPED_ARTIFACT, folder)).then(watchOf);
    return read;
  };
  return {
    base: async () => `${ENGINE_VERSION}:${(await shipped()).version}`,
    shipped,
    open(artifact) {
      try {
        return watchOf(artifact);
      } catch (error) {
        if (error instanceof Error) return null;
        throw error;
      }
    },
    async compile(yaml) {
      const { compileWatchlist } = await import('../watchlist/compile.ts');
      const shipped: { name: string; text: string }[] = JSON.parse(
        await readFile(new URL(SHIPPED_SOURCES, folder), 'utf8'),
      );
      const compiled = compileWatchlist([...shipped, { name: 'watchlist.yaml', text: yaml }]);
      if (compiled.kind === 'compiled') return watchOf(compiled.artifact);
      return {
        problems: compiled.problems.map(
          ({ file, line, column, message, hint }) =>
            `${file}:${line}:${column} ${message}${hint ? ` (${hint})` : ''}`,
        ),
      };
    },
  };
}

function watchOf(artifact: Uint8Array): Watch {
  const watchlist = openWatchlist(artifact);
  return { version: watchlist.version, classify: createClassifier(watchlist) };
}
