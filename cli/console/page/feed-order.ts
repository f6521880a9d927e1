import type { FeedRow } from '../api.ts';

/** Whether a row stands before another in the feed: newest first, as the archive gives them. */
export function isAbove(one: Place, other: Place): boolean {
  return one.seenAt > other.seenAt || (one.seenAt === other.seenAt && one.id > other.id);
}

type Place = Pick<FeedRow, 'seenAt' | 'id'>;

interface Lists {
  readonly rows: readonly FeedRow[];
  readonly fresh: readonly FeedRow[];
}

/** One list of two that are in order, each article once: what came live may come again with a page. */
export function joined(known: readonly FeedRow[], given: readonly FeedRow[]): readonly FeedRow[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = given.filter(({ id }) => !ids.has(id));
  const [last, first] = [known.at(-1), fresh[0]];
  if (last === undefined || first === undefined || isAbove(last, first))
    return [...known, ...fresh];
  return [...known, ...fresh].sort((a, b) => (isAbove(a, b) ? -1 : 1));
}

/** The lists with a row that was just told: in its old place, or where it belongs. */
export function withRow({ rows, fresh }: Lists, row: FeedRow, mustWait: boolean): Lists {
  const isIt = ({ id }: FeedRow) => id === row.id;
  const renewed = (list: readonly FeedRow[]) => list.map((old) => (isIt(old) ? row : old));
  if (rows.some(isIt)) return { rows: renewed(rows), fresh };
  if (fresh.some(isIt)) return { rows, fresh: renewed(fresh) };
  return mustWait ? { rows, fresh: put(fresh, row) } : { rows: put(rows, row), fresh };
}

function put(list: readonly FeedRow[], row: FeedRow): readonly FeedRow[] {
  const at = list.findIndex((other) => isAbove(row, other));
  return at < 0 ? [...list, row] : list.toSpliced(at, 0, row);
}
