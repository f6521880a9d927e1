import type { Status } from './event.ts';

/** A status tells more than one of a lower number; a denial tops what it denies, and nothing tops a denial. */
export const STATUS_RANK: Readonly<Record<Status, number>> = {
  hypothetical: 0,
  requested: 1,
  planned: 2,
  asserted: 3,
  refused: 4,
  cancelled: 4,
  denied: 5,
};

/** A telling that takes something back. */
export function isCorrection(status: Status): boolean {
  return STATUS_RANK[status] > STATUS_RANK.asserted;
}
