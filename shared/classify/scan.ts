import { EXPANDED, expansionOf, IGNORED, LETTERS, SEPARATOR } from '../text/normalise.ts';
import { fullStopEnds, GAP, GAPS, isUpperCase } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { spread } from '../watchlist/hash.ts';
import { CAPITALS } from '../watchlist/word.ts';
import {
  type Analyses,
  analyse,
  clearAnalyses,
  createAnalyses,
  grown,
  MAX_LETTERS,
} from './analyse.ts';

import {
  CACHE_PROBES,
  CACHE_REST,
  CACHE_SIZE,
  type Cache,
  createCache,
  hasLetters,
  INLINE_LETTERS,
  keep,
  LETTER_MASK,
  letters,
  SLOT,
  SLOT_LETTERS,
} from './word-cache.ts';

/** How a word stands in the text, beside its gap bits: its capitals, then these. */
export const TOKEN = {
  capitals: 3,
  /** 's follows. */
  possessive: 4,
} as const;

/** The text at hand as words and sentences, with the watched words' places. One per classifier; every scan overwrites it. */
export interface Scan {
  readonly analyses: Analyses;
  readonly cache: Cache;
  text: string;
  /** The bits of the languages that its words are looked up in. */
  languages: number;
  /** Words of the text. */
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** `GAP` bits of what stands before the word. */
  gap: Int32Array;
  /** The row of its analysis. */
  row: Int32Array;
  /** `TOKEN` bits. */
  marks: Int32Array;
  /** `FORM` bits of a proclitic that was written apart. */
  clitic: Int32Array;
  sentence: Int32Array;
  sentences: number;
  /** The first word of each sentence; the one after the last is `count`. */
  sentenceStart: Int32Array;
  paragraph: Int32Array;
  question: Int32Array;
  /** Four numbers a lexeme, in one cache line: the text's number when it was last seen, its first and its last occurrence. */
  readonly seenAt: Int32Array;
  number: number;
  place: Int32Array;
  next: Int32Array;
  occurrences: number;
  /** The watched lexemes of the text, in order of appearance. */
  seen: Int32Array;
  seenCount: number;
  misses: number;
}

/** A sentence longer than this is no prose: it is cut, so that the work for one is bounded. */
const MAX_SENTENCE = 300;

/** Room for texts, with nothing scanned. */
export function createScan(watchlist: Watchlist): Scan {
  const lexemes = watchlist.tables.stemClass.length;
  const room = 4096;
  return {
    analyses: createAnalyses(watchlist),
    cache: createCache(),
    text: '',
    languages: 0,
    count: 0,
    start: new Int32Array(room),
    end: new Int32Array(room),
    gap: new Int32Array(room),
    row: new Int32Array(room),
    marks: new Int32Array(room),
    clitic: new Int32Array(room),
    sentence: new Int32Array(room),
    sentences: 0,
    sentenceStart: new Int32Array(room),
    paragraph: new Int32Array(room),
    question: new Int32Array(room),
    seenAt: new Int32Array(lexemes * 4),
    number: 0,
    place: new Int32Array(room),
    next: new Int32Array(room),
    occurrences: 0,
    seen: new Int32Array(lexemes),
    seenCount: 0,
    misses: 0,
  };
}

/** Forgets all words and what they turned out to be; only between texts, since a text's words point at their rows. */
function forget({ cache, analyses }: Scan): void {
  cache.slots.fill(-1);
  cache.used = 0;
  cache.restUsed = 0;
  clearAnalyses(analyses);
}

/** Marks before a word that start a sentence with it. */
const STARTS_SENTENCE = GAP.stop | GAP.line;

/**
 * Reads a text once: words, sentences, and where the watched words are. `languages` are the bits of the text's.
 * Everything that runs for each letter or word stands in this one loop: calls cost more than what they would do.
 */
