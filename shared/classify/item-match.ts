import { ITEM } from '../watchlist/code.ts';
import { HINTS, ROLES } from '../watchlist/item.ts';
import { type Match, type Matcher, unitOf } from './matcher.ts';
import { fits, type PartyPlace } from './party.ts';
import { type Item, patternAt } from './pattern.ts';
import type { Filling, Slot, Trigger } from './slot-search.ts';
import { fillSlot, hasNobody } from './slots.ts';
import {
  firstFrom,
  isNear,
  neighbourhood,
  occurrences,
  type Search,
  type Span,
  sequence,
} from './word-search.ts';

/** Matches of one rule in one sentence: more say nothing new, and hostile text has millions. */
const MAX_PER_SENTENCE = 4;

/** All matches of a `seq` or `near` among the words [from, to). */
export function itemMatches(matcher: Matcher, at: number, from: number, to: number): Match[] {
  const pattern = patternAt(matcher.patterns, matcher.scan.analyses.tables.code, at);
  const { items, scope, pivot, ordered } = pattern;
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
    if (items.length === 1) {
      inSentence++;
      matches.push(wordMatch(start, end, pivots.form[i] as number));
      continue;
    }
    const inScope = (word: number) =>
      word >= from && word < to && unitOf(matcher, scope, word) === unit;
    const search: Search = { matcher, pattern, inScope, span: [start, end] };
    const spans = ordered ? sequence(search) : neighbourhood(search);
    if (spans === null) continue;
    const match = complete(search, spans);
    if (match === null) continue;
    inSentence++;
    matches.push(match);
  }
  return matches;
}

/** The match of a pattern that is one word: a common word has many in an article. */
function wordMatch(start: number, end: number, form: number): Match {
  return {
    trigger: { start, end, form },
    start,
    end,
    words: [[start, end]],
    fillings: [],
    empty: 0,
    bonus: 0,
  };
}

/** Fills the slots of a match whose words are found; null when one that must be filled is not. */
function complete(search: Search, spans: readonly (Span | null)[]): Match | null {
  const { matcher } = search;
  const { items, trigger: triggerItem } = search.pattern;
  const [triggerStart, triggerEnd] = spans[triggerItem] ?? search.span;
  const found = occurrences(matcher, (items[triggerItem] as Item).reference);
  const form = found.form[firstFrom(found, triggerStart)] ?? 0;
  const trigger: Trigger = { start: triggerStart, end: triggerEnd, form };
  const fillings: Filling[] = [];
  const taken = new Set<number>();
  const { reader, trace } = matcher;
  // Asked before any slot is filled, since for who is not written two more sentences may be read. Whoever asks why wants to know whom it found.
  if (trace === null && isShort(search, trigger)) return null;
  let empty = 0;
  for (let i = 0; i < items.length; i++) {
    const { slot } = items[i] as Item;
    if (slot === null) continue;
    const reading = reader.read(matcher.scan.sentence[triggerStart] as number);
    const filling =
      slot.hints.length > 0
        ? fillSlot({ reader, reading, trigger, slot, taken })
        : placed(search, spans, i, slot, taken);
    if (filling === null) {
      if (!slot.optional) {
        trace?.push(`found ${describe(search, spans)}, but nobody ${wanted(slot)}`);
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

/** Whether the trigger's sentence has nobody for one of the slots. */
function isShort({ matcher, pattern }: Search, trigger: Trigger): boolean {
  const { reader, scan } = matcher;
  if (!pattern.hasSlots) return false;
  const reading = reader.read(scan.sentence[trigger.start] as number);
  return pattern.items.some(({ slot }) => slot !== null && hasNobody(slot, trigger, reading));
}

function describe({ matcher }: Search, spans: readonly (Span | null)[]): string {
  const { scan } = matcher;
  return spans
    .filter((s) => s !== null)
    .map(([start, end]) => scan.text.slice(scan.start[start], scan.end[end - 1]))
    .join(' … ');
}

/** What a slot asks for, as a rule writes it: `as subject @...:source`. */
function wanted({ hints, role }: Slot): string {
  const where = hints.map((hint) => HINTS[hint] ?? 'marked').join('|');
  return `as ${where}${where === '' ? '' : ' '}@...${role < 0 ? '' : `:${ROLES[role]}`}`;
}

/** A slot without a hint: in a sequence the first party between its neighbours, at its head the last in the window, else the nearest in the window. */
function placed(
  search: Search,
  spans: readonly (Span | null)[],
  index: number,
  slot: Slot,
  taken: Set<number>,
): Filling | null {
  const { matcher, span } = search;
  const { within, ordered } = search.pattern;
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
