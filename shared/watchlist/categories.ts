/** What a word does in a sentence, one bit each; the grammar packs say which words do it. */
export const CATEGORY = {
  rolePerson: 1 << 0,
  roleGroup: 1 << 1,
  roleOrg: 1 << 2,
  rolePlace: 1 << 3,
  filler: 1 << 4,
  title: 1 << 5,
  stranger: 1 << 6,
  particle: 1 << 7,
  complement: 1 << 8,
  relative: 1 << 9,
  break: 1 << 10,
  passive: 1 << 11,
  pronoun: 1 << 12,
  possessive: 1 << 13,
  saying: 1 << 14,
  according: 1 << 15,
  question: 1 << 16,
  stop: 1 << 17,
  aide: 1 << 18,
  conjunction: 1 << 19,
  to: 1 << 20,
  from: 1 << 21,
  in: 1 << 22,
  with: 1 << 23,
  by: 1 << 24,
  for: 1 << 25,
  about: 1 << 26,
  against: 1 << 27,
  on: 1 << 28,
  other: 1 << 29,
  /** Opens an adjunct that a verb's denial does not reach into: عقب, during. */
  adjunct: 1 << 30,
  /** Tells what others tell (reports, rumours): what is said of it is said of what it tells. */
  report: 1 << 31,
} as const;

/** A preposition of any kind. */
export const ANY_MARKER =
  CATEGORY.to |
  CATEGORY.from |
  CATEGORY.in |
  CATEGORY.with |
  CATEGORY.by |
  CATEGORY.for |
  CATEGORY.about |
  CATEGORY.against |
  CATEGORY.on |
  CATEGORY.other;

/** Which category the words of a grammar list have. */
export const CATEGORY_OF_LIST: Readonly<Record<string, number>> = {
  'roles.person': CATEGORY.rolePerson,
  'roles.group': CATEGORY.roleGroup,
  'roles.org': CATEGORY.roleOrg,
  'roles.place': CATEGORY.rolePlace,
  fillers: CATEGORY.filler,
  titles: CATEGORY.title,
  strangers: CATEGORY.stranger,
  particles: CATEGORY.particle,
  'clauses.complement': CATEGORY.complement,
  'clauses.relative': CATEGORY.relative,
  'clauses.break': CATEGORY.break,
  passive: CATEGORY.passive,
  pronouns: CATEGORY.pronoun,
  possessive: CATEGORY.possessive,
  saying: CATEGORY.saying,
  according: CATEGORY.according,
  questions: CATEGORY.question,
  stop: CATEGORY.stop,
  aides: CATEGORY.aide | CATEGORY.rolePerson,
  conjunctions: CATEGORY.conjunction,
  adjuncts: CATEGORY.adjunct,
  reports: CATEGORY.report,
  'markers.to': CATEGORY.to,
  'markers.from': CATEGORY.from,
  'markers.in': CATEGORY.in,
  'markers.with': CATEGORY.with,
  'markers.by': CATEGORY.by,
  'markers.for': CATEGORY.for,
  'markers.about': CATEGORY.about,
  'markers.against': CATEGORY.against,
  'markers.on': CATEGORY.on,
  'markers.other': CATEGORY.other,
};

/** What a word or phrase means to the reader of a sentence; stored as `type << 24 | value`. */
export const SENSE = {
  /** The number of the category's bit. */
  category: 0,
  /** The index of the actor it names. */
  name: 1,
  /** The index of the actor whose adjective it is. */
  adjective: 2,
  /** The index of the actor whose people it means. */
  people: 3,
  /** The index of the actor it names when the article names it better elsewhere. */
  weak: 4,
  /** The index of a cue group. */
  cue: 5,
  /** The index of the cue group that it undoes. */
  undo: 6,
  /** The index of a set of words that mark a slot. */
  marker: 7,
  /** It does not name an actor here: مسقط رأسه is no Muscat. */
  block: 8,
  /** The index of a cue group whose words do not count in this phrase. */
  cueBlock: 9,
} as const;
