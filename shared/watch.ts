import { createHash } from 'node:crypto';
import type { Log } from './log.ts';
import type { Watch } from './ports.ts';

/** Where users keep their watchlist, and where its compiled form is cached. */
export interface WatchlistStore {
  /** `watchlist.yaml` as it is now; `same` when it is still the one with this tag; `none` when there is none. */
  read(tag: string | null): Promise<WatchlistSource | 'same' | 'none'>;
  /** Its earlier versions, newest first. */
  earlier(): AsyncIterable<WatchlistSource>;
  /** The compiled form of that name, or null. */
  artifact(name: string): Promise<Uint8Array | null>;
}

export interface WatchlistSource {
  readonly yaml: string;
  /** Changes whenever the text does. */
  readonly tag: string;
}

export interface WatchlistReader {
  /** Names the shipped watchlist and the engine: a compiled watchlist is good for these only. */
  base(): Promise<string>;
  /** The shipped watchlist. */
  shipped(): Promise<Watch>;
  open(artifact: Uint8Array): Watch;
  /** Compiles and runs the rules' own tests; a sentence a problem when it may not take effect. */
  compile(yaml: string): Promise<Watch | { readonly problems: readonly string[] }>;
}

/** A new watchlist is live within this time; asking more often would cost more than it is worth. */
const FRESH_MS = 60_000;
/** How far back a cold start looks for a watchlist that is good. */
const MAX_EARLIER = 10;

/**
 * Gives the watchlist in force: the user's if it is good, else the last good one, else the one that ships. A bad one
 * never takes effect; the log says so each time it is looked at.
 */
export function watchInForce(
  store: WatchlistStore,
  reader: WatchlistReader,
  log: Log,
  now: () => Date,
): () => Promise<Watch> {
  let inForce: Watch | null = null;
  let tag: string | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<Watch> | null = null;

  async function ask(): Promise<Watch> {
    const found = await store.read(tag);
    if (found === 'none') {
      tag = null;
      inForce = await reader.shipped();
    } else if (found !== 'same') {
      const read = await readSource(store, reader, found.yaml);
      if ('problems' in read) {
        log.error('watchlist invalid', new Error(read.problems.join('\n')), { tag: found.tag });
        inForce ??= await lastGood(store, reader, found.tag);
      } else inForce = read;
      tag = found.tag;
    }
    askedAt = now().getTime();
    return inForce as Watch;
  }

  return () => {
    if (inForce !== null && now().getTime() - askedAt < FRESH_MS) return Promise.resolve(inForce);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function lastGood(
  store: WatchlistStore,
  reader: WatchlistReader,
  badTag: string,
): Promise<Watch> {
  let looked = 0;
  for await (const { yaml, tag } of store.earlier()) {
    if (tag === badTag) continue;
    const read = await readSource(store, reader, yaml);
    if (!('problems' in read)) return read;
    looked += 1;
    if (looked >= MAX_EARLIER) break;
  }
  return reader.shipped();
}

async function readSource(store: WatchlistStore, reader: WatchlistReader, yaml: string) {
  const cached = await store.artifact(artifactName(yaml, await reader.base()));
  return cached === null ? reader.compile(yaml) : reader.open(cached);
}

/** Under which name the compiled form of a watchlist is cached beside it. */
export function artifactName(yaml: string, base: string): string {
  const sha = createHash('sha256').update(base).update('\0').update(yaml).digest('hex');
  return `compiled/${sha.slice(0, 32)}.bin`;
}
