/** The operations of a rule's code. */
export const OP = { seq: 1, near: 2, all: 3, any: 4, none: 5, atleast: 6 } as const;
/** The marks of an item. */
export const ITEM = { optional: 1, negated: 2, explicit: 4 } as const;
/** Hints above this are sets of marker words. */
export const MARKER_HINT = 100;
