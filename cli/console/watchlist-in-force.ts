import type { WatchlistStore } from '../../shared/watch.ts';
import { openWatchlist, type Watchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { sourcesOf } from '../watchlist-files.ts';
import type { About } from './api.ts';

export interface InForce {
  readonly tag: string | null;
  readonly watchlist: Watchlist;
}

/**
 * The watchlist by which a stack classifies today, compiled again only when it changed. Its rules' tests are not run: a
 * stack takes only those that passed them.
 */
export function watchlistInForce(store: WatchlistStore): () => Promise<InForce> {
  let held: InForce | null = null;
  return async () => {
    const found = await store.read(held?.tag ?? null);
    if (found === 'same' && held !== null) return held;
    const yaml = typeof found === 'object' && 'yaml' in found ? found.yaml : null;
    const tag = typeof found === 'object' ? found.tag : null;
    if (held !== null && held.tag === tag) return held;
    const shipped = await sourcesOf([]);
    const own = yaml === null ? [] : [{ name: 'watchlist.yaml', text: yaml }];
    // A bad one never took effect: what ships is in force, or an earlier one that names nothing else.
    const compiled = [compileOf([...shipped, ...own]), compileOf(shipped)].find(Boolean);
    if (!compiled) throw new Error('the watchlist that ships does not compile');
    held = { tag, watchlist: compiled };
    return held;
  };
}

function compileOf(sources: Parameters<typeof compileWatchlist>[0]): Watchlist | null {
  const compiled = compileWatchlist(sources, { tests: false });
  return compiled.kind === 'compiled' ? openWatchlist(compiled.artifact) : null;
}

const SEVERITIES = ['low', 'notice', 'high', 'critical'] as const;

/** Topics and actors as people call them. */
export function namesIn(watchlist: Watchlist): Pick<About, 'topics' | 'actors'> {
  const topics = new Map<string, About['topics'][number]>();
  for (let i = 0; i < watchlist.ruleCount; i++) {
    const { topic: id, title, severity } = watchlist.rule(i);
    const other = topics.get(id);
    const name = { en: title['en'] ?? id, ar: title['ar'] ?? title['en'] ?? id };
    if (other === undefined || SEVERITIES.indexOf(other.severity) < SEVERITIES.indexOf(severity))
      topics.set(id, { id, title: other?.title ?? name, severity });
  }
  const actors = watchlist.meta.actors.map(({ id, label }) => {
    const any = label['en'] ?? label['any'] ?? Object.values(label)[0] ?? id;
    return [id, { en: any, ar: label['ar'] ?? any }] as const;
  });
  return { topics: [...topics.values()], actors: Object.fromEntries(actors) };
}
