import { type Article, articleText } from '../article.ts';
import type { Classification, Event, Party } from '../event.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { LANGUAGES } from '../watchlist/word.ts';
import { createConceptHits } from './concept-hits.ts';
import { type Candidate, eventOf } from './events.ts';
import { matchesOf, mayMatch } from './match.ts';
import type { Match, Matcher } from './matcher.ts';
import { createReader } from './reading.ts';
import { createScan, type Scan, scan } from './scan.ts';
import { isFirstTry } from './sightings.ts';

/** The part of an article that is classified. */
export type Classifiable = Pick<Article, 'title' | 'body' | 'lang'>;

/** What says what a watchlist sees in an article. Not for two articles at once: it keeps its working space. */
export type Classifier = (article: Classifiable) => Classification;

/** A classifier for a watchlist; it remembers the words that it has met. */
export function createClassifier(watchlist: Watchlist): Classifier {
  const state = createScan(watchlist);
  const tried = new Int32Array(watchlist.ruleCount);
  const memory = createMemory(watchlist);
  return (article) => {
    const text = articleText(article);
    scan(state, text, languagesOf(article.lang));
    const counters = {
      tokens: state.count,
      misses: state.misses,
      candidates: 0,
      verified: 0,
      capped: 0,
    };
    const found: Candidate[] = [];
    let matcher: Matcher | null = null;
    for (const rule of candidatesOf(state, watchlist, tried)) {
      counters.candidates++;
      if (!mayMatch(state, memory.hits, entryOf(watchlist, rule).match)) continue;
      counters.verified++;
      matcher ??= matcherFor(watchlist, state, memory, article.title.length, null);
      found.push(...eventsOfRule(watchlist, matcher, rule));
    }
    counters.capped = matcher?.capped ?? 0;
    const events = withoutRivals(found);
    return { events, labels: labelsOf(events), watchlistVersion: watchlist.version, counters };
  };
}

/**
 * The rules that have a word in the text without which they cannot match, in the order of those words.
 * @param tried for each rule the number of the text for which it was last a candidate.
 */
function candidatesOf(state: Scan, { tables }: Watchlist, tried: Int32Array): number[] {
  const candidates: number[] = [];
  const { postStart, posts } = tables;
  const { start, watchedEnd, lexemes } = state.analyses;
  for (let i = 0; i < state.anchorCount; i++) {
    const row = state.row[state.anchors[i] as number] as number;
    for (let k = start[row] as number; k < (watchedEnd[row] as number); k++) {
      const lexeme = lexemes[k] as number;
      const end = rowEnd(postStart, lexeme);
      let post = rowStart(postStart, lexeme);
      if (post === end || !isFirstTry(state, lexeme)) continue;
      for (; post < end; post++) {
        const rule = posts[post] as number;
        if (tried[rule] === state.number) continue;
        tried[rule] = state.number;
        candidates.push(rule);
      }
    }
  }
  return candidates;
}

/** What a matcher may keep from one text to the next. */
type Memory = Pick<Matcher, 'memo' | 'patterns' | 'hits'>;

/** Nothing kept yet. */
export function createMemory({ tables }: Watchlist): Memory {
  return { memo: new Map(), patterns: new Map(), hits: createConceptHits(tables) };
}

/** A matcher over the scanned text. */
export function matcherFor(
  watchlist: Watchlist,
  state: Scan,
  memory: Memory,
  titleLength: number,
  trace: string[] | null,
): Matcher {
  let sentence = 0;
  while (
    sentence < state.sentences &&
    (state.start[state.sentenceStart[sentence] as number] as number) < titleLength
  ) {
    sentence++;
  }
  const headlineEnd = state.sentenceStart[sentence] ?? 0;
  const leadParagraphs = sentence > 0 ? 3 : 2;
  while (sentence < state.sentences && (state.paragraph[sentence] as number) < leadParagraphs) {
    sentence++;
  }
  const leadEnd = state.sentenceStart[sentence] ?? 0;
  const reader = createReader(watchlist, state);
  return { scan: state, reader, ...memory, headlineEnd, leadEnd, capped: 0, trace };
}

/** Where the match of a rule stands in the code, and where its exclusions are listed; -1 if it has none. */
export function entryOf(
  { tables }: Watchlist,
  rule: number,
): { match: number; exclusions: number } {
  const start = tables.ruleStart[rule] as number;
  if (start < 0) return { match: ~start, exclusions: -1 };
  return { match: tables.code[start] as number, exclusions: start + 1 };
}

