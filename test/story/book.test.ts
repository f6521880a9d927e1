import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamodbBook } from '../../shared/aws/dynamodb-book.ts';
import {
  alikeIn,
  ENTRY_FORMAT,
  type Entry,
  enteredAs,
  involving,
  pageOf,
  tellingNews,
} from '../../shared/story/entry.ts';
import { fingerprintOf, resemblance } from '../../shared/story/fingerprint.ts';
import { type Account, isSameStory } from '../../shared/story/same-story.ts';
import { likeness, sketchOf } from '../../shared/story/sketch.ts';
import { itemBytes } from '../bench/item-size.ts';
import { fc } from '../property.ts';
import { startTable } from '../table.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);
const idOf = (n: number) => String(n).padStart(22, 'x');
const numbersTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Words of its own, so that no two of them are alike. */
const fingerprintNo = (n: number) =>
  fingerprintOf(
    numbersTo(40)
      .map((i) => `w${n}x${i}`)
      .join(' '),
  );

const entryNo = (n: number, given: Partial<Entry> = {}) =>
  pageOf({
    articleId: idOf(n),
    at: NOW,
    isCopy: false,
    parties: { who: [`who${n}`], whom: [`whom${n}`] },
    news: `news${n}`,
    fingerprint: fingerprintNo(n),
    ...given,
  });

describe('an entry', () => {
  const page = Buffer.concat([1, 2, 3].map((n) => entryNo(n)));

  test('is laid out as books of this format have it', () => {
    expect([ENTRY_FORMAT, entryNo(1).toString('base64')]).toEqual([
      1,
      'eHh4eHh4eHh4eHh4eHh4eHh4eHh4MWmlX6AAMnjY4AAAmSgAAFq0ciA4To6Et+2nXoaZWU+T6FykWR4lhx+4l65kvopRn7jiGXS93ihTk2iITp0T/ehYXDBN1PvlguTaSQ==',
    ]);
  });

  test('is found by the text, by the people and by the news of its article', () => {
    expect(alikeIn([page], fingerprintNo(2) ?? '', NOW)).toEqual([
      { articleId: idOf(2), isCopy: false, share: 1 },
    ]);
    expect(involving([page], { who: ['who2'], whom: ['whom2'] }, NOW)).toEqual([idOf(2)]);
    expect(tellingNews([page], 'news3', NOW)).toEqual([idOf(3)]);
    expect([1, 2, 4].map((n) => enteredAs([page], idOf(n)))).toEqual(['first', 'first', null]);
  });

  test.each([
    ['both sides', { who: ['who1'], whom: ['whom2'] }, []],
    ['one side', { who: ['who1'], whom: [] }, [idOf(1)]],
    ['the other side', { who: [], whom: ['whom3'] }, [idOf(3)]],
    ['nobody', { who: [], whom: [] }, []],
  ])('is about the people that are asked for: %s', (_, parties, found) => {
    expect(involving([page], parties, NOW)).toEqual(found);
  });

  test('is not found when it is too old', () => {
    expect(alikeIn([page], fingerprintNo(2) ?? '', later(1))).toEqual([]);
    expect(involving([page], { who: ['who2'], whom: [] }, later(1))).toEqual([]);
    expect(tellingNews([page], 'news2', later(1))).toEqual([]);
  });

  test('of a copy serves to know its own copies, and is nobody’s news', () => {
    const copy = entryNo(5, { isCopy: true });
    expect(enteredAs([page, copy], idOf(5))).toBe('copy');
    expect(alikeIn([page, copy], fingerprintNo(5) ?? '', NOW)).toHaveLength(1);
    expect(involving([copy], { who: ['who5'], whom: [] }, NOW)).toEqual([]);
    expect(tellingNews([copy], 'news5', NOW)).toEqual([]);
  });

  test('without a text resembles nothing', () => {
    const bare = entryNo(6, { fingerprint: null });
    expect(alikeIn([bare], fingerprintNo(6) ?? '', NOW)).toEqual([]);
  });

  test('never seems less alike than its text is to one that may be its copy', async () => {
    const words = fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 12 });
    const numbers = fc.array(fc.nat(40).map(String), { maxLength: 14 });
    const account = (body: string): Account => {
      const fingerprint = fingerprintOf(body);
      if (fingerprint === null) throw new Error('too short');
      return { fingerprint, sources: [], targets: [], words: '' };
    };
    const body = fc.tuple(words, numbers).map((both) => both.flat().join(' '));
    let copies = 0;
    await fc.assert(
      fc.property(body, body, (one, other) => {
        const [a, b] = [account(one), account(other)];
        if (!isSameStory(a, b)) return;
        copies += 1;
        expect(
          likeness(sketchOf(a.fingerprint), sketchOf(b.fingerprint), 0),
        ).toBeGreaterThanOrEqual(resemblance(a.fingerprint, b.fingerprint));
      }),
      { numRuns: 1000 },
    );
    expect(copies).toBeGreaterThan(20);
  });

  test('by a template with other numbers is told from a copy without being read', () => {
    const bulletin = (numbers: string) =>
      fingerprintOf(
        `the bank sells the coin today at ${numbers} and buys it at the same desk as ever`,
      );
    const page = entryNo(7, { fingerprint: bulletin('11 12 13 14 15') });
    expect(alikeIn([page], bulletin('11 12 13 14 16') ?? '', NOW)).toHaveLength(1);
    expect(alikeIn([page], bulletin('91 92 93 94 95') ?? '', NOW)).toEqual([]);
  });
});