export function scan(state: Scan, text: string, languages: number): void {
  reset(state, text, languages);
  const { start: starts, end: ends, gap: gaps, row: rows, marks, clitic, sentence } = state;
  const { slots, letters: known } = state.cache;
  const multiplier = state.analyses.watchlist.multiplier;
  const end = text.length;
  let count = 0;
  let gap: number = GAP.line;
  let current = -1;
  let longest = 0;
  let i = 0;
  while (i < end) {
    let unit = text.charCodeAt(i);
    let letter = LETTERS[unit] as number;
    if (letter <= IGNORED) {
      if (letter === SEPARATOR) gap |= GAPS[unit] as number;
      i++;
      continue;
    }
    const start = i;
    let length = 0;
    let hash = 0;
    // What folding changed; capitals are among it, so that most words need no look at them.
    let folded = 0;
    while (i < end) {
      if (letter > EXPANDED) {
        letters[length & LETTER_MASK] = letter;
        length++;
        hash = (Math.imul(hash, multiplier) + letter) | 0;
        folded |= letter ^ unit;
      } else if (letter === SEPARATOR) break;
      else if (letter === EXPANDED) {
        for (const part of expansionOf(unit)) {
          letters[length & LETTER_MASK] = part;
          length++;
          hash = (Math.imul(hash, multiplier) + part) | 0;
        }
      }
      if (++i === end) break;
      unit = text.charCodeAt(i);
      letter = LETTERS[unit] as number;
    }
    state.count = count;
    if (length > 1 || !loneLetter(state, start, gap)) {
      const at = count++;
      const capitals = folded === 0 ? 0 : capitalsOf(text, start, i);
      starts[at] = start;
      ends[at] = i;
      gaps[at] = gap;
      marks[at] = capitals;
      clitic[at] = 0;
      if (pendingClitic !== 0) takeClitic(state, at, start);
      if (current < 0 || (gap & STARTS_SENTENCE) !== 0 || at >= longest) {
        current = startSentence(state, at, gap);
        longest = at + MAX_SENTENCE;
      }
      sentence[at] = current;
      const traits = capitals | (languages << 2);
      const slot = (spread(hash ^ traits) & (CACHE_SIZE - 1)) * SLOT;
      let row = -1;
      if (
        length <= INLINE_LETTERS &&
        slots[slot] === hash &&
        slots[slot + 1] === ((traits << 8) | length)
      ) {
        const from = slot * 2 + SLOT_LETTERS;
        let same = 0;
        while (same < length && known[from + same] === letters[same]) same++;
        if (same === length) row = slots[slot + 2] as number;
      }
      if (row < 0) row = length > MAX_LETTERS ? 0 : lookUp(state, length, hash, traits, slot);
      rows[at] = row;
      if (row !== 0) occur(state, row, at);
    }
    gap =
      unit === FULL_STOP && i < end && !fullStopEnds(text, i, start) ? 0 : (GAPS[unit] as number);
    i++;
  }
  state.count = count;
  state.sentenceStart[state.sentences] = count;
  if (state.sentences > 0 && (gap & GAP.question) !== 0) state.question[state.sentences - 1] = 1;
}

const FULL_STOP = 46;

/** Tatweel, a quote and a space may stand between a lone letter and its word. */
function takeClitic(state: Scan, at: number, start: number): void {
  if (start - pendingEnd <= 4) state.clitic[at] = pendingClitic;
  pendingClitic = 0;
}

/** Whether a word has its first letter or all of several as capitals. */
function capitalsOf(text: string, start: number, end: number): number {
  if (!isUpperCase(text.charCodeAt(start))) return CAPITALS.free;
  let capitals = 0;
  let small = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (isUpperCase(unit)) capitals++;
    else if ((LETTERS[unit] as number) > IGNORED) small++;
  }
  return small === 0 && capitals > 1 ? CAPITALS.all : CAPITALS.initial;
}

function reset(state: Scan, text: string, languages: number): void {
  state.text = text;
  state.languages = languages;
  state.count = 0;
  state.sentences = 0;
  state.occurrences = 0;
  state.seenCount = 0;
  state.misses = 0;
  state.number++;
  pendingClitic = 0;
  const { used, restUsed } = state.cache;
  if (used > CACHE_SIZE * 0.7 || restUsed > CACHE_REST * 0.8) forget(state);
  const room = (text.length >> 1) + 4;
  if (state.start.length < room) {
    for (const name of TOKEN_ARRAYS) state[name] = new Int32Array(room * 2);
  }
}

