import { GAP } from '../text/sentences.ts';
import { HIT } from '../watchlist/code.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { type ConceptHits, collectHits, eachHit } from './concept-hits.ts';
import type { Scan } from './scan.ts';
import { eachPlace } from './sightings.ts';

/** Where a concept stands in the text: word spans [start, end), in order, none inside another. */
export interface Occurrences {
  /** The text for which this was worked out. */
  number: number;
  count: number;
  readonly start: number[];
  readonly end: number[];
  /** `FORM` bits of the first word. */
  readonly form: number[];
}

/** Marks that part a phrase; quotes and hyphens do not. */
const PARTS_PHRASE =
  GAP.comma | GAP.semicolon | GAP.colon | GAP.parenthesis | GAP.dash | GAP.stop | GAP.line;
/** Marks that part the halves of a `gap` term. */
const PARTS_GAP = GAP.semicolon | GAP.stop | GAP.line;

/** The forms in which the word at `at` shows a lexeme, or -1 if it does not. */
export function formAt({ analyses, row }: Scan, at: number, lexeme: number): number {
  const index = row[at] as number;
  const end = analyses.start[index + 1] as number;
  for (let i = analyses.start[index] as number; i < end; i++) {
    if (analyses.lexemes[i] === lexeme) return analyses.forms[i] as number;
  }
  return -1;
}

/** The end of the phrase that starts at the word `at`, or -1. */
export function phraseEnd(state: Scan, phrase: number, at: number): number {
  const { phraseStart, wordGap } = state.analyses.tables;
  const first = phraseStart[phrase] as number;
  const last = phraseStart[phrase + 1] as number;
  if (wordFits(state, first, at) < 0) return -1;
  let position = at + 1;
  for (let word = first + 1; word < last; word++) {
    const furthest = position + (wordGap[word] as number);
    const parts = wordGap[word] === 0 ? PARTS_PHRASE : PARTS_GAP;
    for (; ; position++) {
      if (position >= state.count || position > furthest) return -1;
      if (state.sentence[position] !== state.sentence[at]) return -1;
      if (((state.marks[position] as number) & parts) !== 0) return -1;
      if (wordFits(state, word, position) >= 0) break;
    }
    position++;
  }
  return position;
}

/** The forms in which the word at `at` fits a phrase's word, or -1. */
function wordFits(state: Scan, word: number, at: number): number {
  const { wordStart, wordLexemes } = state.analyses.tables;
  if (state.row[at] === 0) return -1;
  const end = wordStart[word + 1] as number;
  for (let i = wordStart[word] as number; i < end; i++) {
    const form = formAt(state, at, wordLexemes[i] as number);
    if (form >= 0) return form;
  }
  return -1;
}

/** No occurrences, to be filled. */
export function noOccurrences(): Occurrences {
  return { number: -1, count: 0, start: [], end: [], form: [] };
}

/** More occurrences of one concept in a text are not followed: no article has them, a hostile one may. */
const MAX_OCCURRENCES = 20_000;

/** Works out where a lexeme stands. */
export function findLexeme(state: Scan, lexeme: number, into: Occurrences): void {
  begin(state, into);
  eachPlace(state, lexeme, (at) => add(into, at, at + 1, formAt(state, at, lexeme)));
}

/** Works out where a concept stands: its words and phrases, longest first, without what it blocks. */
export function findConcept(
  state: Scan,
  hits: ConceptHits,
  concept: number,
  into: Occurrences,
): void {
  begin(state, into);
  begin(state, blocked);
  if (state.analyses.tables.isIndexed[concept] === 1) {
    collectHits(hits, state);
    eachHit(hits, concept, (kind, lexeme, phrase) => {
      const spans = kind === HIT.lexeme || kind === HIT.phrase ? into : blocked;
      if (phrase < 0) addLexeme(state, lexeme, spans);
      else addPhrase(state, lexeme, phrase, spans);
    });
  } else lookThrough(state, concept, into);
  if (into.count > 1 || blocked.count > 0) sortAndPrune(into);
}

/** What the concept at hand blocks. */
const blocked = noOccurrences();

function lookThrough(state: Scan, concept: number, into: Occurrences): void {
  const { tables } = state.analyses;
  const { conceptBlockPhraseStart, conceptBlockPhrases, conceptBlockStart, conceptBlocks } = tables;
  const lexemes = (spans: Occurrences) => (lexeme: number) => addLexeme(state, lexeme, spans);
  const phrases = (spans: Occurrences) => (phrase: number) => {
    const { phraseStart, wordStart, wordLexemes } = tables;
    eachOf(wordStart, wordLexemes, phraseStart[phrase] as number, (lexeme) =>
      addPhrase(state, lexeme, phrase, spans),
    );
  };
  eachOf(tables.conceptLexemeStart, tables.conceptLexemes, concept, lexemes(into));
  eachOf(tables.conceptPhraseStart, tables.conceptPhrases, concept, phrases(into));
  if (into.count === 0) return;
  eachOf(conceptBlockStart, conceptBlocks, concept, lexemes(blocked));
  eachOf(conceptBlockPhraseStart, conceptBlockPhrases, concept, phrases(blocked));
}

function addLexeme(state: Scan, lexeme: number, into: Occurrences): void {
  eachPlace(state, lexeme, (at) => add(into, at, at + 1, formAt(state, at, lexeme)));
}

function addPhrase(state: Scan, lexeme: number, phrase: number, into: Occurrences): void {
  eachPlace(state, lexeme, (at) => {
    const end = phraseEnd(state, phrase, at);
    if (end >= 0) add(into, at, end, formAt(state, at, lexeme));
  });
}

function begin(state: Scan, into: Occurrences): void {
  into.number = state.number;
  into.count = 0;
}

function add(into: Occurrences, start: number, end: number, form: number): void {
  if (into.count >= MAX_OCCURRENCES) return;
  const at = into.count++;
  into.start[at] = start;
  into.end[at] = end;
  into.form[at] = form;
}

function eachOf(
  start: Int32Array,
  values: Int32Array,
  row: number,
  visit: (value: number) => void,
): void {
  const end = rowEnd(start, row);
  for (let i = rowStart(start, row); i < end; i++) visit(values[i] as number);
}

/** Puts spans in order, the longest first, and leaves out those inside another or blocked. */
function sortAndPrune(into: Occurrences): void {
  const { start, end, form, count } = into;
  const at = (list: readonly number[], i: number) => list[i] as number;
  const spans = [];
  for (let i = 0; i < count; i++) spans.push([at(start, i), at(end, i), at(form, i)] as const);
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1] || a[2] - b[2]);
  into.count = 0;
  let covered = -1;
  for (const [from, to, bits] of spans) {
    if (to <= covered || isBlocked(from, to)) continue;
    covered = to;
    add(into, from, to, bits);
  }
}

/** Whether a span lies wholly inside a blocked one. */
function isBlocked(from: number, to: number): boolean {
  for (let i = 0; i < blocked.count; i++) {
    if ((blocked.start[i] as number) <= from && (blocked.end[i] as number) >= to) return true;
  }
  return false;
}
