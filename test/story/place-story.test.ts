import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Article } from '../../shared/article.ts';
import { dynamodbArchive } from '../../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../../shared/aws/dynamodb-outbox.ts';
import { dynamodbStories } from '../../shared/aws/dynamodb-stories.ts';
import type { Event } from '../../shared/event.ts';
import type { ArticleRecord } from '../../shared/record.ts';
import type { StoryPorts } from '../../shared/story/book.ts';
import { ENTRY_BYTES } from '../../shared/story/entry.ts';
import { type Placed, placeStory } from '../../shared/story/place-story.ts';
import { articlesOf, sourcesOf } from '../../shared/story/story.ts';
import { event, party, record } from '../samples.ts';
import { startTable } from '../table.ts';
import { edited, seeded } from './edits.ts';
import { STORIES, TEMPLATES, type Telling } from './tellings.ts';

let host: Awaited<ReturnType<typeof startTable>>;
let now = new Date('2026-03-02T10:00:00Z');
let ports: StoryPorts;

beforeAll(async () => {
  host = await startTable();
  ports = {
    book: dynamodbStories(host.dynamodb, host.table),
    outbox: dynamodbOutbox(host.dynamodb, host.table),
    now: () => now,
  };
});
afterAll(() => host.stop());

/** A rule and topic of its own for each test, so that they do not meet in the table. */
let rules = 0;
const newRule = () => `rule-${++rules}`;

function telling(
  { body, source, target }: Telling,
  rule: string,
  given: Partial<Event> = {},
  article: Partial<Article> = {},
  seen?: Date,
): ArticleRecord {
  const said = { rule, topic: rule, source: [party(source)], target: [party(target)], ...given };
  return record({ body, ...article }, [event(said)], seen ? { now: seen } : {});
}

/** Stores it and decides about its alert, as the relay would; then marks it as decided. */
async function place(article: ArticleRecord): Promise<Placed> {
  const archive = dynamodbArchive(host.dynamodb, host.table);
  await archive.add(article);
  return decide(article);
}

async function decide(article: ArticleRecord): Promise<Placed> {
  const [alert] = article.alerts;
  if (alert === undefined) throw new Error('no alert');
  const placed = await placeStory(ports, article, alert);
  const outbox = dynamodbOutbox(host.dynamodb, host.table);
  const isCopy = placed.kind === 'copy' || placed.kind === 'moot';
  const settled = {
    ...{ rule: alert.rule, at: now.toISOString(), attempts: 0, messageId: null },
    state: isCopy ? ('SUPPRESSED' as const) : ('SENT' as const),
    reason: isCopy ? 'story' : null,
    story: 'story' in placed ? placed.story.id : null,
    update: placed.kind === 'update' ? placed.update.why : null,
  };
  await outbox.settle(article, [settled]);
  return placed;
}

const story = (n: number): (typeof STORIES)[number] => {
  const found = STORIES[n];
  if (found === undefined) throw new Error('no such story');
  return found;
};

const copyOf = ({ body }: Telling, seed: number) =>
  edited(
    body,
    { wordsChanged: 0.04, wordsCut: 0.01, paragraphsCut: 0, furniture: true, reordered: false },
    story(11).body.split(' '),
    seeded(seed),
  );

test('the first article of a story is told, its copies are counted', async () => {
  const rule = newRule();
  const first = telling(story(0), rule, {}, { url: 'https://www.one.example/a' });
  expect((await place(first)).kind).toBe('first');
  const sites = ['two.example', 'three.example', 'two.example'];
  for (const [i, site] of sites.entries()) {
    const copy = { ...story(0), body: copyOf(story(0), i) };
    const placed = await place(telling(copy, rule, {}, { url: `https://${site}/${i}` }));
    expect(placed).toMatchObject({ kind: 'copy', story: { id: first.id } });
    if (placed.kind === 'copy') expect(articlesOf(placed.story)).toBe(i + 2);
    if (placed.kind === 'copy' && i === 2) expect(sourcesOf(placed.story)).toBe(3);
  }
});

