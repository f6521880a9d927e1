import { CLASS, PREFIX, PREFIXES_OF } from '../../shared/watchlist/affixes.ts';
import type { WordItem } from '../../shared/watchlist/item.ts';
import type { Pattern, WatchlistSource, WordList } from '../../shared/watchlist/source.ts';
import { ARABIC_SUFFIXES } from '../../shared/watchlist/suffixes.ts';
import type { Term } from '../../shared/watchlist/word.ts';
import { readTerm } from '../../shared/watchlist/words.ts';

/** An article as it was put together: paragraphs of sentences of normalised words. The first paragraph may be a headline. */
export interface Plan {
  readonly headline: boolean;
  readonly paragraphs: readonly (readonly (readonly string[])[])[];
}

interface Place {
  readonly word: string;
  readonly sentence: number;
  readonly paragraph: number;
}

type Span = readonly [number, number];

const CONJUNCTIONS = ['', 'و', 'ف'];
const PREFIX_LETTERS: readonly (readonly [number, readonly string[]])[] = [
  [PREFIX.none, ['']],
  [PREFIX.preposition, ['ب', 'ل', 'ك']],
  [PREFIX.definite, ['ال', 'بال', 'كال', 'لال', 'لل']],
  [PREFIX.imperfect, ['ي', 'ت', 'ن', 'ا'].flatMap((p) => [p, `س${p}`, `ل${p}`])],
  [PREFIX.shortImperfect, ['ي', 'ت'].flatMap((p) => [p, `س${p}`, `ل${p}`])],
];

/** Every form that a stem of a class may take, spelled out: the engine takes words apart, this puts them together. */
function spell(letters: string, cls: number): Set<string> {
  if (!/[\u0600-\u06ff]/.test(letters)) return new Set([letters]);
  const forms = new Set<string>();
  const kinds = new Map(PREFIXES_OF).get(cls) ?? 0;
  const suffixes = [...ARABIC_SUFFIXES.values()].flat().filter((s) => (s.classes & cls) !== 0);
  for (const [kind, prefixes] of PREFIX_LETTERS) {
    if ((kinds & kind) === 0) continue;
    for (const prefix of prefixes) {
      for (const suffix of suffixes) {
        if (kind === PREFIX.definite && (suffix.indefinite & cls) !== 0) continue;
        for (const joined of CONJUNCTIONS) forms.add(joined + prefix + letters + suffix.letters);
      }
    }
  }
  return forms;
}

const spelled = new Map<string, Set<string>>();

function stemFits(letters: string, cls: number, word: string): boolean {
  if (cls === CLASS.prefix) return word.startsWith(letters);
  const key = `${letters} ${cls}`;
  let forms = spelled.get(key);
  if (forms === undefined) {
    forms = spell(letters, cls);
    spelled.set(key, forms);
  }
  return forms.has(word);
}

function fits(term: Term, word: number, place: Place | undefined): boolean {
  return (
    place !== undefined &&
    (term[word]?.stems ?? []).some(({ letters, cls }) => stemFits(letters, cls, place.word))
  );
}

/** Where a term stands: each of its words next to the last, or at most `gap` words on, all in one sentence. */
function spansOf(places: readonly Place[], term: Term): Span[] {
  const spans: Span[] = [];
  places.forEach((first, start) => {
    if (!fits(term, 0, first)) return;
    let end = start + 1;
    for (let word = 1; word < term.length; word++) {
      const furthest = end + (term[word]?.gap ?? 0);
      while (
        end <= furthest &&
        !(places[end]?.sentence === first.sentence && fits(term, word, places[end]))
      )
        end++;
      if (end > furthest) return;
      end++;
    }
    spans.push([start, end]);
  });
  return spans;
}

const NO_PARTICLES = new Set<string>();

function terms(entries: WordList['entries']): Term[] {
  return entries.map(({ text, cls, language }) => readTerm(text, cls, language, NO_PARTICLES));
}

function conceptSpans(places: readonly Place[], lists: readonly WordList[]): Span[] {
  const all = lists.flatMap((list) => terms(list.entries)).flatMap((term) => spansOf(places, term));
  const blocks = lists
    .flatMap((list) => terms([...list.block, ...list.blockPhrases]))
    .flatMap((term) => spansOf(places, term));
  const sorted = all.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let covered = -1;
  return sorted.filter(([start, end]) => {
    if (end <= covered || blocks.some(([from, to]) => from <= start && to >= end)) return false;
    covered = end;
    return true;
  });
}

interface Text {
  readonly places: readonly Place[];
  readonly plan: Plan;
  readonly source: WatchlistSource;
}

/** The rules without slots that hold in an article, found by trying everything. */
export function bruteForce(source: WatchlistSource, plan: Plan): string[] {
  let sentence = -1;
  const places = plan.paragraphs.flatMap((sentences, paragraph) =>
    sentences.flatMap((words) => {
      sentence++;
      const index = sentence;
      return words.map((word) => ({ word, sentence: index, paragraph }));
    }),
  );
  const text = { places, plan, source };
  return source.rules.filter((rule) => triggers(text, rule.match).length > 0).map(({ id }) => id);
}

