import { ITEM, OP, wordsOf } from '../watchlist/code.ts';
import { SCOPES, type Scope } from '../watchlist/source.ts';
import { type Item, type Match, type Matcher, unitOf } from './matcher.ts';
import { findConcept, findLexeme, noOccurrences, type Occurrences } from './occurrences.ts';
import { fits, type PartyPlace } from './party.ts';
import type { Filling, Slot, Trigger } from './slot-search.ts';
import { fillSlot } from './slots.ts';

/** Matches of one rule in one sentence: more say nothing new, and hostile text has millions. */
const MAX_PER_SENTENCE = 4;
/** Steps in search of a combination for one trigger. */
const MAX_STEPS = 256;

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
    const hints = item >>> 13;
    const slot = {
      kinds: (item >>> 4) & 127,
      role: ((item >>> 11) & 3) - 1,
      hints: Array.from(code.subarray(next, next + hints)),
      optional: (marks & ITEM.optional) !== 0,
      explicit: (marks & ITEM.explicit) !== 0,
    };
    items.push({ slot, marks, reference: 0 });
    next += hints;
  }
  return items;
}

/** The occurrences of what an item refers to, worked out once for each text. */
function occurrences(matcher: Matcher, reference: number): Occurrences {
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
function firstFrom({ start, count }: Occurrences, word: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[middle] as number) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Span = readonly [start: number, end: number];

/** All matches of a `seq` or `near` among the words [from, to). */
export function itemMatches(matcher: Matcher, at: number, from: number, to: number): Match[] {
  const { code } = matcher.scan.analyses.tables;
  const head = code[at] as number;
  const scope = SCOPES[(head >>> 3) & 7] as Scope;
  const within = (head >>> 6) & 31;
  const triggerItem = (head >>> 11) & 15;
  let items = matcher.patterns.get(at);
  if (items === undefined) {
    items = readItems(code, at);
    matcher.patterns.set(at, items);
  }
  const ordered = (head & 7) === OP.seq;
  const slots = items.some((item) => item.slot !== null);
  const isNeeded = (item: Item) =>
    item.slot === null && (item.marks & (ITEM.optional | ITEM.negated)) === 0;
  const pivot = ordered ? items.findIndex(isNeeded) : triggerItem;
  const pivots = occurrences(matcher, (items[pivot] as Item).reference);
  const matches: Match[] = [];
  let sentence = -1;
  let inSentence = 0;
  for (let i = firstFrom(pivots, from); i < pivots.count; i++) {
    const start = pivots.start[i] as number;
    const end = pivots.end[i] as number;
    if (end > to) break;
    const here = matcher.scan.sentence[start] as number;
    if (here !== sentence) inSentence = 0;
    sentence = here;
    const unit = unitOf(matcher, scope, start);
    if (unit < 0) continue;
    if (inSentence >= MAX_PER_SENTENCE) {
      matcher.capped++;
      continue;
    }
    const inScope = (word: number) =>
      word >= from && word < to && unitOf(matcher, scope, word) === unit;
    const search: Search = { matcher, items, within, pivot, inScope, span: [start, end], slots };
    const spans = ordered ? sequence(search) : neighbourhood(search);
    if (spans === null) continue;
    const match = complete(search, spans, triggerItem, ordered);
    if (match === null) continue;
    inSentence++;
    matches.push(match);
  }
  return matches;
}

interface Search {
  readonly matcher: Matcher;
  readonly items: readonly Item[];
  readonly within: number;
  readonly pivot: number;
  readonly inScope: (word: number) => boolean;
  readonly span: Span;
  /** The pattern has slots: it reads the sentence anyway. */
  readonly slots: boolean;
}

/**
 * The spans of the word items in order from the first on. Each is the earliest there is, since no later one can do better;
 * only where a word is forbidden between two items may a later one do what an earlier one could not.
 */
function sequence(search: Search): (Span | null)[] | null {
  const { matcher, items, pivot, span } = search;
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
function isNear({ matcher, within, slots }: Search, a: number, b: number): boolean {
  const from = Math.min(a, b);
  const to = Math.max(a, b);
  if (to - from < within) return true;
  if (!slots || to - from >= within + PARTY_WORDS) return false;
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
function neighbourhood(search: Search): (Span | null)[] | null {
  const { matcher, items, within, pivot, inScope, span, slots } = search;
  const spans: (Span | null)[] = items.map(() => null);
  spans[pivot] = span;
  const needed = items.flatMap((item, i) =>
    i !== pivot && item.slot === null && (item.marks & (ITEM.negated | ITEM.optional)) === 0
      ? [i]
      : [],
  );
  let steps = MAX_STEPS;
  const candidates = needed.map((i) => {
    const found = occurrences(matcher, (items[i] as Item).reference);
    const near: Span[] = [];
    const reach = slots ? within + PARTY_WORDS : within;
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
function hasBarred({ matcher, items }: Search, spans: readonly (Span | null)[]): boolean {
  const found = spans.filter((s) => s !== null);
  const from = Math.min(...found.map(([start]) => start));
  const to = Math.max(...found.map(([, end]) => end));
  return items.some(
    (item) =>
      item.slot === null &&
      (item.marks & ITEM.negated) !== 0 &&
      occursIn(matcher, item.reference, from, to),
  );
}

function addOptional(search: Search, spans: (Span | null)[]): void {
  search.items.forEach((item, i) => {
    if (item.slot !== null || (item.marks & ITEM.optional) === 0) return;
    spans[i] = nextSpan(search, item.reference, search.span[0] - search.within + 1);
  });
}

/** Fills the slots of a match whose words are found; null when one that must be filled is not. */
function complete(
  search: Search,
  spans: readonly (Span | null)[],
  triggerItem: number,
  ordered: boolean,
): Match | null {
  const { matcher, items } = search;
  const [triggerStart, triggerEnd] = spans[triggerItem] ?? search.span;
  const found = occurrences(matcher, (items[triggerItem] as Item).reference);
  const form = found.form[firstFrom(found, triggerStart)] ?? 0;
  const trigger: Trigger = { start: triggerStart, end: triggerEnd, form };
  const fillings: Filling[] = [];
  const taken = new Set<number>();
  const { reader, trace } = matcher;
  let empty = 0;
  for (let i = 0; i < items.length; i++) {
    const { slot } = items[i] as Item;
    if (slot === null) continue;
    const reading = reader.read(matcher.scan.sentence[triggerStart] as number);
    const filling =
      slot.hints.length > 0
        ? fillSlot({ reader, reading, trigger, slot, taken })
        : placed(search, spans, i, ordered, slot, taken);
    if (filling === null) {
      if (!slot.optional) {
        trace?.push(`found ${describe(search, spans)}, but nobody for slot ${i + 1}`);
        return null;
      }
      empty++;
      continue;
    }
    if (filling.sentence === reading.sentence.index)
      for (const p of filling.parties) taken.add(p.index);
    fillings.push(filling);
  }
  const words = spans.filter((s) => s !== null);
  const sentence = matcher.scan.sentence[triggerStart];
  const own = fillings.filter((f) => f.sentence === sentence).flatMap((f) => f.parties);
  const bonus = items.filter(
    (item, i) => item.slot === null && (item.marks & ITEM.optional) !== 0 && spans[i] !== null,
  ).length;
  return {
    trigger,
    start: Math.min(...words.map(([start]) => start), ...own.map((p) => p.start)),
    end: Math.max(...words.map(([, end]) => end), ...own.map((p) => p.end)),
    words,
    fillings,
    empty,
    bonus,
  };
}

function describe({ matcher }: Search, spans: readonly (Span | null)[]): string {
  const { scan } = matcher;
  return spans
    .filter((s) => s !== null)
    .map(([start, end]) => scan.text.slice(scan.start[start], scan.end[end - 1]))
    .join(' … ');
}

/** A slot without a hint: in a sequence the first party between its neighbours, at its head the last in the window, else the nearest in the window. */
function placed(
  search: Search,
  spans: readonly (Span | null)[],
  index: number,
  ordered: boolean,
  slot: Slot,
  taken: Set<number>,
): Filling | null {
  const { matcher, span, within } = search;
  const sentence = matcher.scan.sentence[span[0]] as number;
  const { parties, sentence: read } = matcher.reader.read(sentence);
  const before = spans.slice(0, index).findLast((s) => s !== null);
  const after = spans.slice(index + 1).find((s) => s !== null);
  const from = ordered ? (before?.[1] ?? read.start) : span[0] - within;
  const to = ordered ? (after?.[0] ?? Math.min(read.end, span[0] + within)) : span[0] + within;
  const isFree = (p: PartyPlace) =>
    p.start >= from &&
    p.end <= to &&
    !taken.has(p.index) &&
    fits(p, slot.kinds) &&
    spans.every((s) => s === null || p.end <= s[0] || p.start >= s[1]);
  const last = spans.findLast((s) => s !== null)?.[0] ?? span[0];
  const leads = ordered && before === undefined;
  const inWindow = (p: PartyPlace) => !leads || isNear(search, p.end - 1, last);
  const free = parties.filter((p) => isFree(p) && inWindow(p));
  const distance = (p: PartyPlace) => Math.abs(p.start - span[0]);
  if (!ordered) free.sort((a, b) => distance(a) - distance(b));
  const party = leads ? free.at(-1) : free[0];
  return party === undefined
    ? null
    : { role: slot.role, manner: 'written', sentence, parties: [party] };
}
