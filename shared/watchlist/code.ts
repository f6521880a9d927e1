/** The operations of a rule's code. */
export const OP = { seq: 1, near: 2, all: 3, any: 4, none: 5, atleast: 6 } as const;
/** The marks of an item. */
export const ITEM = { optional: 1, negated: 2, explicit: 4 } as const;
/** What a lexeme is to a concept. */
export const HIT = { lexeme: 0, phrase: 1, block: 2, blockPhrase: 3 } as const;
/** Hints above this are sets of marker words. */
export const MARKER_HINT = 100;

/** Most parts of one pattern: what its number has room for. */
export const MAX_PARTS = 0xffff;

/** What a pattern's first number says. */
export interface Head {
  readonly op: number;
  readonly scope: number;
  readonly within: number;
  readonly trigger: number;
  /** Items, or parts. */
  readonly length: number;
  /** Parts needed. */
  readonly count: number;
}

/**
 * Packs a pattern's first number: op (3 bits), scope (3), then of `seq` and `near` window (5), trigger (4) and items (5), which
 * follow; of the others parts needed (7) and parts (16), whose places in the code follow.
 */
export function packHead({ op, scope, within, trigger, length, count }: Head): number {
  const isItems = op === OP.seq || op === OP.near;
  const rest = isItems ? within | (trigger << 5) | (length << 9) : count | (length << 7);
  return op | (scope << 3) | (rest << 6);
}

/** Whether a pattern holds items. */
export function holdsItems(head: number): boolean {
  return (head & 7) <= OP.near;
}

/** Packs words: a slot's bit that is 0, marks (3 bits), and what they refer to: a lexeme as itself, a concept as its complement. */
export function packWords(marks: number, reference: number): number {
  const concept = reference < 0 ? 1 : 0;
  return (marks << 1) | (concept << 4) | ((concept ? ~reference : reference) << 5);
}

/** The reference in an item's number. */
export function wordsOf(item: number): number {
  return (item & 16) === 0 ? item >>> 5 : ~(item >>> 5);
}

/** Packs a slot: its bit, marks (3), kinds (7), role (2), and how many hints follow. */
export function packSlot(marks: number, kinds: number, role: number, hints: number): number {
  return 1 | (marks << 1) | (kinds << 4) | ((role + 1) << 11) | (hints << 13);
}
