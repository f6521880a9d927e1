/** The languages of word lists, as bits; `any` is all of them. */
export const LANGUAGES = { ar: 1, en: 2, ru: 4, fr: 8, any: 15 } as const;
export type Language = keyof typeof LANGUAGES;

/** How a word of a script with capitals must be written. */
export const CAPITALS = { free: 0, initial: 1, all: 2 } as const;

/** The classes that a person may write in a word list. */
export const WORD_CLASSES = [
  'noun',
  'verb',
  'past',
  'imperfect',
  'name',
  'nisba',
  'exact',
  'acronym',
  'phrase',
  'gap',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/** One stem that a token may show. */
export interface Stem {
  readonly letters: string;
  readonly cls: number;
  readonly capitals: number;
  readonly languages: number;
  /** `FORM` bits that the word has by itself. */
  readonly forms: number;
}

/** One word of a term: the stems that fit, and how many words may stand before it. */
export interface TermWord {
  readonly stems: readonly Stem[];
  readonly gap: number;
}

/** A word or a phrase of a list. */
export type Term = readonly TermWord[];

/** Why a word cannot be used; the caller knows where it stands. */
export class WordError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
