import { type WatchlistStore, yamlText } from '../../shared/watch.ts';
import { openWatchlist, type RuleMeta, type Watchlist } from '../../shared/watchlist/artifact.ts';
import type { About, Named } from './api.ts';
import type { Compiler } from './compiler.ts';

export interface InForce {
  /** Names the person's own watchlist; null when there is none. */
  readonly tag: string | null;
  readonly watchlist: Watchlist;
  /** The person's own has mistakes: what ships stands in for it here. */
  readonly isBroken: boolean;
}

/**
 * The watchlist by which a stack classifies today, compiled again only when it changed. Its rules' tests are not run: a
 * stack takes only those that passed them.
 */
export function watchlistInForce(
  store: WatchlistStore,
  { compile }: Pick<Compiler, 'compile'>,
): () => Promise<InForce> {
  let held: InForce | null = null;

  async function ask(): Promise<InForce> {
    const found = await store.read(held?.tag ?? null);
    if (found === 'same' && held !== null) return held;
    const own = typeof found === 'object' ? found : null;
    if (held !== null && held.tag === (own?.tag ?? null)) return held;
    const text = own !== null && 'yaml' in own ? yamlText(own.yaml) : null;
    const mine = text === null ? null : await opened(text);
    const watchlist = mine ?? (await opened(null));
    if (watchlist === null) throw new Error('the watchlist that ships does not compile');
    return { tag: own?.tag ?? null, watchlist, isBroken: own !== null && mine === null };
  }

  async function opened(yaml: string | null): Promise<Watchlist | null> {
    const compiled = await compile(yaml, false);
    return compiled.kind === 'compiled' ? openWatchlist(compiled.artifact) : null;
  }

  let asking: Promise<InForce> | null = null;
  return () => {
    // Compiling takes a second: several that ask at once share it.
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking.then((inForce) => {
      held = inForce;
      return inForce;
    });
  };
}

const SEVERITIES = ['low', 'notice', 'high', 'critical'] as const;

/** Topics and actors as people call them. */
export function namesIn(watchlist: Watchlist): Pick<About, 'topics' | 'actors'> {
  const topics = new Map<string, About['topics'][number]>();
  for (let i = 0; i < watchlist.ruleCount; i++) {
    const rule = watchlist.rule(i);
    const { topic: id, severity } = rule;
    const other = topics.get(id);
    const isHigher =
      other === undefined || SEVERITIES.indexOf(other.severity) < SEVERITIES.indexOf(severity);
    topics.set(id, {
      id,
      // Called by the rule of its own name, if there is one: the others say what is special about theirs.
      title: other === undefined || rule.id === id ? nameOf(rule) : other.title,
      severity: isHigher ? severity : other.severity,
    });
  }
  const labels = watchlist.actorLabels();
  const actors = watchlist.meta.actors.map(
    ({ id }, i) => [id, named(labels[i] ?? {}, id)] as const,
  );
  return { topics: [...topics.values()], actors: Object.fromEntries(actors) };
}

/** A rule's title. */
export function nameOf({ title, id }: Pick<RuleMeta, 'title' | 'id'>): Named {
  return named(title, id);
}

function named(label: Readonly<Record<string, string>>, id: string): Named {
  const any = label['en'] ?? label['any'] ?? Object.values(label)[0] ?? id;
  return { en: any, ar: label['ar'] ?? any };
}
