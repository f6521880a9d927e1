import { ITEM, OP, wordsOf } from '../watchlist/code.ts';
import { HINTS, type Hint } from '../watchlist/item.ts';
import { SCOPES, type Scope } from '../watchlist/source.ts';
import type { Slot } from './slot-search.ts';

/** One item of a pattern, decoded. */
export interface Item {
  readonly slot: Slot | null;
  readonly marks: number;
  /** A lexeme, or the complement of a concept. */
  readonly reference: number;
}

/** A `seq` or `near`, decoded. */
export interface Pattern {
  readonly items: readonly Item[];
  readonly scope: Scope;
  /** Words of the window. */
  readonly within: number;
  /** In the order of the items: a `seq`. */
  readonly ordered: boolean;
  /** The item that says what happened. */
  readonly trigger: number;
  /** The item whose places are tried one by one. */
  readonly pivot: number;
  /** The other word items without which it does not hold. */
  readonly needed: readonly number[];
  /** It has slots: it reads the sentence anyway. */
  readonly hasSlots: boolean;
}

/** The pattern at a place of the code; decoded once, and then kept in `patterns`. */
export function patternAt(patterns: Map<number, Pattern>, code: Int32Array, at: number): Pattern {
  let pattern = patterns.get(at);
  if (pattern === undefined) {
    pattern = readPattern(code, at);
    patterns.set(at, pattern);
  }
  return pattern;
}

function readPattern(code: Int32Array, at: number): Pattern {
  const head = code[at] as number;
  const items = readItems(code, at);
  const ordered = (head & 7) === OP.seq;
  const trigger = (head >>> 11) & 15;
  const isNeeded = ({ slot, marks }: Item) =>
    slot === null && (marks & (ITEM.optional | ITEM.negated)) === 0;
  const pivot = ordered ? items.findIndex(isNeeded) : trigger;
  return {
    items,
    scope: SCOPES[(head >>> 3) & 7] as Scope,
    within: (head >>> 6) & 31,
    ordered,
    trigger,
    pivot,
    needed: items.flatMap((item, i) => (i !== pivot && isNeeded(item) ? [i] : [])),
    hasSlots: items.some(({ slot }) => slot !== null),
  };
}

function readItems(code: Int32Array, at: number): Item[] {
  const items: Item[] = [];
  let next = at + 1;
  for (let i = ((code[at] as number) >>> 15) & 31; i > 0; i--) {
    const item = code[next++] as number;
    const marks = (item >>> 1) & 7;
    if ((item & 1) === 0) {
      items.push({ slot: null, marks, reference: wordsOf(item) });
      continue;
    }
    const hints = Array.from(code.subarray(next, next + (item >>> 13)));
    const slot = {
      kinds: (item >>> 4) & 127,
      role: ((item >>> 11) & 3) - 1,
      hints,
      elsewhere: elsewhereOf(hints),
      optional: (marks & ITEM.optional) !== 0,
      explicit: (marks & ITEM.explicit) !== 0,
    };
    items.push({ slot, marks, reference: 0 });
    next += hints.length;
  }
  return items;
}

/** Hints that look beyond the sentence when nobody is written in it. */
const LOOK_BEYOND: readonly Hint[] = ['subject', 'owner', 'topic', 'speaker'];

function elsewhereOf(hints: readonly number[]): Slot['elsewhere'] {
  const has = (hint: Hint) => hints.includes(HINTS.indexOf(hint));
  if (LOOK_BEYOND.some(has)) return 'always';
  return has('object') ? 'pronoun' : 'never';
}
