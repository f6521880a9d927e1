import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createClassifier } from '../classify/classify.ts';
import type { Watch } from '../ports.ts';
import type { WatchlistReader } from '../watch.ts';
import { ENGINE_VERSION, HEADER_BYTES, openWatchlist, versionIn } from '../watchlist/artifact.ts';

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
    read ??= readShipped(new URL(SHIPPED_ARTIFACT, folder));
    return read;
  };
  return {
    base: async () => `${ENGINE_VERSION}:${shippedVersion(new URL(SHIPPED_ARTIFACT, folder))}`,
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

/** In one piece: the asynchronous way reads pieces and copies them together, and a start has nothing else to do. */
async function readShipped(file: URL): Promise<Watch> {
  return watchOf(readFileSync(file));
}

/** Without reading the rest, which whoever has a watchlist of their own does not need. */
function shippedVersion(file: URL): string {
  const header = new Uint8Array(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header);
  closeSync(descriptor);
  return versionIn(header);
}

function watchOf(artifact: Uint8Array): Watch {
  const watchlist = openWatchlist(artifact);
  return { version: watchlist.version, classify: createClassifier(watchlist) };
}
