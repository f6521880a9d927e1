/**
 * What may surround a stem, by class: one bit a class. A token is a word of the watchlist iff it is prefix + stem + suffix
 * with a pair that the stem's class allows. Affixes are never cut without a stem to meet them: a stemmer takes وزارة for زار.
 */
export const CLASS = {
  /** The listed form and nothing else, but و and ف in Arabic. */
  exact: 1 << 0,
  noun: 1 << 1,
  /** A noun in ة, without it: never bare, so that `اسلح` is not أسلحة. */
  feminine: 1 << 2,
  /** A noun in اء with the seat its hamza takes before a possessive: لقائه, لقاؤه. */
  seated: 1 << 3,
  past: 1 << 4,
  /** A past in ى or ا without it: التق + ت, وا. */
  weakPast: 1 << 5,
  imperfect: 1 << 6,
  /** An imperfect in ي or و without it: يلتق, يلتقون. */
  weakImperfect: 1 << 7,
  /** An imperfect whose stem has two letters (يزر): only ي and ت before it, or نقل would be "we say". */
  shortImperfect: 1 << 8,
  name: 1 << 9,
  /** A name in ال, without it: السودان is للسودان after ل. */
  definiteName: 1 << 10,
  nisba: 1 << 11,
  /** Any ending. */
  prefix: 1 << 12,
  /** A Russian noun or name without its ending. */
  russianNoun: 1 << 13,
  /** A Russian adjective without its ending. */
  russianAdjective: 1 << 14,
} as const;

/** How a token showed a stem: bits that syntax and status read. */
export const FORM = {
  past: 1 << 0,
  imperfect: 1 << 1,
  future: 1 << 2,
  noun: 1 << 3,
  /** It carries a pronoun: زيارته, يمده. */
  pronoun: 1 << 4,
  definite: 1 << 5,
  /** ب before it. */
  b: 1 << 6,
  /** ل before it. */
  l: 1 << 7,
  /** ك before it. */
  k: 1 << 8,
  /** و or ف before it. */
  conjunction: 1 << 9,
  verb: 1 << 10,
  infinitive: 1 << 11,
} as const;

/** What a prefix is, for the pairs that a class allows. */
export const PREFIX = {
  none: 1 << 0,
  preposition: 1 << 1,
  definite: 1 << 2,
  imperfect: 1 << 3,
  shortImperfect: 1 << 4,
} as const;

/** The prefixes that each class may follow. Pairs: an object with such keys is an array of 16,000 holes to an engine. */
export const PREFIXES_OF: readonly (readonly [cls: number, prefixes: number])[] = [
  [CLASS.exact, PREFIX.none],
  [CLASS.noun, PREFIX.none | PREFIX.preposition | PREFIX.definite],
  [CLASS.feminine, PREFIX.none | PREFIX.preposition | PREFIX.definite],
  [CLASS.seated, PREFIX.none | PREFIX.preposition],
  [CLASS.past, PREFIX.none],
  [CLASS.weakPast, PREFIX.none],
  [CLASS.imperfect, PREFIX.imperfect],
  [CLASS.weakImperfect, PREFIX.imperfect],
  [CLASS.shortImperfect, PREFIX.shortImperfect],
  [CLASS.name, PREFIX.none | PREFIX.preposition],
  [CLASS.definiteName, PREFIX.definite],
  [CLASS.nisba, PREFIX.none | PREFIX.preposition | PREFIX.definite],
];

/** A suffix, the classes that it may end, and the forms that it shows. */
export interface Suffix {
  readonly letters: string;
  readonly classes: number;
  /** Classes for which it stands only where there is no ال: possessives, tanwin, the construct state. */
  readonly indefinite: number;
  readonly forms: number;
}

/** Stems shorter than this are never looked for under an affix: too many words would reach them. */
export const MIN_STEM = 2;
