import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Place, Problem } from './problem.ts';

/** YAML with the place of everything in it. */
export type Tree =
  | { readonly kind: 'map'; readonly at: Place; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly at: Place; readonly items: readonly Tree[] }
  | {
      readonly kind: 'scalar';
      readonly at: Place;
      readonly value: string | number | boolean | null;
    };

/** One key of a map and what it holds. */
export interface Entry {
  readonly key: string;
  readonly at: Place;
  readonly value: Tree;
}

/** Deeper nesting than any watchlist needs; a bound for hostile files. */
const MAX_DEPTH = 40;

/** Reads one YAML source; a source that is not YAML gives problems and an empty map. */
export function readTree(name: string, text: string): { tree: Tree; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map((error) => ({
    ...at(error.pos[0]),
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
    hint: 'this is not valid YAML: look at the quotes, colons and indentation here',
  }));
  const empty: Tree = { kind: 'map', at: at(0), entries: [] };
  if (problems.length > 0) return { tree: empty, problems };
  const start = { at, problems };
  const tree = document.contents === null ? empty : convert(document.contents, start, 0);
  return { tree, problems };
}

interface Conversion {
  readonly at: (offset: number) => Place;
  readonly problems: Problem[];
}

function convert(node: unknown, conversion: Conversion, depth: number): Tree {
  const at = conversion.at((node as Node | null)?.range?.[0] ?? 0);
  const bad = (message: string, hint: string): Tree => {
    conversion.problems.push({ ...at, message, hint });
    return { kind: 'scalar', at, value: null };
  };
  if (depth > MAX_DEPTH) return bad('nested too deeply', `keep it under ${MAX_DEPTH} levels`);
  if (isAlias(node)) return bad('aliases (*name) are not supported', 'write the value out');
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : '',
      at: conversion.at((key as Node | null)?.range?.[0] ?? 0),
      value: convert(value, conversion, depth + 1),
    }));
    return { kind: 'map', at, entries };
  }
  if (isSeq(node)) {
    return { kind: 'list', at, items: node.items.map((n) => convert(n, conversion, depth + 1)) };
  }
  if (isScalar(node)) {
    const { value } = node;
    if (value === null || typeof value === 'boolean' || typeof value === 'number') {
      return { kind: 'scalar', at, value };
    }
    return { kind: 'scalar', at, value: String(value) };
  }
  return { kind: 'scalar', at, value: null };
}
