import { IGNORED, LETTERS, SEPARATOR } from '../text/normalise.ts';
import { fullStopEnds, GAP, GAPS } from '../text/sentences.ts';
import { copyUnits, createUnits } from '../text/text-units.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { clearAnalyses, createAnalyses } from './analyse.ts';
import {
  bitOf,
  clearSightings,
  createSightings,
  SEVERAL,
  type Sightings,
  setBits,
} from './sightings.ts';
import { CACHE_SIZE, clearCache, createCache, holds, SLOT, slotOf } from './word-cache.ts';
import {
  ANCHOR_SHIFT,
  FINDING,
  meet,
  ROW_SHIFT,
  WATCHED_SHIFT,
  type WordFindings,
} from './word-findings.ts';

export const CAPITALS_SHIFT = 11;
export const CLITIC_SHIFT = 14;
/** How a word stands in the text: these, and from `CLITIC_SHIFT` on the `FORM` bits of a proclitic that was written apart. */
export const TOKEN = {
  /** The `GAP` bits of what is before it. */
  gap: (1 << CAPITALS_SHIFT) - 1,
  capitals: 3 << CAPITALS_SHIFT,
  /** 's follows. */
  possessive: 1 << 13,
} as const;

/** The text at hand as words and sentences, with the watched words' places. One per classifier; every scan overwrites it. */
export interface Scan extends WordFindings, Sightings {
  /** Words of the text. */
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** `TOKEN` bits. */
  marks: Int32Array;
  sentence: Int32Array;
  sentences: number;
  /** The first word of each sentence; the one after the last is `count`. */
  sentenceStart: Int32Array;
  paragraph: Int32Array;
  question: Int32Array;
  /** Words because of which rules are looked at. */
  anchors: Int32Array;
  anchorCount: number;
}

/** A sentence longer than this is no prose: it is cut, so that the work for one is bounded. */
const MAX_SENTENCE = 300;

/** Analyses kept; more than the cache has words, since those of words that went stay. */
const MAX_ANALYSES = CACHE_SIZE * 2;

const TOKEN_ARRAYS = [
  'start',
  'end',
  'row',
  'marks',
  'sentence',
  'sentenceStart',
  'paragraph',
  'question',
  'watched',
  'lexeme',
  'anchors',
] as const;

/** Room for texts, with nothing scanned. */
export function createScan(watchlist: Watchlist): Scan {
  const room = 4096;
  const array = () => new Int32Array(room);
  return {
    ...createSightings(createAnalyses(watchlist)),
    cache: createCache(),
    text: '',
    units: createUnits(room * 2),
    languages: 0,
    count: 0,
    start: array(),
    end: array(),
    marks: array(),
    sentence: array(),
    sentences: 0,
    sentenceStart: array(),
    paragraph: array(),
    question: array(),
    anchors: array(),
    anchorCount: 0,
    misses: 0,
  };
}

function reset(state: Scan, text: string, languages: number): void {
  clearSightings(state);
  state.text = text;
  state.units = copyUnits(state.units, text);
  state.languages = languages;
  state.sentences = 0;
  state.misses = 0;
  if (state.analyses.count > MAX_ANALYSES) {
    // Only between texts: a text's words point at their rows.
    clearCache(state.cache);
    clearAnalyses(state.analyses);
  }
  const room = (text.length >> 1) + 4;
  if (state.start.length < room) {
    for (const name of TOKEN_ARRAYS) state[name] = new Int32Array(room * 2);
  }
}

/** Marks before a word that start a sentence with it. */
const STARTS_SENTENCE = GAP.stop | GAP.line;
const FULL_STOP = 46;

/** Tatweel, a quote and a space may stand between a lone letter and its word. */
const CLITIC_REACH = 4;

/**
 * Reads a text once: words, sentences, and where the watched words are. `languages` are the bits of the text's.
 * Everything that runs for each letter or word stands in this one loop: calls cost more than what they would do. Constants of
 * other modules are named before it, since the engine looks them up anew each time.
 */
