import {
  type ArchiveFilter,
  entryOf,
  matchesFilter,
  type SeenRange,
} from '../shared/archive-query.ts';
import type { Article } from '../shared/article.ts';
import { dynamodbArchive } from '../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { dynamodbReader } from '../shared/aws/dynamodb-reader.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { event, party, record } from './samples.ts';
import { startTable } from './table.ts';

const ALL: ArchiveFilter = {
  topics: [],
  actors: [],
  statuses: [],
  langs: [],
  sources: [],
  publishedSince: null,
  publishedUntil: null,
};

const dated = (value: string, precision: 'year' | 'month' | 'day' | 'time' = 'day') => ({
  published: { value, precision, origin: 'meta' as const, confidence: 1 },
});

describe('what is looked for', () => {
  const article = record(
    {
      lang: 'ar',
      source: 'صحيفة Al-Minaa',
      url: 'https://www.port.example/1',
      ...dated('2026-02-28'),
    },
    [
      event({ source: [party('haftar')], target: [{ ...party(null, 'وزير'), of: 'russia' }] }),
      event({ topic: 'meeting', rule: 'meeting', status: 'denied' }),
    ],
  );
  test.each<[string, Partial<ArchiveFilter>, boolean]>([
    ['nothing in particular', {}, true],
    ['its topic', { topics: ['visit'] }, true],
    ['another topic', { topics: ['weapons-request'] }, false],
    ['one of two topics', { topics: ['weapons-request', 'visit'] }, true],
    ['an actor', { actors: ['haftar'] }, true],
    ['whom an actor belongs to', { actors: ['russia'] }, true],
    ['another actor', { actors: ['turkey'] }, false],
    ['a status of some event', { statuses: ['denied'] }, true],
    ['a status that this topic does not have', { topics: ['visit'], statuses: ['denied'] }, false],
    ['its language', { langs: ['ar'] }, true],
    ['its site', { sources: ['port.example'] }, true],
    ['part of its source’s name', { sources: ['minaa'] }, true],
    ['part of a site', { sources: ['port'] }, false],
    ['published since the same month', { publishedSince: '2026-02' }, true],
    ['published since the day after', { publishedSince: '2026-03-01' }, false],
    ['published until its day', { publishedUntil: '2026-02-28' }, true],
    ['published until the year before', { publishedUntil: '2025' }, false],
  ])('%s', (_, filter, found) => {
    expect(matchesFilter(entryOf(article), { ...ALL, ...filter })).toBe(found);
  });

  test('an article without a date is in no range of dates', () => {
    expect(matchesFilter(entryOf(record()), { ...ALL, publishedSince: '1900' })).toBe(false);
  });
});

describe('the archive', () => {
  let host: Awaited<ReturnType<typeof startTable>>;
  const stored: ArticleRecord[] = [];
  const day = (n: number, hour = 12) => new Date(Date.UTC(2026, 2, n, hour));

  async function store(
    at: Date,
    given: Partial<Article> = {},
    events = [event()],
    suppress: string | null = null,
  ) {
    const made = record(given, events, { now: at, suppress });
    await dynamodbArchive(host.dynamodb, host.table).add(made);
    stored.push(made);
    return made;
  }
  const ids = async (found: AsyncIterable<{ id: string }>) => {
    const all: string[] = [];
    for await (const { id } of found) all.push(id);
    return all;
  };
  const newest = (range: SeenRange) =>
    stored
      .filter(
        ({ seenAt }) => seenAt >= range.since.toISOString() && seenAt < range.until.toISOString(),
      )
      .sort((a, b) => (a.seenAt + a.id < b.seenAt + b.id ? 1 : -1))
      .map(({ id }) => id);

  beforeAll(async () => {
    host = await startTable();
    for (let n = 1; n <= 40; n++)
      await store(
        day(1 + (n % 9), n % 24),
        { id: `${n}`.padStart(22, 'abcd'[n % 4]) },
        n % 3 === 0 ? [event()] : [],
      );
  });
  afterAll(() => host.stop());

  test('gives articles by when they were seen, newest first, of just the range', async () => {
    for (const range of [
      { since: day(1, 0), until: day(20, 0) },
      { since: day(3, 7), until: day(5, 9) },
      { since: day(15, 0), until: day(16, 0) },
    ]) {
      const reader = dynamodbReader(host.dynamodb, host.table);
      expect(await ids(reader.entries(range))).toEqual(newest(range));
      expect(reader.read.entries).toBe(newest(range).length);
    }
  });

  test('reads no further than it is asked to', async () => {
    const reader = dynamodbReader(host.dynamodb, host.table);
    for await (const { seenAt } of reader.entries({ since: day(1, 0), until: day(20, 0) }))
      if (seenAt < day(9, 0).toISOString()) break;
    expect(reader.read.entries).toBeLessThan(16);
    expect(reader.read.units).toBeGreaterThan(0);
  });

  test('gives what was told apart from what waits and what is kept quiet', async () => {
    const range = { since: day(20, 0), until: day(22, 0) };
    const told = await store(day(20));
    const waits = await store(day(21));
    const quiet = await store(day(20, 13), {}, [event()], 'old');
    await store(day(21, 13), {}, []);
    const settled = {
      rule: 'visit',
      state: 'SENT',
      at: day(20).toISOString(),
      messageId: 'm1',
    } as const;
    await dynamodbOutbox(host.dynamodb, host.table).settle(told, [
      { ...settled, reason: null, attempts: 0, story: null, update: null },
    ]);
    const reader = dynamodbReader(host.dynamodb, host.table);
    expect(await ids(reader.alerted(range, ['SENT']))).toEqual([told.id]);
    expect(await ids(reader.alerted(range, ['PENDING']))).toEqual([waits.id]);
    expect(await ids(reader.alerted(range, ['QUIET']))).toEqual([quiet.id]);
    expect(await ids(reader.alerted(range, ['SENT', 'PENDING', 'QUIET', 'FAILED']))).toEqual([
      waits.id,
      quiet.id,
      told.id,
    ]);
  });

  test('gives everything of one article', async () => {
    const made = await store(day(23));
    const again = {
      ...made,
      seenAt: day(24).toISOString(),
      object: { ...made.object, key: 'copy.txt' },
    };
    expect(await dynamodbArchive(host.dynamodb, host.table).add(again)).toBe('copy');
    const whole = await dynamodbReader(host.dynamodb, host.table).whole(made.id);
    expect(whole?.record).toEqual(made);
    expect(whole?.receipts).toEqual([expect.objectContaining({ key: 'copy.txt' })]);
    expect(await dynamodbReader(host.dynamodb, host.table).whole('x'.repeat(22))).toBeNull();
  });
});