test('another topic that is found in a copy is told by itself', async () => {
  await place(telling(story(1), newRule()));
  expect((await place(telling(story(1), newRule()))).kind).toBe('first');
});

test.each<[Event['status'], Event['status'], Placed['kind']]>([
  ['planned', 'asserted', 'update'],
  ['asserted', 'denied', 'update'],
  ['planned', 'cancelled', 'update'],
  ['asserted', 'planned', 'copy'],
  ['denied', 'asserted', 'copy'],
  ['asserted', 'asserted', 'copy'],
])('a story told as %s and now %s: %s', async (was, is, kind) => {
  const rule = newRule();
  await place(telling(story(2), rule, { status: was }));
  const placed = await place(
    telling({ ...story(2), body: copyOf(story(2), 1) }, rule, { status: is }),
  );
  expect(placed.kind).toBe(kind);
  if (placed.kind === 'update') expect(placed.update).toEqual({ why: 'status', was: [was] });
});

test('a graver telling is told again, once', async () => {
  const rule = newRule();
  await place(telling(story(3), rule));
  const grave = (seed: number) =>
    place(telling({ ...story(3), body: copyOf(story(3), seed) }, rule, { severity: 'critical' }));
  expect(await grave(1)).toMatchObject({ kind: 'update', update: { why: 'severity' } });
  expect((await grave(2)).kind).toBe('copy');
});

test('twenty-five sources are news, twenty are not', async () => {
  const rule = newRule();
  const kinds: string[] = [];
  for (let i = 0; i < 27; i++) {
    const copy = { ...story(4), body: copyOf(story(4), i) };
    const placed = await place(telling(copy, rule, {}, { url: `https://site${i}.example/` }));
    kinds.push(placed.kind === 'update' ? `update at ${i + 1}` : placed.kind);
  }
  expect(kinds.filter((kind) => kind !== 'copy')).toEqual(['first', 'update at 25']);
});

test('a denial in other words is an update of what was told of the same people', async () => {
  const rule = newRule();
  const first = telling(story(5), rule);
  await place(first);
  const denial = { ...story(7), source: story(5).source, target: story(5).target };
  const placed = await place(telling(denial, rule, { status: 'denied' }));
  expect(placed).toMatchObject({
    kind: 'update',
    story: { id: first.id },
    update: { why: 'status', was: ['asserted'] },
  });
  const copy = await place(
    telling({ ...denial, body: copyOf(denial, 3) }, rule, { status: 'denied' }),
  );
  expect(copy).toMatchObject({ kind: 'copy', story: { id: first.id } });
});

test('a denial that the rule tells nobody of goes out when it takes something back, and only then', async () => {
  const rule = newRule();
  const told = telling(story(9), rule);
  const denial = (of: Telling) => telling(of, rule, { status: 'denied', alert: false });
  const mine = { ...story(6), source: story(9).source, target: story(9).target };
  expect((await place(denial(mine))).kind).toBe('moot');
  // It left nothing behind that could keep the story itself from being told.
  expect((await place(telling(mine, rule, { source: [party('z')] }))).kind).toBe('first');
  await place(told);
  expect(await place(denial({ ...mine, body: story(1).body }))).toMatchObject({
    kind: 'update',
    story: { id: told.id },
  });
  expect((await place(denial({ ...mine, body: story(2).body }))).kind).toBe('copy');
});

test('whoever was said to be in a city may be denied to have been in its country', async () => {
  const rule = newRule();
  const told = telling(story(9), rule, { target: [{ ...party('kigali'), country: 'RWA' }] });
  await place(told);
  const denial = { status: 'denied', target: [{ ...party('rwanda'), country: 'RWA' }] } as const;
  expect((await place(telling({ ...story(9), body: story(3).body }, rule, denial))).kind).toBe(
    'update',
  );
});

test('a denial of something else by other people is news of its own', async () => {
  const rule = newRule();
  await place(telling(story(5), rule));
  expect((await place(telling(story(7), rule, { status: 'denied' }))).kind).toBe('first');
});

