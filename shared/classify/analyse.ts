import { CLASS, FORM, MIN_STEM } from '../watchlist/affixes.ts';
import type { Tables, Watchlist } from '../watchlist/artifact.ts';
import { spread } from '../watchlist/hash.ts';
import { lexemeBits, STEM, STEM_MARKS } from '../watchlist/stems.ts';
import { CAPITALS } from '../watchlist/word.ts';
import { ARABIC, RUSSIAN } from './ending-tables.ts';
import { BEHIND, ends, findEnds } from './endings.ts';

/** Words longer than this are no words: they are neither analysed nor kept. */
export const MAX_LETTERS = 40;

/** What words turned out to be: rows of lexemes with the forms they were seen in. Row 0 is "nothing". */
export interface Analyses {
  readonly watchlist: Watchlist;
  readonly tables: Tables;
  /** Bits of a slot that are a lexeme. */
  readonly bits: number;
  /** Powers of the hash's multiplier. */
  readonly powers: Int32Array;
  /** Hashes of the beginnings of the word at hand. */
  readonly hashes: Int32Array;
  /** Row i is [start[i], start[i + 1]). */
  start: Int32Array;
  /** Where the lexemes of row i that some rule's pattern uses end; they come first. */
  watchedEnd: Int32Array;
  lexemes: Int32Array;
  forms: Int32Array;
  count: number;
  size: number;
}

/** No analyses yet. */
export function createAnalyses(watchlist: Watchlist): Analyses {
  const powers = new Int32Array(MAX_LETTERS + 2);
  powers[0] = 1;
  for (let i = 1; i < powers.length; i++) {
    powers[i] = Math.imul(powers[i - 1] as number, watchlist.multiplier);
  }
  return {
    watchlist,
    tables: watchlist.tables,
    bits: lexemeBits(watchlist.tables.stems.length / STEM.size),
    powers,
    hashes: new Int32Array(MAX_LETTERS + 2),
    start: new Int32Array(1024),
    watchedEnd: new Int32Array(1024),
    lexemes: new Int32Array(4096),
    forms: new Int32Array(4096),
    count: 1,
    size: 0,
  };
}

/** The lexemes found for the word at hand; kept between calls so that nothing is allocated. */
const found = new Int32Array(64);
const foundForms = new Int32Array(64);
const foundMarks = new Int32Array(64);
let foundCount = 0;

/**
 * Finds the row of the word in `letters[0..length)`, written with `capitals` in a text of `languages`.
 * Runs once for each new word; the scanner remembers the row.
 */
export function analyse(
  analyses: Analyses,
  letters: Uint16Array,
  length: number,
  capitals: number,
  languages: number,
): number {
  const { hashes } = analyses;
  const multiplier = analyses.watchlist.multiplier;
  for (let i = 0; i < length; i++) {
    hashes[i + 1] = (Math.imul(hashes[i] as number, multiplier) + (letters[i] as number)) | 0;
  }
  foundCount = 0;
  word.analyses = analyses;
  word.letters = letters;
  word.length = length;
  word.capitals = capitals;
  word.languages = languages;
  const first = letters[0] as number;
  if (first >= 0x620 && first <= 0x6ff) {
    findEnds(ARABIC, letters, length);
    analyseArabic(word);
  } else {
    look(word, 0, length, CLASS.exact, 0);
    if (first >= 0x400 && first <= 0x52f) {
      findEnds(RUSSIAN, letters, length);
      stems(word, 0, BEHIND.anything, 0);
    }
  }
  const { prefixLengths } = analyses.tables;
  for (let i = 0; i < prefixLengths.length; i++) {
    const end = prefixLengths[i] as number;
    if (end <= length) look(word, 0, end, CLASS.prefix, 0);
  }
  return foundCount === 0 ? 0 : rowOf(analyses);
}

interface Word {
  analyses: Analyses;
  letters: Uint16Array;
  length: number;
  capitals: number;
  languages: number;
}

/** The word at hand: one for all, since analysing allocates nothing. */
const word = {} as Word;

const ALEF = 0x627;
const BEH = 0x628;
const TEH = 0x62a;
const SEEN = 0x633;
const FEH = 0x641;
const KAF = 0x643;
const LAM = 0x644;
const NOON = 0x646;
const WAW = 0x648;
const YEH = 0x64a;

function analyseArabic(word: Word): void {
  fromPosition(word, 0, 0);
  const first = word.letters[0];
  if ((first === WAW || first === FEH) && word.length > MIN_STEM) {
    fromPosition(word, 1, FORM.conjunction);
  }
}

/** Tries every prefix that may start at `at`, after the conjunction if there was one. */
function fromPosition(word: Word, at: number, forms: number): void {
  const { letters, length } = word;
  const a = letters[at];
  const b = letters[at + 1];
  const c = letters[at + 2];
  stems(word, at, BEHIND.bare, forms);
  if (a === ALEF && b === LAM) stems(word, at + 2, BEHIND.definite, forms | FORM.definite);
  if (a === BEH || a === KAF || a === LAM) {
    const clitic = a === BEH ? FORM.b : a === KAF ? FORM.k : FORM.l;
    stems(word, at + 1, BEHIND.preposition, forms | clitic);
    if (a === LAM && b === LAM) {
      stems(word, at + 2, BEHIND.definite, forms | clitic | FORM.definite);
    } else if (b === ALEF && c === LAM && length > at + 3) {
      stems(word, at + 3, BEHIND.definite, forms | clitic | FORM.definite);
    }
  }
  imperfect(word, at, forms);
  if (a === SEEN) imperfect(word, at + 1, forms | FORM.future);
  else if (a === LAM) imperfect(word, at + 1, forms);
}

