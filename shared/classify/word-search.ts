import { ITEM } from '../watchlist/code.ts';
import type { Matcher } from './matcher.ts';
import { findConcept, findLexeme, noOccurrences, type Occurrences } from './occurrences.ts';
import type { Item, Pattern } from './pattern.ts';

/** Steps in search of a combination for one trigger. */
const MAX_STEPS = 256;

/** Words [start, end). */
export type Span = readonly [start: number, end: number];

/** The words of a pattern being looked for around one place of its pivot. */
export interface Search {
  readonly matcher: Matcher;
  readonly pattern: Pattern;
  readonly inScope: (word: number) => boolean;
  /** The pivot's place. */
  readonly span: Span;
}

/** The occurrences of what an item refers to, worked out once for each text. */
export function occurrences(matcher: Matcher, reference: number): Occurrences {
  let found = matcher.memo.get(reference);
  if (found === undefined) {
    found = noOccurrences();
    matcher.memo.set(reference, found);
  }
  if (found.number !== matcher.scan.number) {
    if (reference >= 0) findLexeme(matcher.scan, reference, found);
    else findConcept(matcher.scan, matcher.hits, ~reference, found);
  }
  return found;
}

/** The first occurrence that starts at a word or after it. */
export function firstFrom({ start, count }: Occurrences, word: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[middle] as number) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The spans of the word items in order from the first on. Each is the earliest there is, since no later one can do better;
 * only where a word is forbidden between two items may a later one do what an earlier one could not.
 */
export function sequence(search: Search): (Span | null)[] | null {
  const { matcher, span } = search;
  const { items, pivot } = search.pattern;
  const spans: (Span | null)[] = items.map(() => null);
  spans[pivot] = span;
  const isBar = ({ slot, marks }: Item) => slot === null && (marks & ITEM.negated) !== 0;
  const isStep = ({ slot, marks }: Item) => slot === null && (marks & ITEM.optional) === 0;
  let steps = items.some(isBar) ? MAX_STEPS : 0;
  const place = (index: number, position: number, bars: readonly Item[]): boolean => {
    const item = items[index];
    if (item === undefined) {
      return bars.every((bar) => nextSpan(search, bar.reference, position) === null);
    }
    if (!isStep(item)) return place(index + 1, position, bars);
    if (isBar(item)) return place(index + 1, position, [...bars, item]);
    let from = position;
    do {
      const next = nextSpan(search, item.reference, from);
      if (next === null) return false;
      if (bars.some((bar) => occursIn(matcher, bar.reference, position, next[0]))) return false;
      spans[index] = next;
      if (place(index + 1, next[1], [])) return true;
      from = next[0] + 1;
    } while (--steps > 0);
    return false;
  };
  if (!place(pivot + 1, span[1], [])) return null;
  addOptional(search, spans);
  return spans;
}

/** The first span at or behind a word that is still in the window. */
function nextSpan(search: Search, reference: number, from: number): Span | null {
  const { matcher, inScope, span } = search;
  const found = occurrences(matcher, reference);
  for (let i = firstFrom(found, from); i < found.count; i++) {
    const start = found.start[i] as number;
    const end = found.end[i] as number;
    if (!isNear(search, span[0], start)) return null;
    if (inScope(start) && inScope(end - 1)) return [start, end];
  }
  return null;
}

/** Words that long names and titles may add to a window. */
const PARTY_WORDS = 15;

/** Whether two words are in one window. In a pattern with slots a party counts as one word, however long its title. */
export function isNear({ matcher, pattern }: Search, a: number, b: number): boolean {
  const { within, hasSlots } = pattern;
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  if (to - from < within) return true;
  if (!hasSlots || to - from >= within + PARTY_WORDS) return false;
  const { scan: state, reader } = matcher;
  if (state.sentence[from] !== state.sentence[to]) return false;
  let distance = to - from;
  for (const party of reader.read(state.sentence[from] as number).parties) {
    if (party.start > from && party.end <= to) distance -= party.end - party.start - 1;
  }
  return distance < within;
}

function occursIn(matcher: Matcher, reference: number, from: number, to: number): boolean {
  const found = occurrences(matcher, reference);
  const first = firstFrom(found, from);
  return first < found.count && (found.end[first] as number) <= to;
}

/** The spans of the word items around the trigger, in any order, all in one window and none over another. */
export function neighbourhood(search: Search): (Span | null)[] | null {
  const { matcher, inScope, span } = search;
  const { items, within, pivot, needed, hasSlots } = search.pattern;
  const spans: (Span | null)[] = items.map(() => null);
  spans[pivot] = span;
  let steps = MAX_STEPS;
  const candidates = needed.map((i) => {
    const found = occurrences(matcher, (items[i] as Item).reference);
    const near: Span[] = [];
    const reach = hasSlots ? within + PARTY_WORDS : within;
    for (let k = firstFrom(found, span[0] - reach + 1); k < found.count; k++) {
      const start = found.start[k] as number;
      const end = found.end[k] as number;
      if (start >= span[0] + reach) break;
      if (inScope(start) && inScope(end - 1)) near.push([start, end]);
    }
    return near.sort((a, b) => Math.abs(a[0] - span[0]) - Math.abs(b[0] - span[0]) || a[0] - b[0]);
  });
  const place = (index: number, low: number, high: number): boolean => {
    if (index === needed.length) return !hasBarred(search, spans);
    for (const candidate of candidates[index] as Span[]) {
      if (--steps < 0) {
        matcher.capped++;
        return false;
      }
      const from = Math.min(low, candidate[0]);
      const to = Math.max(high, candidate[0]);
      if (!isNear(search, from, to)) continue;
      if (spans.some((s) => s !== null && candidate[0] < s[1] && s[0] < candidate[1])) continue;
      spans[needed[index] as number] = candidate;
      if (place(index + 1, from, to)) return true;
      spans[needed[index] as number] = null;
    }
    return false;
  };
  if (!place(0, span[0], span[0])) return null;
  addOptional(search, spans);
  return spans;
}

/** Whether a forbidden word stands in the window of what was found. */
function hasBarred({ matcher, pattern }: Search, spans: readonly (Span | null)[]): boolean {
  const found = spans.filter((s) => s !== null);
  const from = Math.min(...found.map(([start]) => start));
  const to = Math.max(...found.map(([, end]) => end));
  return pattern.items.some(
    (item) =>
      item.slot === null &&
      (item.marks & ITEM.negated) !== 0 &&
      occursIn(matcher, item.reference, from, to),
  );
}

function addOptional(search: Search, spans: (Span | null)[]): void {
  search.pattern.items.forEach((item, i) => {
    if (item.slot !== null || (item.marks & ITEM.optional) === 0) return;
    spans[i] = nextSpan(search, item.reference, search.span[0] - search.pattern.within + 1);
  });
}