const TOKEN_ARRAYS = [
  'start',
  'end',
  'gap',
  'row',
  'marks',
  'clitic',
  'sentence',
  'sentenceStart',
  'paragraph',
  'question',
] as const;

let pendingClitic = 0;
let pendingEnd = 0;

/** The forms of lone letters that take no place: لـ"حفتر" is لحفتر, Haftar's is Haftar. */
const LONE: ReadonlyMap<number, number> = new Map([
  [0x648, FORM.conjunction],
  [0x641, FORM.conjunction],
  [0x628, FORM.b],
  [0x644, FORM.l],
  [0x643, FORM.k],
]);

function loneLetter(state: Scan, start: number, gap: number): boolean {
  const letter = letters[0] as number;
  const last = state.count - 1;
  if (letter === 115 && gap === GAP.apostrophe && last >= 0 && state.end[last] === start - 1) {
    state.marks[last] = (state.marks[last] as number) | TOKEN.possessive;
    return true;
  }
  const clitic = LONE.get(letter);
  if (clitic === undefined) return false;
  pendingClitic = clitic;
  pendingEnd = start;
  return true;
}

/** Starts a sentence, and where the gap has a line break a paragraph, with the word at `at`; says which it is. */
function startSentence(state: Scan, at: number, gap: number): number {
  const index = state.sentences++;
  state.sentenceStart[index] = at;
  state.question[index] = 0;
  const before = index === 0 ? -1 : (state.paragraph[index - 1] as number);
  state.paragraph[index] = (gap & GAP.line) !== 0 || index === 0 ? before + 1 : before;
  if (index > 0 && (gap & GAP.question) !== 0) state.question[index - 1] = 1;
  return index;
}

/** The row of a long word, or of one that is not in its home slot: in one near it, or new. */
function lookUp(state: Scan, length: number, hash: number, traits: number, home: number): number {
  const { cache } = state;
  const { slots } = cache;
  const key = (traits << 8) | length;
  let slot = home;
  for (let probe = 0; probe < CACHE_PROBES; probe++) {
    if (slots[slot + 1] === -1) break;
    if (slots[slot] === hash && slots[slot + 1] === key && hasLetters(cache, slot, length)) {
      return slots[slot + 2] as number;
    }
    slot = (slot + SLOT) & (CACHE_SIZE * SLOT - 1);
  }
  state.misses++;
  const row = analyse(state.analyses, letters, length, traits & 3, state.languages);
  keep(cache, slot, hash, key, length, row);
  return row;
}

/** Notes that the watched lexemes of a row stand at a word. */
function occur(state: Scan, row: number, at: number): void {
  const { seenAt, number } = state;
  const { start, watchedEnd, lexemes } = state.analyses;
  const last = watchedEnd[row] as number;
  for (let i = start[row] as number; i < last; i++) {
    const lexeme = lexemes[i] as number;
    if (state.occurrences === state.place.length) {
      state.place = grown(state.place);
      state.next = grown(state.next);
    }
    const index = state.occurrences++;
    state.place[index] = at;
    state.next[index] = -1;
    const slot = lexeme * 4;
    if (seenAt[slot] === number) state.next[seenAt[slot + 2] as number] = index;
    else {
      seenAt[slot] = number;
      seenAt[slot + 1] = index;
      state.seen[state.seenCount++] = lexeme;
    }
    seenAt[slot + 2] = index;
  }
}

/** Whether a watched lexeme is in the text. */
export function isSeen({ seenAt, number }: Scan, lexeme: number): boolean {
  return seenAt[lexeme * 4] === number;
}

/** The first occurrence of a lexeme that is in the text; `next` has the others. */
export function firstOccurrence({ seenAt }: Scan, lexeme: number): number {
  return seenAt[lexeme * 4 + 1] as number;
}
