import { GAP } from '../text/sentences.ts';
import { CLASS, FORM } from '../watchlist/affixes.ts';
import { SENSE } from '../watchlist/categories.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { STEM, STEM_MARKS } from '../watchlist/stems.ts';
import { phraseEnd } from './occurrences.ts';
import { CAPITALS_SHIFT, CLITIC_SHIFT, type Scan, TOKEN } from './scan.ts';

/** A word or phrase of a sentence and what it means there. */
export interface Unit {
  /** Words [start, end) of the text. */
  readonly start: number;
  readonly end: number;
  /** `CATEGORY` bits. */
  readonly categories: number;
  /** The actor that it names, or -1. */
  readonly name: number;
  readonly adjective: number;
  readonly people: number;
  readonly weak: number;
  /** `FORM` bits of its first word, a proclitic written apart among them. */
  readonly form: number;
  /** By one reading of its only word it is a verb. */
  readonly verb: boolean;
  /** By one reading of its only word it is a noun. */
  readonly noun: boolean;
  /** `GAP` bits before it. */
  readonly gap: number;
  /** Capitals of its first word: 0 none, 1 first, 2 all. */
  readonly capitals: number;
  /** 's follows it. */
  readonly possessive: boolean;
  /** Nothing is known of it. */
  readonly unknown: boolean;
}

/** A cue or an undoing word in a sentence. */
export interface CuePlace {
  readonly start: number;
  readonly end: number;
  readonly cue: number;
  readonly form: number;
}

/** A sentence read: its units, and the cues in it. */
export interface Sentence {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly units: readonly Unit[];
  /** The unit of each word, from `start`. */
  readonly unitAt: readonly number[];
  readonly cues: readonly CuePlace[];
  readonly undoes: readonly CuePlace[];
  /** Phrases in which a cue does not count. */
  readonly cueBlocks: readonly CuePlace[];
  /** Words before which one of the watchlist's own marker sets stands: set and the word after it. */
  readonly markers: readonly {
    readonly set: number;
    readonly end: number;
    readonly start: number;
  }[];
}

/** Reads one sentence of the text: at every word the longest phrase with a meaning, else the word. */
export function readSentence(state: Scan, index: number): Sentence {
  const start = state.sentenceStart[index] as number;
  const end = state.sentenceStart[index + 1] as number;
  const found: Found = { cues: [], undoes: [], cueBlocks: [], markers: [] };
  const units: Unit[] = [];
  const unitAt: number[] = [];
  let at = start;
  while (at < end) {
    const unit = readUnit(state, at, end, found);
    for (let i = unit.start; i < unit.end; i++) unitAt.push(units.length);
    // Words inside a phrase can be cues and markers of their own.
    for (let i = unit.start + 1; i < unit.end; i++) readSenses(state, i, found);
    units.push(unit);
    at = unit.end;
  }
  return { index, start, end, units, unitAt, ...found };
}

interface Found {
  readonly cues: CuePlace[];
  readonly undoes: CuePlace[];
  readonly cueBlocks: CuePlace[];
  readonly markers: { set: number; start: number; end: number }[];
}

interface Senses {
  categories: number;
  name: number;
  adjective: number;
  people: number;
  weak: number;
  form: number;
  /** A reading says that it names nobody. */
  blocked: boolean;
}

/** What a phrase must mean for it to stand as one unit: cues and markers alone do not swallow names. */
function isStructural(senses: Senses): boolean {
  return (
    senses.categories !== 0 ||
    senses.name >= 0 ||
    senses.adjective >= 0 ||
    senses.people >= 0 ||
    senses.weak >= 0 ||
    senses.blocked
  );
}

function readUnit(state: Scan, at: number, limit: number, found: Found): Unit {
  const single = readSenses(state, at, found);
  const { analyses } = state;
  const { tables } = analyses;
  let best = single;
  let end = at + 1;
  const row = state.row[at] as number;
  const last = analyses.start[row + 1] as number;
  for (let i = analyses.start[row] as number; i < last; i++) {
    const lexeme = analyses.lexemes[i] as number;
    const stop = rowEnd(tables.lexemePhraseStart, lexeme);
    for (let p = rowStart(tables.lexemePhraseStart, lexeme); p < stop; p++) {
      const phrase = tables.lexemePhrases[p] as number;
      const to = phraseEnd(state, phrase, at);
      if (to < 0 || to > limit) continue;
      const senses = noSenses();
      const from = rowStart(tables.phraseSenseStart, phrase);
      const until = rowEnd(tables.phraseSenseStart, phrase);
      takeSenses(
        tables.phraseSenses,
        from,
        until,
        at,
        to,
        analyses.forms[i] as number,
        senses,
        found,
      );
      if (!isStructural(senses)) continue;
      if (to > end) {
        best = senses;
        end = to;
      } else if (to === end) mergeSenses(best, senses);
    }
  }
  return makeUnit(state, at, end, best.blocked ? { ...noSenses(), form: best.form } : best);
}

