import { HIJRI_NAMES, MONTH_NAMES, PERSIAN_NAMES, WEEKDAY_NAMES } from './date-names.ts';

/** Folded month name to 1-12. */
export const MONTH_NUMBER: ReadonlyMap<string, number> = new Map(MONTH_NAMES);
export const HIJRI_MONTH: ReadonlyMap<string, number> = new Map(HIJRI_NAMES);
export const PERSIAN_MONTH: ReadonlyMap<string, number> = new Map(PERSIAN_NAMES);
/** Folded weekday name to 0 (Sunday) to 6. */
export const WEEKDAY: ReadonlyMap<string, number> = new Map(WEEKDAY_NAMES);

/** Alternatives of a regular expression, longest first. */
export function alternatives(names: ReadonlyMap<string, number>): string {
  return [...names.keys()].sort((a, b) => b.length - a.length).join('|');
}