function unitOf({ places, plan }: Text, scope: Pattern['scope'], word: number): number {
  const place = places[word] as Place;
  if (scope === 'sentence' || scope === 'clause') return place.sentence;
  if (scope === 'paragraph') return place.paragraph;
  if (scope === 'headline') return plan.headline && place.paragraph === 0 ? 0 : -1;
  if (scope === 'lead') return place.paragraph < (plan.headline ? 3 : 2) ? 0 : -1;
  return 0;
}

/** The words at which a pattern holds: for items the trigger, for combinations those of the first part. */
function triggers(text: Text, pattern: Pattern): number[] {
  if ('items' in pattern) return itemTriggers(text, pattern);
  const found = (part: Pattern) =>
    triggers(text, part).map((word) => [word, unitOf(text, pattern.scope, word)] as const);
  const positive = pattern.parts.filter(({ op }) => op !== 'none').map(found);
  const negative = pattern.parts
    .flatMap((part) => (part.op === 'none' && 'parts' in part ? part.parts : []))
    .map(found);
  const needed =
    pattern.op === 'all' ? positive.length : pattern.op === 'atleast' ? pattern.count : 1;
  const units = new Set(positive.flat().map(([, unit]) => unit));
  return [...units].flatMap((unit) => {
    if (unit < 0) return [];
    const here = positive.filter((list) => list.some(([, u]) => u === unit));
    const excluded = negative.some((list) => list.some(([, u]) => u === unit));
    if (here.length < needed || excluded) return [];
    const lists = pattern.op === 'any' ? here : here.slice(0, 1);
    return lists.flatMap((list) => list.filter(([, u]) => u === unit).map(([word]) => word));
  });
}

function itemTriggers(text: Text, pattern: Extract<Pattern, { items: unknown }>): number[] {
  const items = pattern.items as readonly WordItem[];
  const spans = items.map((item) => conceptSpans(text.places, listsOf(text.source, item)));
  const needed = items.flatMap((item, i) => (item.negated || item.optional ? [] : [i]));
  const inOrder = pattern.op === 'seq';
  const found = new Set<number>();
  const choose = (chosen: (Span | null)[], next: number): void => {
    if (next === needed.length) {
      if (isMatch(text, pattern, items, spans, chosen))
        found.add((chosen[needed[0] as number] as Span)[0]);
      return;
    }
    for (const span of spans[needed[next] as number] as Span[]) {
      const earlier = chosen.filter((s) => s !== null);
      if (inOrder && earlier.some((s) => span[0] < s[1])) continue;
      if (earlier.some((s) => span[0] < s[1] && s[0] < span[1])) continue;
      const with_ = [...chosen];
      with_[needed[next] as number] = span;
      choose(with_, next + 1);
    }
  };
  choose(
    items.map(() => null),
    0,
  );
  return [...found];
}

function listsOf(source: WatchlistSource, item: WordItem): WordList[] {
  const lists = item.concepts.flatMap((name) => source.lexicon.get(name)?.list ?? []);
  const none = { block: [], blockPhrases: [], includes: [] };
  const at = item.at;
  const words = item.words.map((word) => ({
    text: word,
    cls: /\s/.test(word) ? ('phrase' as const) : ('noun' as const),
    language: /[\u0600-\u06ff]/.test(word) ? ('ar' as const) : ('any' as const),
    at,
  }));
  return words.length === 0 ? lists : [...lists, { entries: words, ...none }];
}

function isMatch(
  text: Text,
  pattern: Extract<Pattern, { items: unknown }>,
  items: readonly WordItem[],
  spans: readonly (readonly Span[])[],
  chosen: readonly (Span | null)[],
): boolean {
  const all = chosen.filter((s) => s !== null);
  const unit = unitOf(text, pattern.scope, all[0]?.[0] ?? 0);
  const inScope = ([start, end]: Span) =>
    unitOf(text, pattern.scope, start) === unit && unitOf(text, pattern.scope, end - 1) === unit;
  if (unit < 0 || !all.every(inScope)) return false;
  const first = Math.min(...all.map(([start]) => start));
  const last = Math.max(...all.map(([start]) => start));
  if (last - first >= pattern.within) return false;
  const end = Math.max(...all.map(([, to]) => to));
  return items.every((item, i) => {
    if (!item.negated) return true;
    const between = (from: number, to: number) =>
      !(spans[i] as Span[]).some(([start, stop]) => start >= from && stop <= to);
    if (pattern.op === 'near') return between(first, end);
    const before = chosen.slice(0, i).findLast((s) => s !== null);
    const after = chosen.slice(i + 1).find((s) => s !== null);
    if (before === undefined) return true;
    if (after !== undefined) return between(before[1], after[0]);
    return !(spans[i] as Span[]).some(
      (span) => span[0] >= before[1] && span[0] < first + pattern.within && inScope(span),
    );
  });
}
