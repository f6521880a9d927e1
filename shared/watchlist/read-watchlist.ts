import type { Place, Problem, Report } from './problem.ts';
import { readActors } from './read-actors.ts';
import { type PackInclude, readGrammar, readStatus } from './read-packs.ts';
import { readRules } from './read-rules.ts';
import { joinWordLists, readWordList } from './read-words.ts';
import { entriesOf, readFlag, readList, readMap, readText } from './reader.ts';
import type { ActorSource, CueSource, RuleSource, WatchlistSource, WordList } from './source.ts';
import { readTree, type Tree } from './yaml-tree.ts';

/** One file of a watchlist. The shipped ones are named `default/...`. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** The sections of a file. */
export const SECTIONS = [
  'include',
  'disable',
  'pack',
  'actors',
  'lexicon',
  'grammar',
  'status',
  'rules',
] as const;

type Sections = { readonly [key in (typeof SECTIONS)[number]]?: Tree };

/** The start of the names of the shipped sources. */
const SHIPPED = 'default/';

/**
 * Reads and joins the sources. Shipped language packs are always in; the other shipped files when there is no file but them,
 * or when one says `include: [default]`. Rules of a later file replace those of the same id; everything else is merged.
 */
export function readWatchlist(sources: readonly Source[]): {
  watchlist: WatchlistSource;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const report: Report = (at, message, hint) => problems.push({ ...at, message, hint });
  const files = sources.map(({ name, text }) => {
    const { tree, problems: found } = readTree(name, text);
    problems.push(...found);
    return { name, sections: readMap(tree, SECTIONS, 'a watchlist', report) as Sections };
  });
  const own = files.filter(({ name }) => !name.startsWith(SHIPPED));
  const wanted = own.length === 0 || own.some(({ sections }) => includesDefault(sections, report));
  const used = files.filter(
    ({ name, sections }) => wanted || !name.startsWith(SHIPPED) || isPack(sections, report),
  );
  const watchlist = join(
    used.map(({ sections }) => sections),
    report,
  );
  return { watchlist, problems };
}

function includesDefault(sections: Sections, report: Report): boolean {
  const names = readList(sections.include, 'include', report);
  for (const item of names) {
    if (readText(item, 'include', report) !== 'default') {
      report(item.at, 'only the default watchlist can be included', 'include: [default]');
    }
  }
  return names.length > 0;
}

function isPack(sections: Sections, report: Report): boolean {
  return readFlag(sections.pack, 'pack', report);
}

function join(files: readonly Sections[], report: Report): WatchlistSource {
  const actors = new Map<string, ActorSource>();
  const rules = new Map<string, RuleSource>();
  const lexicon = new Map<string, { at: Place; list: WordList }>();
  const grammar = new Map<string, WordList>();
  const packs = new Map<string, readonly (CueSource | PackInclude)[]>();
  for (const sections of files) {
    for (const actor of sections.actors === undefined ? [] : readActors(sections.actors, report)) {
      actors.set(actor.id, joinActors(actors.get(actor.id), actor));
    }
    for (const { key, at, value } of sectionEntries(sections.lexicon, report)) {
      if (!/^[\w.-]+$/.test(key))
        report(at, `'${key}' is no name`, 'letters, digits, dots, dashes');
      const list = readWordList(value, key, report);
      const known = lexicon.get(key);
      lexicon.set(
        key,
        known ? { at: known.at, list: joinWordLists(known.list, list) } : { at, list },
      );
    }
    for (const [name, list] of sections.grammar ? readGrammar(sections.grammar, report) : []) {
      const known = grammar.get(name);
      grammar.set(name, known ? joinWordLists(known, list) : list);
    }
    for (const [name, cues] of sections.status ? readStatus(sections.status, report) : []) {
      packs.set(name, [...(packs.get(name) ?? []), ...cues]);
    }
    readFileRules(sections, rules, report);
  }
  const status = new Map([...packs.keys()].map((name) => [name, cuesOf(packs, name, report)]));
  return { actors: [...actors.values()], lexicon, grammar, status, rules: [...rules.values()] };
}

/** The cues of a pack and of those that it includes. The depth stops packs that include each other. */
function cuesOf(
  packs: ReadonlyMap<string, readonly (CueSource | PackInclude)[]>,
  name: string,
  report: Report,
  depth = 0,
): CueSource[] {
  return (packs.get(name) ?? []).flatMap((cue) => {
    if (!('include' in cue)) return [cue];
    if (packs.has(cue.include) && depth < 4) return cuesOf(packs, cue.include, report, depth + 1);
    report(
      cue.at,
      `there is no status pack '${cue.include}'`,
      `use ${[...packs.keys()].join(', ')}`,
    );
    return [];
  });
}

function readFileRules(sections: Sections, rules: Map<string, RuleSource>, report: Report): void {
  const seen = new Set<string>();
  for (const rule of sections.rules === undefined ? [] : readRules(sections.rules, report)) {
    if (seen.has(rule.id)) {
      report(
        rule.at,
        `a second rule '${rule.id}' in this file`,
        'give it an id of its own, and the same topic',
      );
    }
    seen.add(rule.id);
    rules.set(rule.id, rule);
  }
  for (const item of readList(sections.disable, 'disable', report)) {
    const id = readText(item, 'a rule', report) ?? '';
    if (!rules.delete(id))
      report(item.at, `no rule '${id}' to disable`, 'name a rule of the default');
  }
}

function sectionEntries(tree: Tree | undefined, report: Report) {
  return tree === undefined ? [] : entriesOf(tree, 'lexicon', report);
}

function joinActors(a: ActorSource | undefined, b: ActorSource): ActorSource {
  if (a === undefined) return b;
  return {
    ...a,
    kind: b.kind === 'person' ? a.kind : b.kind,
    of: b.of ?? a.of,
    country: b.country ?? a.country,
    codes: { ...a.codes, ...b.codes },
    names: [...a.names, ...b.names],
    adjectives: [...a.adjectives, ...b.adjectives],
    people: [...a.people, ...b.people],
    weak: [...a.weak, ...b.weak],
    block: [...a.block, ...b.block],
  };
}
