import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamodbArchive } from '../../shared/aws/dynamodb-archive.ts';
import { party } from '../samples.ts';
import { clock, copyOf, fillPage, host, newRule, place, story, telling } from './placing.ts';
import type { Telling } from './tellings.ts';

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

test('a denial takes back what was told thirteen days ago, and fifteen days ago no more', async () => {
  const rule = newRule();
  const told = telling(story(5), rule);
  await place(told);
  await fillPage(rule);
  const denial = (body: string) =>
    telling({ ...story(5), body }, rule, { status: 'denied', alert: false });
  clock.now = new Date(clock.now.getTime() + 13 * 86_400_000);
  expect((await place(denial(story(7).body))).kind).toBe('update');
  clock.now = new Date(clock.now.getTime() + 2 * 86_400_000);
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
        expiresAt: Math.floor(clock.now.getTime() / 1000) + 60,
      }),
    }),
  );
  const denial = { ...story(7), source: story(5).source, target: story(5).target };
  expect(await place(telling(denial, rule, { status: 'denied', alert: false }))).toMatchObject({
    kind: 'update',
    story: { id: told.id },
  });
});