function imperfect(word: Word, at: number, forms: number): void {
  const letter = word.letters[at];
  const short = letter === YEH || letter === TEH;
  if (!short && letter !== NOON && letter !== ALEF) return;
  stems(word, at + 1, short ? BEHIND.shortImperfect : BEHIND.imperfect, forms);
}

/** Looks up what stands between a prefix that ends at `from` and each suffix, among the classes that may follow the prefix. */
function stems(word: Word, from: number, behind: number, forms: number): void {
  const { count, end, classes, indefinite, forms: shown } = ends;
  for (let i = 0; i < count; i++) {
    if ((end[i] as number) - from < MIN_STEM) continue;
    let fitting = (classes[i] as number) & behind;
    if (behind === BEHIND.definite) fitting &= ~(indefinite[i] as number);
    if (fitting !== 0) look(word, from, end[i] as number, fitting, forms | (shown[i] as number));
  }
}

/** Looks up the stem in `letters[from..end)` among the classes given. */
function look(word: Word, from: number, end: number, classes: number, forms: number): void {
  const { analyses } = word;
  const { tables, hashes, powers } = analyses;
  const hash =
    ((hashes[end] as number) - Math.imul(hashes[from] as number, powers[end - from] as number)) | 0;
  const mixed = spread(hash);
  const { stemBits } = tables;
  if (((stemBits[(mixed >>> 5) & (stemBits.length - 1)] as number) & (1 << mixed)) === 0) return;
  const { slots, stems } = tables;
  const last = slots.length - 1;
  const { bits } = analyses;
  for (let slot = mixed & last; ; slot = (slot + 1) & last) {
    const entry = slots[slot] as number;
    if (entry === 0) return;
    if ((entry ^ mixed) >>> bits !== 0) continue;
    const stem = ((entry & ((1 << bits) - 1)) - 1) * STEM.size;
    const marks = stems[stem + STEM.marks] as number;
    if ((marks & classes) === 0) continue;
    if (((marks >> STEM_MARKS.lengthShift) & STEM_MARKS.length) !== end - from) continue;
    if (hasLetters(word, from, end, stems[stem] as number)) keep(word, stem, marks, forms);
  }
}

function hasLetters({ analyses, letters }: Word, from: number, end: number, start: number) {
  const { pool } = analyses.tables;
  let i = from;
  while (i < end && pool[start + i - from] === letters[i]) i++;
  return i === end;
}

function keep(word: Word, stem: number, marks: number, forms: number): void {
  if (((marks >> STEM_MARKS.languagesShift) & word.languages) === 0) return;
  const demanded = (marks >> STEM_MARKS.capitalsShift) & STEM_MARKS.capitals;
  if (demanded !== CAPITALS.free && word.capitals < demanded) return;
  const shown = forms | (word.analyses.tables.stems[stem + STEM.forms] as number);
  const lexeme = stem / STEM.size;
  for (let i = 0; i < foundCount; i++) {
    // The same stem by two readings: the one without a pronoun is the plainer.
    if (found[i] === lexeme) {
      const plainer =
        ((foundForms[i] as number) & FORM.pronoun) !== 0 && (forms & FORM.pronoun) === 0;
      if (plainer) foundForms[i] = shown;
      return;
    }
  }
  if (foundCount === found.length) return;
  found[foundCount] = lexeme;
  foundMarks[foundCount] = marks;
  foundForms[foundCount++] = shown;
}

/** A row of what was found, what is watched first; the rows live as long as the words that the scanner remembers. */
function rowOf(analyses: Analyses): number {
  const row = analyses.count++;
  makeRoom(analyses);
  for (let wanted: number = STEM_MARKS.watched; wanted >= 0; wanted -= STEM_MARKS.watched) {
    for (let i = 0; i < foundCount; i++) {
      if (((foundMarks[i] as number) & STEM_MARKS.watched) !== wanted) continue;
      analyses.lexemes[analyses.size] = found[i] as number;
      analyses.forms[analyses.size++] = foundForms[i] as number;
    }
    if (wanted !== 0) analyses.watchedEnd[row] = analyses.size;
  }
  analyses.start[row + 1] = analyses.size;
  return row;
}

/** Drops all rows. */
export function clearAnalyses(analyses: Analyses): void {
  analyses.count = 1;
  analyses.size = 0;
}

function makeRoom(analyses: Analyses): void {
  if (analyses.count + 2 > analyses.start.length) {
    for (const name of ['start', 'watchedEnd'] as const) {
      analyses[name] = grown(analyses[name]);
    }
  }
  if (analyses.size + found.length > analyses.lexemes.length) {
    analyses.lexemes = grown(analyses.lexemes);
    analyses.forms = grown(analyses.forms);
  }
}

/** The same array with twice the room. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}
