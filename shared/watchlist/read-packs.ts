import type { Status } from '../event.ts';
import { FORM } from './affixes.ts';
import { HINTS } from './item.ts';
import type { Place, Report } from './problem.ts';
import { readWordList } from './read-words.ts';
import {
  entriesOf,
  readChoice,
  readList,
  readMap,
  readNumber,
  readText,
  reportChoice,
} from './reader.ts';
import type { CueSource, WordList } from './source.ts';
import type { Tree } from './yaml-tree.ts';

/** The lists of the grammar pack; those in groups are read as `roles.person`, `markers.to`. */
export const GRAMMAR_LISTS = [
  'particles',
  'passive',
  'pronouns',
  'possessive',
  'saying',
  'according',
  'questions',
  'stop',
  'fillers',
  'titles',
  'strangers',
  'aides',
  'conjunctions',
  'adjuncts',
  'reports',
] as const;

/** The groups of the grammar pack with their lists. */
export const GRAMMAR_GROUPS: Readonly<Record<string, readonly string[]>> = {
  roles: ['person', 'group', 'org', 'place'],
  markers: [...HINTS.slice(HINTS.indexOf('to')), 'other'],
  clauses: ['complement', 'relative', 'break'],
};

/** Reads the `grammar` section into lists by name. */
export function readGrammar(tree: Tree, report: Report): [string, WordList][] {
  return entriesOf(tree, 'grammar', report).flatMap(({ key, at, value }): [string, WordList][] => {
    const group = GRAMMAR_GROUPS[key];
    if (group !== undefined) {
      const map = readMap(value, group, key, report);
      return Object.entries(map).map(([name, list]) => [
        `${key}.${name}`,
        readWordList(list as Tree, `${key}.${name}`, report),
      ]);
    }
    if (!(GRAMMAR_LISTS as readonly string[]).includes(key)) {
      const keys = [...GRAMMAR_LISTS, ...Object.keys(GRAMMAR_GROUPS)];
      reportChoice(at, 'a part of the grammar', key, keys, report);
      return [];
    }
    return [[key, readWordList(value, key, report)]];
  });
}

/** What an event may be marked. */
export const STATUSES = [
  'asserted',
  'planned',
  'cancelled',
  'denied',
  'refused',
  'requested',
  'hypothetical',
] as const satisfies readonly Status[];

/** The strength of a cue by its status: what is denied or cancelled is so however firmly it was planned. */
const STRENGTHS: Readonly<Record<Status, number>> = {
  denied: 5,
  refused: 5,
  cancelled: 5,
  hypothetical: 4,
  requested: 3,
  planned: 2,
  asserted: 1,
};

const FORMS = {
  past: FORM.past,
  imperfect: FORM.imperfect,
  future: FORM.future,
  noun: FORM.noun,
  infinitive: FORM.infinitive,
} as const;

/** Words after a cue in which a word may undo it: far enough for "not ... only", not for the next clause. */
const UNLESS_WITHIN = 12;

/** The keys of a cue group. */
export const CUE_KEYS = [
  'include',
  'status',
  'words',
  'side',
  'reach',
  'within',
  'unless',
  'unless_within',
  'strength',
  'form',
  'trigger_form',
] as const;

/** Another pack whose cues belong to this one. */
export interface PackInclude {
  readonly include: string;
  readonly at: Place;
}

/** Reads the `status` section into cue groups by pack. */
export function readStatus(tree: Tree, report: Report): [string, (CueSource | PackInclude)[]][] {
  return entriesOf(tree, 'status', report).map(({ key, value }) => [
    key,
    readList(value, `the status pack ${key}`, report).flatMap((item) => {
      const cue = readCue(item, report);
      return cue === null ? [] : [cue];
    }),
  ]);
}

function readCue(tree: Tree, report: Report): CueSource | PackInclude | null {
  const map = readMap(tree, CUE_KEYS, 'a cue', report);
  const include = readText(map.include, 'include', report);
  if (include !== undefined) return { include, at: tree.at };
  const status = readChoice(map.status, 'status', STATUSES, report);
  if (status === undefined || map.words === undefined) {
    report(tree.at, 'a cue needs a status and words', 'status: planned, words: { ar: [...] }');
    return null;
  }
  return {
    at: tree.at,
    status,
    words: readWordList(map.words, 'words', report),
    side: readChoice(map.side, 'side', ['before', 'after', 'either'], report) ?? 'either',
    reach:
      readChoice(map.reach, 'reach', ['next', 'clause', 'complement', 'sentence'], report) ??
      'clause',
    within: readNumber(map.within, 'within', [0, 100], report) ?? 100,
    unless: map.unless === undefined ? null : readWordList(map.unless, 'unless', report),
    unlessWithin: readNumber(map.unless_within, 'unless_within', [0, 100], report) ?? UNLESS_WITHIN,
    strength: readNumber(map.strength, 'strength', [1, 9], report) ?? STRENGTHS[status],
    form: readForms(map.form, report),
    triggerForm: readForms(map.trigger_form, report),
  };
}

function readForms(tree: Tree | undefined, report: Report): number {
  let bits = 0;
  for (const item of readList(tree, 'a form', report)) {
    const form = readChoice(item, 'a form', Object.keys(FORMS) as (keyof typeof FORMS)[], report);
    if (form !== undefined) bits |= FORMS[form];
    else readText(item, 'a form', report);
  }
  return bits;
}
