import fc from 'fast-check';
import type { Change, FeedRow } from '../../cli/console/api.ts';
import { rowOfRecord } from '../../cli/console/feed-row.ts';
import { liveDesk } from '../../cli/console/live-desk.ts';
import { isAbove, joined, withRow } from '../../cli/console/page/feed-order.ts';
import { PENDING } from '../records.ts';
import { NOW, plainRecord, visitRecord } from './newsroom.ts';
import { type Shelf, shelfOf } from './shelf.ts';

/** Minutes after NOW. */
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const article = (id: string, minutes: number) =>
  plainRecord({ id, seenAt: at(minutes).toISOString() });

/** What a page hears that connects at a time and leaves once it is told that all is told; and the last place. */
async function hear(shelf: Shelf, from: string | null, now: Date) {
  const leaving = new AbortController();
  const heard: Change[] = [];
  let place: string | null = from;
  const { live } = liveDesk(shelf, true, () => now);
  await live(
    (change, next) => {
      heard.push(change);
      place = next ?? place;
      if (change.kind === 'live') leaving.abort();
    },
    from,
    leaving.signal,
  );
  const rows = heard.flatMap((change) => (change.kind === 'row' ? [change.row.id] : []));
  return { rows, kinds: new Set(heard.map(({ kind }) => kind)), place };
}

test('a page that comes back is told of all that came in while it was away', async () => {
  const shelf = shelfOf([article('old', -60)]);
  const first = await hear(shelf, null, NOW);
  expect(first.rows).toEqual([]);
  for (const [id, minutes] of [
    ['a', 1],
    ['b', 30],
    ['c', 59],
  ] as const)
    shelf.add(article(id, minutes));
  const second = await hear(shelf, first.place, at(60));
  expect(second.rows).toEqual(['a', 'b', 'c']);
});

test('an alert that was on its way when the page left is told of when it comes back', async () => {
  const visit = visitRecord({ id: 'visit', seenAt: NOW.toISOString() });
  const shelf = shelfOf([{ ...visit, alerts: [PENDING] }]);
  const first = await hear(shelf, null, at(0.5));
  expect(first.rows).toEqual(['visit']);
  const second = await hear(shelf, first.place, at(10));
  expect(second.rows).toEqual(['visit']);
  shelf.add(visit);
  const third = await hear(shelf, second.place, at(60));
  expect(third.rows).toEqual(['visit']);
});

test('of more than a page can be told one by one, it is told to ask again', async () => {
  const shelf = shelfOf([]);
  const first = await hear(shelf, null, NOW);
  for (let i = 0; i < 501; i++) shelf.add(article(`n${i}`, 1 + i / 100));
  const second = await hear(shelf, first.place, at(60));
  expect(second).toMatchObject({ rows: [], kinds: new Set(['missed', 'live']) });
});

const rows: fc.Arbitrary<FeedRow[]> = fc.uniqueArray(
  fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 5 }))
    .map(([id, minutes]) => rowOfRecord(article(`r${id}`, minutes))),
  { selector: ({ id }) => id },
);
const inOrder = (list: readonly FeedRow[]) =>
  list.every((row, i) => i === 0 || isAbove(list[i - 1] as FeedRow, row));
const sorted = (list: readonly FeedRow[]) =>
  list.toSorted((one, other) => (isAbove(one, other) ? -1 : 1));

test('two lists of the feed are joined in order, each article once', () => {
  fc.assert(
    fc.property(rows, rows, (known, given) => {
      const all = joined(sorted(known), sorted(given));
      const ids = all.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(ids)).toEqual(new Set([...known, ...given].map(({ id }) => id)));
      expect(inOrder(all)).toBe(true);
    }),
  );
});

test('a row that is told is in one list, once, where it belongs', () => {
  fc.assert(
    fc.property(rows, rows, fc.boolean(), (known, told, mustWait) => {
      let lists: ReturnType<typeof withRow> = { rows: sorted(known), fresh: [] };
      for (const row of told) lists = withRow(lists, row, mustWait);
      const ids = [...lists.rows, ...lists.fresh].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(ids)).toEqual(new Set([...known, ...told].map(({ id }) => id)));
    }),
  );
});