describe('a book', () => {
  let host: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    host = await startTable();
  });
  afterAll(() => host.stop());

  let topics = 0;
  const newTopic = () => `topic-${++topics}`;
  const newBook = () => dynamodbBook(host.dynamodb, host.table);

  async function enter(book: ReturnType<typeof newBook>, topic: string, n: number, now = NOW) {
    for (;;) {
      const opened = await book.open(topic, new Date(now.getTime() - 72 * HOUR_MS));
      if (await book.enter(opened, entryNo(n, { at: now }), now)) return;
    }
  }

  async function itemsOf(topic: string) {
    const { Items = [] } = await host.dynamodb.send(
      new QueryCommand({
        TableName: host.table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': `B1#${topic}` }),
      }),
    );
    return Items;
  }

  async function entriesIn(topic: string, book = newBook(), since = later(-72)) {
    const { pages } = await book.open(topic, since);
    return numbersTo(200).filter((n) => enteredAs(pages, idOf(n)) !== null);
  }

  test('is the same for all who open it, however many entries it has', async () => {
    const [topic, writer, reader] = [newTopic(), newBook(), newBook()];
    for (const n of numbersTo(22)) {
      await enter(writer, topic, n, later(n / 100));
      if (n % 7 === 0) expect(await entriesIn(topic, reader)).toHaveLength(n + 1);
    }
    expect(await entriesIn(topic)).toEqual(numbersTo(22));
    expect(await entriesIn(topic, reader)).toEqual(numbersTo(22));
  });

  test('takes the entries of many who write at the same moment, each once', async () => {
    const topic = newTopic();
    await Promise.all(numbersTo(10).map((n) => enter(newBook(), topic, n)));
    const { pages } = await newBook().open(topic, later(-72));
    const places = numbersTo(10).map(
      (n) => pages.filter((page) => page.includes(idOf(n), 0, 'latin1')).length,
    );
    expect(places).toEqual(places.map(() => 1));
  });

  test('takes no entry from who has not seen the last one', async () => {
    const topic = newTopic();
    const [one, other] = [newBook(), newBook()];
    const seen = await one.open(topic, NOW);
    expect(await other.enter(await other.open(topic, NOW), entryNo(1), NOW)).toBe(true);
    expect(await one.enter(seen, entryNo(2), NOW)).toBe(false);
    expect(await one.enter(await one.open(topic, NOW), entryNo(2), NOW)).toBe(true);
  });

  test('keeps its order when the clocks of those who write do not agree', async () => {
    const [topic, reader] = [newTopic(), newBook()];
    for (const n of numbersTo(30)) {
      await enter(newBook(), topic, n, later(n < 18 ? 0.5 : 0));
      expect(await entriesIn(topic, reader)).toHaveLength(n + 1);
    }
  });

  test('leaves out what is long ago, until it is asked for', async () => {
    const [topic, book] = [newTopic(), newBook()];
    for (const n of numbersTo(20)) await enter(book, topic, n);
    for (const n of [20, 21, 22]) await enter(book, topic, n, later(100));
    const recent = later(90);
    const found = await entriesIn(topic, newBook(), recent);
    expect(found).toEqual(await entriesIn(topic, book, recent));
    expect(found).toEqual(expect.arrayContaining([20, 21, 22]));
    expect(found.length).toBeLessThan(15);
    const older = await book.before(topic, later(-1), recent);
    const rest = numbersTo(23).filter((n) => enteredAs(older, idOf(n)));
    expect([...rest, ...found]).toEqual(numbersTo(23));
  });

  test('forgets an article wherever it stands, and goes on', async () => {
    const [topic, book] = [newTopic(), newBook()];
    for (const n of numbersTo(25)) await enter(book, topic, n);
    expect(await book.strike(topic, idOf(3), later(-1), NOW)).toBe(1);
    expect(await book.strike(topic, idOf(24), later(-1), NOW)).toBe(1);
    expect(await book.strike(topic, idOf(99), later(-1), NOW)).toBe(0);
    const bytes = Buffer.concat(
      (await itemsOf(topic)).map(({ stories }) => stories?.B ?? Buffer.alloc(0)),
    );
    expect([3, 4, 24].map((n) => bytes.includes(idOf(n), 0, 'latin1'))).toEqual([
      false,
      true,
      false,
    ]);
    await enter(book, topic, 25);
    const others = numbersTo(26).filter((n) => n !== 3 && n !== 24);
    expect(await entriesIn(topic)).toEqual(others);
  });

  test('is begun again when the table has removed it', async () => {
    const [topic, book] = [newTopic(), newBook()];
    for (const n of numbersTo(12)) await enter(book, topic, n);
    const opened = await book.open(topic, later(-72));
    await host.dynamodb.send(
      new PutItemCommand({
        TableName: host.table,
        Item: marshall({
          pk: `B1#${topic}`,
          sk: 'OPEN',
          version: 1,
          newest: '',
          stories: entryNo(50),
        }),
      }),
    );
    expect(await book.enter(opened, entryNo(12), NOW)).toBe(false);
    expect(await entriesIn(topic)).toContain(50);
  });

  test('costs one item of under 1 KB an entry', async () => {
    const topic = `${newTopic()}-${'a-long-name'.repeat(5)}`;
    for (const n of numbersTo(19)) await enter(newBook(), topic, n);
    const items = await itemsOf(topic);
    expect(items).toHaveLength(3);
    for (const item of items) expect(itemBytes(item)).toBeLessThanOrEqual(1024);
  });
});