export function scan(state: Scan, text: string, languages: number): void {
  reset(state, text, languages);
  const { start: starts, end: ends, marks, row: rows, sentence, bits } = state;
  const { watched, lexeme: lexemes, anchors } = state;
  const { slots } = state.cache;
  const factor = state.cache.secrets[0] | 0;
  const otherFactor = state.cache.secrets[1] | 0;
  const secret = state.cache.secrets[2] | 0;
  const { units } = state.units;
  const letters = LETTERS;
  const gaps = GAPS;
  const separator = SEPARATOR;
  const ignored = IGNORED;
  const isLone = FINDING.lone;
  const capitals = FINDING.capitals;
  const end = text.length;
  let count = 0;
  let gap: number = GAP.line;
  let current = -1;
  let longest = 0;
  let lone = 0;
  let loneAt = 0;
  let watchedCount = 0;
  let anchorCount = 0;
  let i = 0;
  while (i < end) {
    let unit = units[i] as number;
    if ((letters[unit] as number) <= ignored) {
      // What is ignored has no bits.
      gap |= gaps[unit] as number;
      i++;
      continue;
    }
    const start = i;
    // The same word may be another one in another language.
    let hash = languages;
    let other = languages ^ secret;
    // Behind the text stands a space.
    do {
      hash = (Math.imul(hash, factor) + unit) | 0;
      other = Math.imul(other ^ unit, otherFactor);
      other ^= other >>> 15;
      unit = units[++i] as number;
    } while (letters[unit] !== separator);
    let slot = slotOf(hash);
    if (!holds(slots, slot, hash, other)) {
      slot ^= SLOT;
      if (!holds(slots, slot, hash, other)) slot = meet(state, start, i, hash, other);
    }
    const finding = slots[slot + 2] as number;
    const form = (finding & isLone) === 0 ? -1 : cliticOf(state, start, gap, count);
    if (form < 0) {
      const at = count++;
      starts[at] = start;
      ends[at] = i;
      if (lone !== 0) {
        if (start - loneAt <= CLITIC_REACH) gap |= lone << CLITIC_SHIFT;
        lone = 0;
      }
      marks[at] = gap | ((finding & capitals) << CAPITALS_SHIFT);
      if ((gap & STARTS_SENTENCE) !== 0 || at >= longest) {
        current = startSentence(state, at, gap);
        longest = at + MAX_SENTENCE;
      }
      sentence[at] = current;
      rows[at] = finding >> ROW_SHIFT;
      // Without asking whether it is watched: nobody guesses that well. The bit of `NONE` is one more of two thousand.
      const lexeme = slots[slot + 3] as number;
      if (lexeme === SEVERAL) setBits(state, finding >> ROW_SHIFT);
      else {
        const bit = bitOf(lexeme);
        bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << bit);
      }
      lexemes[watchedCount] = lexeme;
      watched[watchedCount] = at;
      watchedCount += (finding >> WATCHED_SHIFT) & 1;
      anchors[anchorCount] = at;
      anchorCount += (finding >> ANCHOR_SHIFT) & 1;
    } else if (form > 0) {
      lone = form;
      loneAt = start;
    }
    gap = unit === FULL_STOP && !fullStopEnds(units, i, start) ? 0 : (gaps[unit] as number);
    i++;
  }
  state.count = count;
  state.watchedCount = watchedCount;
  state.anchorCount = anchorCount;
  state.sentenceStart[state.sentences] = count;
  if (state.sentences > 0 && (gap & GAP.question) !== 0) state.question[state.sentences - 1] = 1;
}

/** The forms of lone letters that take no place: لـ"حفتر" is لحفتر, Haftar's is Haftar. */
const LONE_FORMS: ReadonlyMap<number, number> = new Map([
  [0x648, FORM.conjunction],
  [0x641, FORM.conjunction],
  [0x628, FORM.b],
  [0x644, FORM.l],
  [0x643, FORM.k],
]);
const S = 0x73;

/** The form that a lone letter gives the word behind it; 0 if it belongs to the word before it, -1 if it is a word. */
function cliticOf(state: Scan, start: number, gap: number, count: number): number {
  const letter = LETTERS[state.units.units[start] as number] as number;
  const last = count - 1;
  if (letter === S && gap === GAP.apostrophe && last >= 0 && state.end[last] === start - 1) {
    state.marks[last] = (state.marks[last] as number) | TOKEN.possessive;
    return 0;
  }
  return LONE_FORMS.get(letter) ?? -1;
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
