import { IGNORED, LETTERS, SEPARATOR } from '../text/normalise.ts';
import { fullStopEnds, GAP, GAPS } from '../text/sentences.ts';
import { copyUnits, createUnits, type TextUnits } from '../text/text-units.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { spread } from '../watchlist/hash.ts';
import { type Analyses, analyse, clearAnalyses, createAnalyses, MAX_LETTERS } from './analyse.ts';
import { clearSightings, createSightings, type Sightings, sight } from './sightings.ts';
import { capitalsOf, letters, spell } from './spelling.ts';
import {
  CACHE_SIZE,
  clearCache,
  createCache,
  FIRST_UNIT,
  findLong,
  findNear,
  keep,
  keepLong,
  type ShortWord,
  SLOT,
  SLOT_UNITS,
  type WordCache,
} from './word-cache.ts';

/** How a word stands in the text, beside its gap bits: its capitals, then these. */
export const TOKEN = {
  capitals: 3,
  /** 's follows. */
  possessive: 4,
} as const;

/** The text at hand as words and sentences, with the watched words' places. One per classifier; every scan overwrites it. */
export interface Scan extends Sightings {
  readonly analyses: Analyses;
  readonly cache: WordCache;
  text: string;
  units: TextUnits;
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
  misses: number;
}

/** A sentence longer than this is no prose: it is cut, so that the work for one is bounded. */
const MAX_SENTENCE = 300;

/** Analyses kept; more than the cache has words, since those of words that went stay. */
const MAX_ANALYSES = CACHE_SIZE * 2;

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

/** Room for texts, with nothing scanned. */
export function createScan(watchlist: Watchlist): Scan {
  const room = 4096;
  const array = () => new Int32Array(room);
  return {
    ...createSightings(watchlist.tables.stemClass.length),
    analyses: createAnalyses(watchlist),
    cache: createCache(),
    text: '',
    units: createUnits(room * 2),
    languages: 0,
    count: 0,
    start: array(),
    end: array(),
    gap: array(),
    row: array(),
    marks: array(),
    clitic: array(),
    sentence: array(),
    sentences: 0,
    sentenceStart: array(),
    paragraph: array(),
    question: array(),
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

/** What the cache says of a word: its capitals, whether it is one letter, and from here on the row of its analysis. */
const ROW_SHIFT = 3;
const CAPITALS_BITS = 3;
const LONE = 4;

/** Tatweel, a quote and a space may stand between a lone letter and its word. */
const CLITIC_REACH = 4;

/**
 * Reads a text once: words, sentences, and where the watched words are. `languages` are the bits of the text's.
 * Everything that runs for each letter or word stands in this one loop: calls cost more than what they would do.
 */
export function scan(state: Scan, text: string, languages: number): void {
  reset(state, text, languages);
  const { start: starts, end: ends, gap: gaps, row: rows, marks, clitic, sentence } = state;
  const { slots, units: known } = state.cache;
  const { units } = state.units;
  const { multiplier } = state.analyses.watchlist;
  const end = text.length;
  let count = 0;
  let gap: number = GAP.line;
  let current = -1;
  let longest = 0;
  let lone = 0;
  let loneAt = 0;
  let i = 0;
  while (i < end) {
    let unit = units[i] as number;
    const first = LETTERS[unit] as number;
    if (first <= IGNORED) {
      if (first === SEPARATOR) gap |= GAPS[unit] as number;
      i++;
      continue;
    }
    const start = i;
    let hash = 0;
    // Behind the text stands a space.
    do {
      hash = (Math.imul(hash, multiplier) + unit) | 0;
      unit = units[++i] as number;
    } while (LETTERS[unit] !== SEPARATOR);
    const length = i - start;
    const key = (languages << 8) | length;
    const home = (spread(hash) & (CACHE_SIZE - 1)) * SLOT;
    let finding = -1;
    if (slots[home] === hash && slots[home + 1] === key && length <= SLOT_UNITS) {
      const from = home * 2 + FIRST_UNIT;
      let same = 0;
      while (same < length && known[from + same] === units[start + same]) same++;
      if (same === length) finding = slots[home + 2] as number;
    }
    if (finding < 0) finding = lookUp(state, start, i, hash, key, home);
    const form = (finding & LONE) === 0 ? -1 : cliticOf(state, start, gap, count);
    if (form < 0) {
      const at = count++;
      starts[at] = start;
      ends[at] = i;
      gaps[at] = gap;
      marks[at] = finding & CAPITALS_BITS;
      clitic[at] = start - loneAt <= CLITIC_REACH ? lone : 0;
      lone = 0;
      if (current < 0 || (gap & STARTS_SENTENCE) !== 0 || at >= longest) {
        current = startSentence(state, at, gap);
        longest = at + MAX_SENTENCE;
      }
      sentence[at] = current;
      const row = finding >> ROW_SHIFT;
      rows[at] = row;
      if (row !== 0) sight(state, state.analyses, row, at);
    } else if (form > 0) {
      lone = form;
      loneAt = start;
    }
    gap =
      unit === FULL_STOP && i < end && !fullStopEnds(text, i, start) ? 0 : (GAPS[unit] as number);
    i++;
  }
  state.count = count;
  state.sentenceStart[state.sentences] = count;
  if (state.sentences > 0 && (gap & GAP.question) !== 0) state.question[state.sentences - 1] = 1;
}

/** What there is to say of a word that was not met before. */
function meet(state: Scan, start: number, end: number): number {
  const { units } = state.units;
  state.misses++;
  const length = spell(units, start, end);
  const capitals = capitalsOf(units, start, end);
  const row =
    length > MAX_LETTERS ? 0 : analyse(state.analyses, letters, length, capitals, state.languages);
  return (row << ROW_SHIFT) | (length === 1 ? LONE : 0) | capitals;
}

/** The word at hand when it is short. */
const word = {} as ShortWord;

/** What is known of a word that is long or not in its home slot; what is not known is found out and kept. */
function lookUp(
  state: Scan,
  start: number,
  end: number,
  hash: number,
  key: number,
  home: number,
): number {
  const { cache, languages } = state;
  const { units } = state.units;
  if (end - start > SLOT_UNITS) {
    const word = state.text.slice(start, end);
    const known = findLong(cache, languages, word);
    if (known >= 0) return known;
    const finding = meet(state, start, end);
    keepLong(cache, languages, word, finding);
    return finding;
  }
  word.units = units;
  word.start = start;
  word.length = end - start;
  word.hash = hash;
  word.key = key;
  word.home = home;
  const known = findNear(cache, word);
  if (known >= 0) return known;
  const finding = meet(state, start, end);
  keep(cache, word, finding);
  return finding;
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