/** The bits of the languages whose words are looked for: English and French spell too many words alike to try both. */
export function languagesOf(lang: string): number {
  const latin = lang === 'fr' ? LANGUAGES.fr : LANGUAGES.en;
  return LANGUAGES.ar | LANGUAGES.ru | latin;
}

/** The events of one rule in the text at hand. */
export function eventsOfRule(watchlist: Watchlist, matcher: Matcher, index: number): Candidate[] {
  const { match: pattern, exclusions } = entryOf(watchlist, index);
  const rule = watchlist.rule(index);
  const found: Candidate[] = [];
  for (const match of matchesOf(matcher, pattern, 0, matcher.scan.count)) {
    if (isExcluded(matcher, exclusions, match)) {
      matcher.trace?.push('excluded by unless or none');
      continue;
    }
    const event = eventOf(watchlist, matcher.reader, match, rule, salienceOf(matcher, match));
    if (event === null) matcher.trace?.push('source and target are of one country');
    else found.push(event);
  }
  return found;
}

/** Words on either side of a match that belong to its window. */
const WINDOW_MARGIN = 3;

function isExcluded(matcher: Matcher, entry: number, { start, end, trigger }: Match): boolean {
  if (entry < 0) return false;
  const { scan: state } = matcher;
  const { code } = state.analyses.tables;
  const sentence = state.sentence[trigger.start] as number;
  const from = state.sentenceStart[sentence] as number;
  const to = state.sentenceStart[sentence + 1] as number;
  const unless = code[entry] as number;
  const none = code[entry + 1 + unless] as number;
  for (let i = 0; i < unless + none; i++) {
    const isUnless = i < unless;
    const pattern = code[entry + 1 + (isUnless ? i : i + 1)] as number;
    const low = isUnless ? Math.max(from, start - WINDOW_MARGIN) : from;
    const high = isUnless ? Math.min(to, end + WINDOW_MARGIN) : to;
    if (mayMatch(state, matcher.hits, pattern) && matchesOf(matcher, pattern, low, high).length > 0)
      return true;
  }
  return false;
}

function salienceOf({ headlineEnd, leadEnd }: Matcher, { trigger }: Match): Event['salience'] {
  if (trigger.start < headlineEnd) return 'headline';
  return trigger.start < leadEnd ? 'lead' : 'body';
}

/** Of several tellings of one event in one sentence the surest; in the order of the text. */
function withoutRivals(found: readonly Candidate[]): Event[] {
  if (found.length < 2) return found.map(({ event }) => event);
  const surest = [...found].sort(
    (a, b) =>
      b.event.confidence - a.event.confidence ||
      filled(b.event) - filled(a.event) ||
      a.event.quote.start - b.event.quote.start ||
      (a.event.rule < b.event.rule ? -1 : 1),
  );
  const kept: Candidate[] = [];
  for (const candidate of surest) {
    if (!kept.some((other) => isRival(candidate, other))) kept.push(candidate);
  }
  return kept
    .map(({ event }) => event)
    .sort((a, b) => a.quote.start - b.quote.start || (a.topic < b.topic ? -1 : 1));
}

function filled({ source, target }: Event): number {
  return source.length + target.length;
}

/** Two candidates for one event: the same topic and sentence (or a repeated one), and the same words or parties. */
function isRival(a: Candidate, b: Candidate): boolean {
  if (a.event.topic !== b.event.topic) return false;
  if (a.event.sentence.start !== b.event.sentence.start)
    return (
      a.event.sentence.text === b.event.sentence.text && a.event.quote.text === b.event.quote.text
    );
  const inside = (inner: Candidate, outer: Candidate) =>
    inner.trigger.start < outer.event.quote.end && inner.trigger.end > outer.event.quote.start;
  const same = (ours: readonly Party[], theirs: readonly Party[]) =>
    ours.length === theirs.length && ours.every(({ start }, i) => start === theirs[i]?.start);
  return (
    inside(a, b) ||
    inside(b, a) ||
    (same(a.event.source, b.event.source) && same(a.event.target, b.event.target))
  );
}

function labelsOf(events: readonly Event[]): string[] {
  const labels = new Set(events.map(({ topic }) => topic));
  if (events.some(({ status }) => status === 'denied' || status === 'refused'))
    labels.add('denial');
  return [...labels].sort();
}
