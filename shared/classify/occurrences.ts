import { GAP } from '../text/sentences.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { firstOccurrence, isSeen, type Scan } from './scan.ts';

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
      if (((state.gap[position] as number) & parts) !== 0) return -1;
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
export function findConcept(state: Scan, concept: number, into: Occurrences): void {
  const { tables } = state.analyses;
  begin(state, into);
  eachOf(tables.conceptLexemeStart, tables.conceptLexemes, concept, (lexeme) =>
    eachPlace(state, lexeme, (at) => add(into, at, at + 1, formAt(state, at, lexeme))),
  );
  eachOf(tables.conceptPhraseStart, tables.conceptPhrases, concept, (phrase) =>
    eachPhrase(state, phrase, (at, end) =>
      add(into, at, end, wordFits(state, tables.phraseStart[phrase] as number, at)),
    ),
  );
  if (into.count === 0) return;
  const blocked = blockedSpans(state, concept);
  sortAndPrune(into, blocked);
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

/** Visits every place of a lexeme in the text. */
function eachPlace(state: Scan, lexeme: number, visit: (at: number) => void): void {
  if (!isSeen(state, lexeme)) return;
  for (let i = firstOccurrence(state, lexeme); i >= 0; i = state.next[i] as number) {
    visit(state.place[i] as number);
  }
}

function eachPhrase(state: Scan, phrase: number, visit: (at: number, end: number) => void): void {
  const { phraseStart, wordStart, wordLexemes } = state.analyses.tables;
  const first = phraseStart[phrase] as number;
  eachOf(wordStart, wordLexemes, first, (lexeme) =>
    eachPlace(state, lexeme, (at) => {
      const end = phraseEnd(state, phrase, at);
      if (end >= 0) visit(at, end);
    }),
  );
}

function blockedSpans(state: Scan, concept: number): Occurrences | null {
  const { tables } = state.analyses;
  const spans = noOccurrences();
  eachOf(tables.conceptBlockStart, tables.conceptBlocks, concept, (lexeme) =>
    eachPlace(state, lexeme, (at) => add(spans, at, at + 1, 0)),
  );
  eachOf(tables.conceptBlockPhraseStart, tables.conceptBlockPhrases, concept, (phrase) =>
    eachPhrase(state, phrase, (at, end) => add(spans, at, end, 0)),
  );
  return spans.count === 0 ? null : spans;
}

function sortAndPrune(into: Occurrences, blocked: Occurrences | null): void {
  const order = Array.from({ length: into.count }, (_, i) => i);
  const { start, end, form } = into;
  const at = (list: number[], i: number) => list[i] as number;
  order.sort((a, b) => at(start, a) - at(start, b) || at(end, b) - at(end, a) || a - b);
  const spans = order.map((i) => [at(start, i), at(end, i), at(form, i)] as const);
  into.count = 0;
  let covered = -1;
  for (const [from, to, bits] of spans) {
    if (to <= covered || isBlocked(blocked, from, to)) continue;
    covered = to;
    add(into, from, to, bits);
  }
}

/** Whether a span lies wholly inside a blocked one. */
function isBlocked(blocked: Occurrences | null, from: number, to: number): boolean {
  if (blocked === null) return false;
  for (let i = 0; i < blocked.count; i++) {
    if ((blocked.start[i] as number) <= from && (blocked.end[i] as number) >= to) return true;
  }
  return false;
}
