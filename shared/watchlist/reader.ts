import type { Place, Report } from './problem.ts';
import type { Tree } from './yaml-tree.ts';

/** The values of a map by key; a key that is not allowed, and anything but a map, is reported. */
export function readMap<K extends string>(
  tree: Tree,
  keys: readonly K[],
  what: string,
  report: Report,
): { readonly [key in K]?: Tree } {
  const found: { [key in K]?: Tree } = {};
  for (const { key, at, value } of entriesOf(tree, what, report)) {
    if ((keys as readonly string[]).includes(key)) found[key as K] = value;
    else {
      const near = closest(key, keys);
      const hint =
        near === undefined ? `it may hold ${keys.join(', ')}` : `did you mean '${near}'?`;
      report(at, `${what} has no '${key}'`, hint);
    }
  }
  return found;
}

/** The entries of a map whose keys are the writer's own. */
export function entriesOf(tree: Tree, what: string, report: Report) {
  if (tree.kind === 'map') return tree.entries;
  report(tree.at, `${what} must be a map`, 'write key: value, one a line');
  return [];
}

/** The items of a list; a lone scalar is a list of one. */
export function readList(tree: Tree | undefined, what: string, report: Report): readonly Tree[] {
  if (tree === undefined) return [];
  if (tree.kind === 'list') return tree.items;
  if (tree.kind === 'scalar' && tree.value !== null) return [tree];
  report(tree.at, `${what} must be a list`, 'write [a, b] or one item a line, each after a dash');
  return [];
}

/** Text; numbers are taken as they read. */
export function readText(tree: Tree | undefined, what: string, report: Report): string | undefined {
  if (tree === undefined) return undefined;
  if (tree.kind === 'scalar' && tree.value !== null && typeof tree.value !== 'boolean') {
    return String(tree.value);
  }
  report(tree.at, `${what} must be text`, 'put it in quotes');
  return undefined;
}

/** A number inside its bounds. */
export function readNumber(
  tree: Tree | undefined,
  what: string,
  [from, to]: readonly [number, number],
  report: Report,
): number | undefined {
  if (tree === undefined) return undefined;
  const { value } = tree.kind === 'scalar' ? tree : { value: null };
  if (typeof value === 'number' && value >= from && value <= to) return value;
  report(tree.at, `${what} must be a number`, `from ${from} to ${to}`);
  return undefined;
}

/** One of the words allowed. */
export function readChoice<T extends string>(
  tree: Tree | undefined,
  what: string,
  choices: readonly T[],
  report: Report,
): T | undefined {
  const text = readText(tree, what, report);
  if (text === undefined || tree === undefined) return undefined;
  if ((choices as readonly string[]).includes(text)) return text as T;
  reportChoice(tree.at, what, text, choices, report);
  return undefined;
}

/** Says that a word is none of those allowed. */
export function reportChoice(
  at: Place,
  what: string,
  text: string,
  choices: readonly string[],
  report: Report,
): void {
  const near = closest(text, choices);
  const hint = near === undefined ? `use ${choices.join(', ')}` : `did you mean '${near}'?`;
  report(at, `${what} cannot be '${text}'`, hint);
}

/** True or false. */
export function readFlag(tree: Tree | undefined, what: string, report: Report): boolean {
  if (tree === undefined) return false;
  if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value;
  report(tree.at, `${what} must be true or false`, 'write true or false, without quotes');
  return false;
}

/** The word most like this one, when it is at most two slips of the finger away. */
export function closest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of words) {
    const slips = distance(word, candidate, least);
    if (slips < least) {
      least = slips;
      best = candidate;
    }
  }
  return best;
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
