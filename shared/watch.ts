import { createHash } from 'node:crypto';
import type { Log } from './log.ts';
import type { Meter } from './metrics.ts';
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

/** A text to compile, in UTF-8, or why it is none. */
export type WatchlistSource = {
  /** Changes whenever the text does. */
  readonly tag: string;
} & ({ readonly yaml: Uint8Array } | { readonly problem: string });

export interface WatchlistReader {
  /** Names the shipped watchlist and the engine: a compiled watchlist is good for these only. */
  base(): Promise<string>;
  /** The shipped watchlist. */
  shipped(): Promise<Watch>;
  /** null for bytes that are damaged or were made for another engine: they are a cache, the text is the truth. */
  open(artifact: Uint8Array): Watch | null;
  /** Compiles and runs the rules' own tests; a sentence a problem when it may not take effect. */
  compile(yaml: string): Promise<Watch | { readonly problems: readonly string[] }>;
}

export interface WatchPorts {
  readonly store: WatchlistStore;
  readonly reader: WatchlistReader;
  readonly log: Log;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** A new watchlist is live within this time; asking more often would cost more than it is worth. */
const FRESH_MS = 60_000;
/** How far back a cold start looks for a watchlist that is good. */
const MAX_EARLIER = 10;

/** What was found when the store was last asked. */
interface Standing {
  readonly tag: string | null;
  readonly watch: Watch;
  /** Why the watchlist of that tag is not the one in force. */
  readonly problems: readonly string[];
}

/**
 * Gives the watchlist in force: the user's if it is good, else the last good one, else the one that ships. A bad one
 * never takes effect; log and metrics say so each time it is looked at, until it is mended.
 */
export function watchInForce(ports: WatchPorts): () => Promise<Watch> {
  let standing: Standing | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<Watch> | null = null;

  async function ask(): Promise<Watch> {
    standing = await look(ports, standing);
    askedAt = ports.now().getTime();
    const { tag, watch, problems } = standing;
    if (problems.length > 0) {
      ports.meter.add('WatchlistInvalid');
      const error = new Error(problems.join('\n'));
      ports.log.error('watchlist invalid', error, { tag, inForce: watch.version });
    }
    return watch;
  }

  return () => {
    if (standing !== null && ports.now().getTime() - askedAt < FRESH_MS)
      return Promise.resolve(standing.watch);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function look({ store, reader }: WatchPorts, before: Standing | null): Promise<Standing> {
  const found = await store.read(before?.tag ?? null);
  if (found === 'same' && before !== null) return before;
  if (typeof found === 'string')
    return before !== null && before.tag === null
      ? before
      : { tag: null, watch: await reader.shipped(), problems: [] };
  const { tag } = found;
  const read = await readSource(store, reader, found);
  if (!('problems' in read)) return { tag, watch: read, problems: [] };
  const watch = before?.watch ?? (await lastGood(store, reader, tag));
  return { tag, watch, problems: read.problems };
}

async function lastGood(
  store: WatchlistStore,
  reader: WatchlistReader,
  badTag: string,
): Promise<Watch> {
  let looked = 0;
  for await (const source of store.earlier()) {
    if (source.tag === badTag) continue;
    const read = await readSource(store, reader, source);
    if (!('problems' in read)) return read;
    looked += 1;
    if (looked >= MAX_EARLIER) break;
  }
  return reader.shipped();
}

async function readSource(
  store: WatchlistStore,
  reader: WatchlistReader,
  source: WatchlistSource,
): Promise<Watch | { readonly problems: readonly string[] }> {
  if ('problem' in source) return { problems: [source.problem] };
  const { yaml } = source;
  const cached = await store.artifact(artifactName(yaml, await reader.base()));
  // Made into a text only where somebody reads it: mostly its name is all that is wanted.
  return (cached === null ? null : reader.open(cached)) ?? reader.compile(yamlText(yaml));
}

/** A watchlist's text out of its bytes. */
export function yamlText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}

/** Under which name the compiled form of a watchlist is cached beside it. @param yaml its text, or that in UTF-8. */
export function artifactName(yaml: string | Uint8Array, base: string): string {
  const sha = createHash('sha256').update(base).update('\0').update(yaml).digest('hex');
  return `compiled/${sha.slice(0, 32)}.bin`;
}
