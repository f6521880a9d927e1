import { dynamodbArchive } from '../../shared/aws/dynamodb-archive.ts';
import type { Event } from '../../shared/event.ts';
import { ENTRY_BYTES } from '../../shared/story/entry.ts';
import { type Placed, placeStory } from '../../shared/story/place-story.ts';
import { articlesOf, sourcesOf } from '../../shared/story/story.ts';
import { edited, seeded } from './edits.ts';
import {
  clock,
  copyOf,
  decide,
  fillPage,
  host,
  newRule,
  place,
  ports,
  story,
  telling,
} from './placing.ts';
import { TEMPLATES, type Telling } from './tellings.ts';

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
  const { pages } = await ports.book.open(rule, clock.now);
  expect(Buffer.concat(pages).length).toBe(ENTRY_BYTES);
});

test('after three days a text that comes again is news again', async () => {
  const rule = newRule();
  await place(telling(story(6), rule));
  clock.now = new Date(clock.now.getTime() + 3 * 86_400_000 + 1000);
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

test('a story that waited for days is told itself, not taken for a copy of its copies', async () => {
  const rule = newRule();
  const first = telling(story(0), rule);
  await place(first);
  await fillPage(rule);
  clock.now = new Date(clock.now.getTime() + 2 * 86_400_000);
  const far = { wordsChanged: 0.15, wordsCut: 0.05, paragraphsCut: 2, furniture: true };
  const words = story(11).body.split(' ');
  const body = edited(story(0).body, { ...far, reordered: true }, words, seeded(1));
  expect((await place(telling({ ...story(0), body }, rule))).kind).toBe('copy');
  clock.now = new Date(clock.now.getTime() + 2 * 86_400_000);
  const [alert] = first.alerts;
  if (alert === undefined) throw new Error('no alert');
  expect((await placeStory(ports, first, alert)).kind).toBe('first');
});

test('a story whose first article was deleted is told again', async () => {
  const rule = newRule();
  const gone = telling(story(8), rule);
  const [alert] = gone.alerts;
  if (alert === undefined) throw new Error('no alert');
  // It stands in the book, the article is gone.
  expect((await placeStory(ports, gone, alert)).kind).toBe('first');
  expect((await place(telling({ ...story(8), body: copyOf(story(8), 1) }, rule))).kind).toBe(
    'first',
  );
});

describe('a rule that says what is the same news', () => {
  const dedupe = { key: 'haftar>RUS', hours: 24 };
  const inOwnWords = (n: number, rule: string, given: Partial<Event> = {}) =>
    telling(story(n), rule, { dedupe, ...given }, {}, clock.now);

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
    clock.now = new Date(clock.now.getTime() + 25 * 3_600_000);
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
