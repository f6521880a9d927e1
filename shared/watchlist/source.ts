import type { Severity, Status } from '../event.ts';
import type { Item, Kind } from './item.ts';
import type { Place } from './problem.ts';
import type { Language, WordClass } from './word.ts';

/** One entry of a word list, as written. */
export interface WordEntry {
  readonly text: string;
  readonly cls: WordClass;
  readonly language: Language;
  readonly at: Place;
}

/** Words in several languages, with what does not count among them. */
export interface WordList {
  readonly entries: readonly WordEntry[];
  readonly block: readonly WordEntry[];
  readonly blockPhrases: readonly WordEntry[];
  /** Concepts whose words belong to this list as well. */
  readonly includes: readonly { readonly name: string; readonly at: Place }[];
}

/** Somebody or some place that the watchlist knows. */
export interface ActorSource {
  readonly id: string;
  readonly at: Place;
  readonly kind: Kind;
  readonly of: string | null;
  readonly country: string | null;
  readonly codes: Readonly<Record<string, string>>;
  readonly names: readonly WordEntry[];
  readonly adjectives: readonly WordEntry[];
  readonly people: readonly WordEntry[];
  readonly weak: readonly WordEntry[];
  /** Words and phrases in which its names do not count. */
  readonly block: readonly WordEntry[];
}

/** Where a pattern must hold. */
export const SCOPES = ['clause', 'sentence', 'paragraph', 'headline', 'lead', 'article'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a rule looks for. */
export type Pattern =
  | {
      readonly op: 'seq' | 'near';
      readonly at: Place;
      readonly scope: Scope;
      readonly within: number;
      readonly items: readonly Item[];
    }
  | {
      readonly op: 'all' | 'any' | 'none' | 'atleast';
      readonly at: Place;
      readonly scope: Scope;
      readonly count: number;
      readonly parts: readonly Pattern[];
    };

/** What a test of a rule expects; a key that is absent is free, null is "nobody". */
export interface Expectation {
  readonly source?: readonly string[] | null;
  readonly target?: readonly string[] | null;
  readonly place?: readonly string[] | null;
  readonly topic?: string;
  readonly status?: Status;
  readonly alert?: boolean;
  readonly attribution?: string | null;
  readonly quote?: string;
  readonly salience?: string;
  readonly count?: number;
}

/** A test inside a rule: a text, and the event that the rule must find in it, or none. */
export interface RuleTest {
  readonly at: Place;
  readonly lang: string | null;
  readonly title: string;
  readonly text: string;
  readonly expect: Expectation | 'none';
}

/** A rule as written. */
export interface RuleSource {
  readonly id: string;
  readonly at: Place;
  readonly topic: string;
  readonly version: number;
  readonly title: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly confidence: number;
  readonly foreign: 'no' | 'yes' | 'known';
  readonly match: Pattern;
  readonly unless: readonly Pattern[];
  readonly none: readonly Pattern[];
  /** The name of a status pack, or `none`. */
  readonly status: string;
  readonly statusAt: Place;
  readonly defaultStatus: Status;
  readonly alertWhen: { readonly status: readonly Status[]; readonly minConfidence: number } | null;
  readonly dedupe: { readonly key: readonly string[]; readonly windowHours: number } | null;
  readonly shadow: boolean;
  readonly tests: readonly RuleTest[];
}

/** The words of one group of a status pack, and when they count. */
export interface CueSource {
  readonly at: Place;
  readonly status: Status;
  readonly words: WordList;
  readonly side: 'before' | 'after' | 'either';
  readonly reach: 'next' | 'clause' | 'complement' | 'sentence';
  readonly within: number;
  readonly unless: WordList | null;
  /** Words after the cue in which `unless` counts. */
  readonly unlessWithin: number;
  readonly strength: number;
  /** `FORM` bits of which the cue must show one; 0 for any. */
  readonly form: number;
  /** `FORM` bits of which the trigger must show one; 0 for any. */
  readonly triggerForm: number;
}

/** Everything that the sources of a watchlist say, joined. */
export interface WatchlistSource {
  readonly actors: readonly ActorSource[];
  readonly lexicon: ReadonlyMap<string, { readonly at: Place; readonly list: WordList }>;
  readonly grammar: ReadonlyMap<string, WordList>;
  readonly status: ReadonlyMap<string, readonly CueSource[]>;
  readonly rules: readonly RuleSource[];
}