/** محمد of محمد بن سلمان: the watchlist has it inside names only, and means nobody by it alone. */
function isInsideNames({ analyses }: Scan, row: number): boolean {
  const { stems, lexemeSenseStart } = analyses.tables;
  const last = analyses.start[row + 1] as number;
  for (let i = analyses.start[row] as number; i < last; i++) {
    const lexeme = analyses.lexemes[i] as number;
    const hasSense = rowStart(lexemeSenseStart, lexeme) < rowEnd(lexemeSenseStart, lexeme);
    const marks = stems[lexeme * STEM.size + STEM.marks] as number;
    if (hasSense || (marks & STEM_MARKS.watched) !== 0) return false;
    if ((marks & NAME_WORDS) === 0) return false;
  }
  return true;
}

/** The classes of the words of a name: the first takes clitics, the others stand as they are. */
const NAME_WORDS = CLASS.name | CLASS.definiteName | CLASS.exact;

function makeUnit(state: Scan, start: number, end: number, senses: Senses): Unit {
  const { analyses } = state;
  const row = state.row[start] as number;
  let forms = 0;
  for (let i = analyses.start[row] as number; i < (analyses.start[row + 1] as number); i++) {
    forms |= analyses.forms[i] as number;
  }
  let possessive = false;
  const marks = state.marks[start] as number;
  let form = senses.form | (marks >> CLITIC_SHIFT);
  for (let i = start; i < end; i++) {
    if (((state.marks[i] as number) & TOKEN.possessive) !== 0) possessive = i === end - 1;
  }
  if (end - start > 1 && lastCarriesPronoun(state, end - 1)) form |= FORM.pronoun;
  return {
    start,
    end,
    categories: senses.categories,
    name: senses.name,
    adjective: senses.adjective,
    people: senses.people,
    weak: senses.weak,
    form,
    verb: (forms & FORM.verb) !== 0 && end - start === 1,
    noun: (forms & FORM.noun) !== 0 && end - start === 1,
    gap: marks & TOKEN.gap,
    capitals: (marks & TOKEN.capitals) >> CAPITALS_SHIFT,
    possessive: possessive || genitiveApostrophe(state, end),
    unknown: row === 0 || (end - start === 1 && isInsideNames(state, row)),
  };
}

/** `the Emirates' visit`: an apostrophe after an s and before a space. */
function genitiveApostrophe(state: Scan, end: number): boolean {
  if (end >= state.count) return false;
  const close = state.end[end - 1] as number;
  const apostrophe = (GAP.apostrophe & (state.marks[end] as number)) !== 0;
  return apostrophe && state.text[close - 1] === 's' && state.start[end] !== close + 1;
}

function lastCarriesPronoun({ analyses, row }: Scan, at: number): boolean {
  const index = row[at] as number;
  for (let i = analyses.start[index] as number; i < (analyses.start[index + 1] as number); i++) {
    if (((analyses.forms[i] as number) & FORM.pronoun) !== 0) return true;
  }
  return false;
}

function noSenses(): Senses {
  return { categories: 0, name: -1, adjective: -1, people: -1, weak: -1, form: 0, blocked: false };
}

function mergeSenses(into: Senses, from: Senses): void {
  into.categories |= from.categories;
  if (into.name < 0) into.name = from.name;
  if (into.adjective < 0) into.adjective = from.adjective;
  if (into.people < 0) into.people = from.people;
  if (into.weak < 0) into.weak = from.weak;
  if (into.form === 0) into.form = from.form;
  into.blocked ||= from.blocked;
}

/** The senses of one word by all its readings. */
function readSenses(state: Scan, at: number, found: Found): Senses {
  const { analyses } = state;
  const { tables } = analyses;
  const senses = noSenses();
  const row = state.row[at] as number;
  const last = analyses.start[row + 1] as number;
  for (let i = analyses.start[row] as number; i < last; i++) {
    const lexeme = analyses.lexemes[i] as number;
    const form = analyses.forms[i] as number;
    const from = rowStart(tables.lexemeSenseStart, lexeme);
    const until = rowEnd(tables.lexemeSenseStart, lexeme);
    if (from === until) {
      if (senses.form === 0) senses.form = form;
    } else takeSenses(tables.lexemeSenses, from, until, at, at + 1, form, senses, found);
  }
  return senses;
}

function takeSenses(
  values: Int32Array,
  from: number,
  until: number,
  start: number,
  end: number,
  form: number,
  senses: Senses,
  found: Found,
): void {
  for (let i = from; i < until; i++) {
    const sense = values[i] as number;
    const value = sense & 0xffffff;
    switch (sense >>> 24) {
      case SENSE.category:
        senses.categories |= 1 << value;
        senses.form |= form;
        break;
      case SENSE.name:
        if (senses.name < 0) senses.name = value;
        senses.form |= form;
        break;
      case SENSE.adjective:
        if (senses.adjective < 0) senses.adjective = value;
        senses.form |= form;
        break;
      case SENSE.people:
        if (senses.people < 0) senses.people = value;
        senses.form |= form;
        break;
      case SENSE.weak:
        if (senses.weak < 0) senses.weak = value;
        senses.form |= form;
        break;
      case SENSE.block:
        senses.blocked = true;
        break;
      case SENSE.cue:
        found.cues.push({ start, end, cue: value, form });
        break;
      case SENSE.cueBlock:
        found.cueBlocks.push({ start, end, cue: value, form });
        break;
      case SENSE.undo:
        found.undoes.push({ start, end, cue: value, form });
        break;
      default:
        found.markers.push({ set: value, start, end });
    }
  }
}
