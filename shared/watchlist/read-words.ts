import type { Report } from './problem.ts';
import { entriesOf, readList, readText, reportChoice } from './reader.ts';
import type { WordEntry, WordList } from './source.ts';
import { LANGUAGES, type Language, WORD_CLASSES, type WordClass } from './word.ts';
import type { Tree } from './yaml-tree.ts';

/** The classes of a language's words, and what does not count among them. */
export const LIST_KEYS = [...WORD_CLASSES, 'block', 'block_phrase'];

/** Reads a word list: a map of languages, each a map of classes or a bare list of exact words. */
export function readWordList(tree: Tree, what: string, report: Report): WordList {
  const list = {
    entries: [] as WordEntry[],
    block: [] as WordEntry[],
    blockPhrases: [] as WordEntry[],
    includes: [] as WordList['includes'][number][],
  };
  if (tree.kind === 'scalar') {
    const name = readText(tree, what, report);
    if (name !== undefined) list.includes.push({ name, at: tree.at });
    return list;
  }
  for (const { key, at, value } of entriesOf(tree, what, report)) {
    if (key === 'include') {
      for (const item of readList(value, 'include', report)) {
        const name = readText(item, 'a concept', report);
        if (name !== undefined) list.includes.push({ name, at: item.at });
      }
    } else if (!(key in LANGUAGES)) {
      reportChoice(
        at,
        `a language of ${what}`,
        key,
        [...Object.keys(LANGUAGES), 'include'],
        report,
      );
    } else readLanguage(value, key as Language, what, list, report);
  }
  return list;
}

function readLanguage(
  tree: Tree,
  language: Language,
  what: string,
  list: { entries: WordEntry[]; block: WordEntry[]; blockPhrases: WordEntry[] },
  report: Report,
): void {
  if (tree.kind !== 'map') {
    list.entries.push(...readEntries(tree, 'exact', language, report));
    return;
  }
  for (const { key, at, value } of tree.entries) {
    if (key === 'block') list.block.push(...readEntries(value, 'exact', language, report));
    else if (key === 'block_phrase') {
      list.blockPhrases.push(...readEntries(value, 'phrase', language, report));
    } else if ((WORD_CLASSES as readonly string[]).includes(key)) {
      list.entries.push(...readEntries(value, key as WordClass, language, report));
    } else reportChoice(at, `a class of ${what}`, key, LIST_KEYS, report);
  }
}

/** Reads a list of entries that share a class and a language. */
export function readEntries(
  tree: Tree | undefined,
  cls: WordClass,
  language: Language,
  report: Report,
): WordEntry[] {
  return readList(tree, 'a list of words', report).flatMap((item) => {
    const text = readText(item, 'a word', report);
    return text === undefined ? [] : [{ text, cls, language, at: item.at }];
  });
}

/** Joins two lists of one name. */
export function joinWordLists(a: WordList, b: WordList): WordList {
  return {
    entries: [...a.entries, ...b.entries],
    block: [...a.block, ...b.block],
    blockPhrases: [...a.blockPhrases, ...b.blockPhrases],
    includes: [...a.includes, ...b.includes],
  };
}
