import { KINDS, type Kind } from './item.ts';
import type { Report } from './problem.ts';
import { readEntries } from './read-words.ts';
import { entriesOf, readChoice, readList, readMap, readText } from './reader.ts';
import type { ActorSource, WordEntry } from './source.ts';
import { LANGUAGES, type Language } from './word.ts';
import type { Tree } from './yaml-tree.ts';

const LANGUAGE_KEYS = Object.keys(LANGUAGES) as Language[];
/** The keys of an actor. */
export const ACTOR_KEYS = ['id', 'kind', 'of', 'country', 'codes', 'sector', 'wikidata'] as const;
/** The keys of an actor's language. */
export const ACTOR_NAME_KEYS = [
  'names',
  'acronyms',
  'adjectives',
  'people',
  'weak',
  'block',
  'block_phrase',
] as const;

/** Reads the `actors` section. */
export function readActors(tree: Tree, report: Report): ActorSource[] {
  return readList(tree, 'actors', report).flatMap((item) => {
    const actor = readActor(item, report);
    return actor === null ? [] : [actor];
  });
}

type Words = Record<'names' | 'adjectives' | 'people' | 'weak' | 'block', WordEntry[]>;

function readActor(tree: Tree, report: Report): ActorSource | null {
  const map = readMap(tree, [...ACTOR_KEYS, ...LANGUAGE_KEYS], 'an actor', report);
  const id = readText(map.id, 'id', report);
  if (id === undefined || !/^[a-z0-9][a-z0-9_.-]*$/.test(id)) {
    report(tree.at, 'an actor needs an id', 'small letters, digits and dashes: id: haftar');
    return null;
  }
  const words: Words = { names: [], adjectives: [], people: [], weak: [], block: [] };
  for (const language of LANGUAGE_KEYS) {
    const part = map[language];
    if (part !== undefined) readNames(part, language, words, report);
  }
  const country = readText(map.country, 'country', report) ?? null;
  if (country !== null && !/^[A-Z][A-Z0-9]{1,7}$/.test(country)) {
    report(
      map.country?.at ?? tree.at,
      `'${country}' is no country code`,
      'ISO 3166 alpha-3 (LBY), or a short code of an alliance (NATO)',
    );
  }
  return {
    id,
    at: tree.at,
    kind: readChoice(map.kind, 'kind', Object.keys(KINDS) as Kind[], report) ?? 'person',
    of: readText(map.of, 'of', report) ?? null,
    country,
    codes: readCodes(map, report),
    names: words.names,
    adjectives: words.adjectives,
    people: words.people,
    weak: words.weak,
    block: words.block,
  };
}

function readCodes(map: { codes?: Tree; sector?: Tree; wikidata?: Tree }, report: Report) {
  const codes: Record<string, string> = {};
  for (const { key, value } of map.codes === undefined
    ? []
    : entriesOf(map.codes, 'codes', report)) {
    codes[key] = readText(value, key, report) ?? '';
  }
  for (const key of ['sector', 'wikidata'] as const) {
    const text = readText(map[key], key, report);
    if (text !== undefined && text !== '') codes[key] = text;
  }
  return codes;
}

/** Names are spelled alike in all languages of a script: Haftar in French as in English. */
function readNames(tree: Tree, language: Language, words: Words, report: Report): void {
  const map = readMap(tree, ACTOR_NAME_KEYS, `an actor's ${language}`, report);
  const latin = language === 'en' || language === 'fr';
  const put = (key: keyof Words, entries: WordEntry[]) => words[key].push(...entries);
  put('names', readEntries(map.names, 'name', latin ? 'any' : language, report));
  put('names', readEntries(map.acronyms, 'acronym', latin ? 'any' : language, report));
  put('adjectives', readEntries(map.adjectives, 'nisba', latin ? 'any' : language, report));
  put('people', readEntries(map.people, 'noun', latin ? 'any' : language, report));
  put('weak', readEntries(map.weak, 'name', latin ? 'any' : language, report));
  put('block', readEntries(map.block, 'exact', latin ? 'any' : language, report));
  put('block', readEntries(map.block_phrase, 'phrase', latin ? 'any' : language, report));
}