test('bulletins by one template are told one by one, and their copies are not', async () => {
  const rule = newRule();
  const [template] = TEMPLATES;
  if (template === undefined) throw new Error('no template');
  const bulletin = (i: number): Telling => {
    const fill = template.fills[i] ?? [];
    const put = (text: string) => text.replaceAll(/\{(\d)\}/g, (_, n) => fill[Number(n)] ?? '');
    const [source, target] = template.ids[i] ?? [];
    return {
      title: put(template.title),
      body: put(template.body),
      source: source ?? '',
      target: target ?? '',
    };
  };
  const all = template.fills.map((_, i) => bulletin(i));
  const firsts: string[] = [];
  for (const one of all) firsts.push((await place(telling(one, rule))).kind);
  expect(firsts).toEqual(all.map(() => 'first'));
  for (const [i, one] of all.entries()) {
    const copy = { ...one, body: copyOf(one, i) };
    expect((await place(telling(copy, rule))).kind).toBe('copy');
  }
});

test('of copies that come at the same moment exactly one is told', async () => {
  const rule = newRule();
  const archive = dynamodbArchive(host.dynamodb, host.table);
  const random = seeded(7);
  const copies = [0, 1, 8, 9].flatMap((n) =>
    Array.from({ length: 8 }, (_, i) => telling({ ...story(n), body: copyOf(story(n), i) }, rule)),
  );
  copies.sort(() => random() - 0.5);
  for (const copy of copies) await archive.add(copy);
  const placed = await Promise.all(copies.map(decide));
  expect(placed.filter(({ kind }) => kind === 'first')).toHaveLength(4);
  expect(placed.filter(({ kind }) => kind === 'copy')).toHaveLength(copies.length - 4);
});

test('a relay that died after deciding decides the same again', async () => {
  const rule = newRule();
  const first = telling(story(10), rule, { status: 'planned' });
  const second = telling({ ...story(10), body: copyOf(story(10), 1) }, rule, {
    status: 'asserted',
  });
  for (const [article, kind] of [
    [first, 'first'],
    [second, 'update'],
  ] as const) {
    await dynamodbArchive(host.dynamodb, host.table).add(article);
    const [alert] = article.alerts;
    if (alert === undefined) throw new Error('no alert');
    expect((await placeStory(ports, article, alert)).kind).toBe(kind);
    expect((await placeStory(ports, article, alert)).kind).toBe(kind);
    await decide(article);
  }
  const { pages } = await ports.book.open(rule, now);
  expect(Buffer.concat(pages).length).toBe(ENTRY_BYTES);
});

test('after three days a text that comes again is news again', async () => {
  const rule = newRule();
  await place(telling(story(6), rule));
  now = new Date(now.getTime() + 3 * 86_400_000 + 1000);
  expect((await place(telling({ ...story(6), body: copyOf(story(6), 1) }, rule))).kind).toBe(
    'first',
  );
});

test('a copy of a copy of a copy belongs to the story, however far it is from the first', async () => {
  const rule = newRule();
  const further = { wordsChanged: 0.08, wordsCut: 0.02, paragraphsCut: 1, furniture: true };
  const words = story(11).body.split(' ');
  for (const [i, n] of [0, 1, 3, 5].entries()) {
    const first = telling(story(n), rule);
    await place(first);
    let body = story(n).body;
    for (let generation = 0; generation < 4; generation++) {
      body = edited(body, { ...further, reordered: false }, words, seeded(10 * i + generation));
      expect(await place(telling({ ...story(n), body }, rule))).toMatchObject({
        kind: 'copy',
        story: { id: first.id },
      });
    }
  }
});

/** Enough of other stories to fill a page of the book. */
async function fillPage(rule: string): Promise<void> {
  for (const other of [1, 2, 4, 6, 8, 9, 10, 11].map(story))
    for (const one of [other, ...(other.retold ? [other.retold] : [])])
      expect((await place(telling(one, rule))).kind).toBe('first');
}

