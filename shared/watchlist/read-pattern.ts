import { type Item, readItem } from './item.ts';
import type { Report } from './problem.ts';
import { readChoice, readList, readMap, readNumber, readText } from './reader.ts';
import { type Pattern, SCOPES, type Scope } from './source.ts';
import type { Tree } from './yaml-tree.ts';

/** The keys of a pattern. */
export const PATTERN_KEYS = [
  'seq',
  'near',
  'within',
  'all',
  'any',
  'none',
  'atleast',
  'of',
  'scope',
] as const;

/** The widest window, in words: wider ones join what has nothing to do with each other. */
export const MAX_WINDOW = 15;
const DEFAULT_WINDOW = 12;
/** More items than any rule needs; it bounds the work for one window. */
const MAX_ITEMS = 12;

/** Reads a pattern: an item, or a map; null when it was reported. */
export function readPattern(tree: Tree, report: Report, scope: Scope = 'sentence'): Pattern | null {
  if (tree.kind === 'scalar') return items('near', [tree], tree, DEFAULT_WINDOW, scope, report);
  const map = readMap(tree, PATTERN_KEYS, 'a pattern', report);
  const inner = readChoice(map.scope, 'scope', SCOPES, report) ?? scope;
  const within = readNumber(map.within, 'within', [1, MAX_WINDOW], report) ?? DEFAULT_WINDOW;
  const parts: (Pattern | null)[] = [];
  for (const op of ['seq', 'near'] as const) {
    const list = map[op];
    if (list !== undefined) {
      parts.push(items(op, readList(list, op, report), list, within, inner, report));
    }
  }
  for (const op of ['all', 'any', 'none'] as const) {
    const list = map[op];
    if (list !== undefined) parts.push(combined(op, list, 1, inner, report));
  }
  if (map.atleast !== undefined) {
    const count = readNumber(map.atleast, 'atleast', [1, 100], report) ?? 1;
    if (map.of === undefined) report(map.atleast.at, 'atleast needs of', 'of: [a, b, c]');
    else parts.push(combined('atleast', map.of, count, inner, report));
  }
  const found = parts.filter((part) => part !== null);
  if (found.length === 0) {
    if (parts.length === 0)
      report(tree.at, 'an empty pattern', 'write seq, near, all, any or atleast');
    return null;
  }
  if (found.length === 1) return found[0] ?? null;
  return { op: 'all', at: tree.at, scope: inner, count: 0, parts: found };
}

function items(
  op: 'seq' | 'near',
  list: readonly Tree[],
  tree: Tree,
  within: number,
  scope: Scope,
  report: Report,
): Pattern | null {
  const read: Item[] = [];
  for (const item of list) {
    const text = readText(item, 'an item', report);
    const one = text === undefined ? null : readItem(text, item.at, report);
    if (one === null) return null;
    read.push(one);
  }
  if (read.length > MAX_ITEMS) {
    report(tree.at, `more than ${MAX_ITEMS} items`, 'split it into several patterns');
    return null;
  }
  const positive = read.some((i) => i.kind === 'words' && !i.negated && !i.optional);
  if (!positive) {
    report(
      tree.at,
      `this ${op} has no word that must be there`,
      'name a concept that is neither optional nor forbidden',
    );
    return null;
  }
  return { op, at: tree.at, scope, within, items: read };
}

function combined(
  op: 'all' | 'any' | 'none' | 'atleast',
  tree: Tree,
  count: number,
  scope: Scope,
  report: Report,
): Pattern | null {
  const parts = readList(tree, op, report).flatMap((item) => {
    const part = readPattern(item, report, scope);
    return part === null ? [] : [part];
  });
  if (parts.length === 0) {
    report(tree.at, `'${op}' is empty`, 'list patterns under it');
    return null;
  }
  return { op, at: tree.at, scope, count, parts };
}