test('a story that waited for days is told itself, not taken for a copy of its copies', async () => {
  const rule = newRule();
  const first = telling(story(0), rule);
  await place(first);
  await fillPage(rule);
  now = new Date(now.getTime() + 2 * 86_400_000);
  const far = { wordsChanged: 0.15, wordsCut: 0.05, paragraphsCut: 2, furniture: true };
  const words = story(11).body.split(' ');
  const body = edited(story(0).body, { ...far, reordered: true }, words, seeded(1));
  expect((await place(telling({ ...story(0), body }, rule))).kind).toBe('copy');
  now = new Date(now.getTime() + 2 * 86_400_000);
  const [alert] = first.alerts;
  if (alert === undefined) throw new Error('no alert');
  expect((await placeStory(ports, first, alert)).kind).toBe('first');
});

test('a denial takes back what was told thirteen days ago, and fifteen days ago no more', async () => {
  const rule = newRule();
  const told = telling(story(5), rule);
  await place(told);
  await fillPage(rule);
  const denial = (body: string) =>
    telling({ ...story(5), body }, rule, { status: 'denied', alert: false });
  now = new Date(now.getTime() + 13 * 86_400_000);
  expect((await place(denial(story(7).body))).kind).toBe('update');
  now = new Date(now.getTime() + 2 * 86_400_000);
  expect((await place(denial(story(3).body))).kind).toBe('moot');
});

test('a denial takes back what a version without books told', async () => {
  const rule = newRule();
  const told = telling(story(5), rule);
  await dynamodbArchive(host.dynamodb, host.table).add(told);
  // As that version remembered it.
  await host.dynamodb.send(
    new PutItemCommand({
      TableName: host.table,
      Item: marshall({
        pk: `S#E#${story(5).source}>${story(5).target}`,
        sk: rule,
        article: told.id,
        expiresAt: Math.floor(now.getTime() / 1000) + 60,
      }),
    }),
  );
  const denial = { ...story(7), source: story(5).source, target: story(5).target };
  expect(await place(telling(denial, rule, { status: 'denied', alert: false }))).toMatchObject({
    kind: 'update',
    story: { id: told.id },
  });
});

test('a story whose first article was deleted is told again', async () => {
  const rule = newRule();
  const gone = telling(story(8), rule);
  const [alert] = gone.alerts;
  if (alert === undefined) throw new Error('no alert');
  // Its claims are there, the article is not.
  expect((await placeStory(ports, gone, alert)).kind).toBe('first');
  expect((await place(telling({ ...story(8), body: copyOf(story(8), 1) }, rule))).kind).toBe(
    'first',
  );
});

describe('a rule that says what is the same news', () => {
  const dedupe = { key: 'haftar>RUS', hours: 24 };
  const inOwnWords = (n: number, rule: string, given: Partial<Event> = {}) =>
    telling(story(n), rule, { dedupe, ...given }, {}, now);

  test('is heard once of two papers in words of their own, and again when more is told', async () => {
    const rule = newRule();
    const first = inOwnWords(0, rule, { status: 'planned' });
    expect((await place(first)).kind).toBe('first');
    const second = await place(inOwnWords(1, rule, { status: 'planned' }));
    expect(second).toMatchObject({ kind: 'copy', story: { id: first.id } });
    const third = await place(inOwnWords(2, rule, { status: 'asserted' }));
    expect(third).toMatchObject({ kind: 'update', update: { why: 'status' } });
  });

  test('is heard again with another key, and when its window is over', async () => {
    const rule = newRule();
    expect((await place(inOwnWords(0, rule))).kind).toBe('first');
    const other = { dedupe: { key: 'haftar>EGY', hours: 24 } };
    expect((await place(inOwnWords(1, rule, other))).kind).toBe('first');
    now = new Date(now.getTime() + 25 * 3_600_000);
    expect((await place(inOwnWords(2, rule))).kind).toBe('first');
    expect((await place(inOwnWords(3, rule))).kind).toBe('copy');
  });

  test('is heard of once from articles that come at the same moment', async () => {
    const rule = newRule();
    const all = [4, 5, 6, 7].map((n) => inOwnWords(n, rule));
    for (const article of all) await dynamodbArchive(host.dynamodb, host.table).add(article);
    const placed = await Promise.all(all.map(decide));
    expect(placed.filter(({ kind }) => kind === 'first')).toHaveLength(1);
  });
});
