import { dynamodbArchive } from '../shared/aws/dynamodb-archive.ts';
import { dynamodbMutes, listMutes, putMute } from '../shared/aws/dynamodb-mutes.ts';
import { dynamodbOutbox, redriveFailed } from '../shared/aws/dynamodb-outbox.ts';
import { dynamodbRate } from '../shared/aws/dynamodb-rate.ts';
import { dynamodbReader } from '../shared/aws/dynamodb-reader.ts';
import { dynamodbStories } from '../shared/aws/dynamodb-stories.ts';
import { digestOf } from '../shared/digest.ts';
import type { Message, Published } from '../shared/ports.ts';
import { RATE_WINDOW_MS } from '../shared/rate.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { type RelayPorts, relay, sweep } from '../shared/relay.ts';
import { event, party, record } from './samples.ts';
import { schemaProblems } from './schema.ts';
import { STORIES } from './story/tellings.ts';
import { startTable } from './table.ts';

let host: Awaited<ReturnType<typeof startTable>>;
let sent: Message[] = [];
let waited = 0;
let now = new Date('2026-03-02T10:00:00Z');
let answer: (message: Message) => Published;
const took = () => ({ kind: 'published', messageId: `m${sent.length}` }) as const;

beforeAll(async () => {
  host = await startTable();
});
afterAll(() => host.stop());
beforeEach(() => {
  sent = [];
  waited = 0;
  answer = took;
  // A window of its own for each test.
  now = new Date(now.getTime() + 3 * RATE_WINDOW_MS);
});

/** A relay of its own, as another function would be; they share the table alone. */
function newRelay(alertsPerRule = 60, dynamodb = host.dynamodb): RelayPorts {
  const { table } = host;
  return {
    outbox: dynamodbOutbox(dynamodb, table),
    book: dynamodbStories(dynamodb, table),
    rate: dynamodbRate(dynamodb, table, { alertsPerRule, messagesPerSecond: 5 }),
    mutes: dynamodbMutes(dynamodb, table),
    bulletin: {
      async publish(message) {
        const published = answer(message);
        if (published.kind === 'published') sent.push(message);
        return published;
      },
    },
    log: { info: () => {}, error: () => {} },
    meter: { add: () => {} },
    now: () => now,
    wait: async (milliseconds) => {
      waited += milliseconds;
      now = new Date(now.getTime() + milliseconds);
    },
    language: 'en',
  };
}

let rules = 0;
const newRule = () => `relayed-${++rules}`;

async function store(article: ArticleRecord): Promise<ArticleRecord> {
  await dynamodbArchive(host.dynamodb, host.table).add(article);
  return article;
}
const saying = (rule: string, n: number, given: Parameters<typeof event>[0] = {}) =>
  store(
    record(
      { body: STORIES[n]?.body ?? '', title: `Story ${n}` },
      [event({ rule, topic: rule, ...given })],
      {
        now,
      },
    ),
  );
const stateOf = async ({ id }: ArticleRecord) => {
  const found = await dynamodbOutbox(host.dynamodb, host.table).read(id);
  return found?.alerts.map(({ state, reason, story }) => [state, reason, story]);
};
const kindsSent = () => sent.map(({ json }) => JSON.parse(json).kind ?? JSON.parse(json).type);

test('an alert is sent once, however often it is relayed', async () => {
  const article = await saying(newRule(), 0);
  await relay(newRelay(), article.id);
  await relay(newRelay(), article.id);
  expect(kindsSent()).toEqual(['new']);
  expect(await stateOf(article)).toEqual([['SENT', null, null]]);
});

test('a story costs six calls and a publish, and so does its copy without one', async () => {
  let calls = 0;
  const client = host.newClient();
  client.middlewareStack.add(
    (next) => (args) => {
      calls += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  const ports = newRelay(60, client);
  const callsFor = async (article: ArticleRecord) => {
    calls = 0;
    now = new Date(now.getTime() + 1000);
    await relay(ports, article.id);
    return calls;
  };
  const rule = newRule();
  const parties = (n: number) => ({ source: [party(`a${n}`)], target: [party(`b${n}`)] });
  // The mutes are read once in half a minute.
  expect(await callsFor(await saying(rule, 0, parties(0)))).toBe(7);
  expect(await callsFor(await saying(rule, 1, parties(1)))).toBe(6);
  expect(await callsFor(await saying(rule, 1, parties(1)))).toBe(6);
  expect(kindsSent()).toEqual(['new', 'new']);
  client.destroy();
});

test('after an outage stream and sweep come to an alert at the same moment: one of them sends it', async () => {
  const article = await saying(newRule(), 0);
  now = new Date(now.getTime() + 11 * 60_000);
  await Promise.all([
    relay(newRelay(), article.id, 'stream'),
    relay(newRelay(), article.id, 'sweep'),
  ]);
  expect(kindsSent()).toEqual(['new']);
  expect(await stateOf(article)).toEqual([['SENT', null, null]]);
});

test('a copy is not sent, a denial of it is, as an update of the first', async () => {
  const rule = newRule();
  const first = await saying(rule, 1, { source: [party('a')], target: [party('b')] });
  const copy = await saying(rule, 1, { source: [party('a')], target: [party('b')] });
  const denial = await saying(rule, 2, {
    source: [party('a')],
    target: [party('b')],
    status: 'denied',
  });
  for (const { id } of [first, copy, denial]) await relay(newRelay(), id);
  expect(kindsSent()).toEqual(['new', 'updated']);
  expect(await stateOf(copy)).toEqual([['SUPPRESSED', 'story', first.id]]);
  expect(await stateOf(denial)).toEqual([['SENT', null, first.id]]);
  expect(JSON.parse(sent[1]?.json ?? '').update.first).toBe(`${first.id}:${rule}`);
  expect(sent[1]?.attributes['status']).toEqual(['denied', 'asserted']);
});

test('messages go out five a second at most, whoever sends them', async () => {
  const rule = newRule();
  const articles = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => saying(rule, n)));
  const startedAt = now.getTime();
  for (const { id } of articles) await relay(newRelay(), id);
  expect(sent).toHaveLength(10);
  // The first goes at once, each of the nine others a fifth of a second later.
  expect(waited).toBe(9 * 200);
  expect(now.getTime() - startedAt).toBe(9 * 200);
});

test('of many who ask for their turn at one moment each gets one, a fifth of a second apart', async () => {
  const at = now;
  const turns = await Promise.all(Array.from({ length: 6 }, () => newRelay().rate.turn(at)));
  expect(turns.sort((a, b) => Number(a) - Number(b))).toEqual([0, 200, 400, 600, 800, 1000]);
});

test('what would wait too long for its turn is left to the sweep', async () => {
  const { rate } = newRelay();
  const turns: (number | null)[] = [];
  for (let i = 0; i < 100; i++) turns.push(await rate.turn(now));
  expect(turns.filter((turn) => turn === null).length).toBeGreaterThan(20);
  const article = await saying(newRule(), 3);
  await relay(newRelay(), article.id);
  expect(await stateOf(article)).toEqual([['PENDING', null, null]]);
  now = new Date(now.getTime() + 11 * 60_000);
  expect(await sweep(newRelay(), () => true)).toBeGreaterThan(0);
  expect(await stateOf(article)).toEqual([['SENT', null, null]]);
});

test('a rule that finds too much sends its first few, and one summary of the others', async () => {
  const rule = newRule();
  const articles = await Promise.all(
    [0, 1, 2, 3, 4, 5, 6].map((n) => saying(rule, n, { severity: 'high' })),
  );
  for (const { id } of articles) await relay(newRelay(3), id);
  expect(kindsSent()).toEqual(['new', 'new', 'new']);
  expect(await Promise.all(articles.slice(3).map(stateOf))).toEqual(
    articles.slice(3).map(() => [['SUPPRESSED', 'summary', null]]),
  );

  await sweep(newRelay(3), () => true);
  expect(sent).toHaveLength(3);
  now = new Date(now.getTime() + RATE_WINDOW_MS);
  await sweep(newRelay(3), () => true);
  await sweep(newRelay(3), () => true);
  expect(sent).toHaveLength(4);
  const summary = sent[3];
  expect(schemaProblems(summary?.json ?? '{}')).toEqual([]);
  expect(JSON.parse(summary?.json ?? '{}')).toMatchObject({ held: 4, rule: { id: rule } });
  expect(summary?.subject).toBe('[HIGH] 4 more: Visit');
  expect(summary?.attributes).toMatchObject({
    kind: 'summary',
    topic: [rule],
    status: ['asserted'],
  });
});

test('of very many that are held a summary names some and counts all', async () => {
  const { rate } = newRelay(3);
  const rule = newRule();
  const ids = Array.from({ length: 40 }, (_, i) => `${String(i).padStart(22, 'h')}:${rule}`);
  const admitted: string[] = [];
  for (const id of [...ids.slice(0, 10), ...ids])
    if (await rate.admit(rule, id, now)) admitted.push(id);
  expect(new Set(admitted)).toEqual(new Set(ids.slice(0, 3)));
  const held = await rate.held(new Date(now.getTime() + RATE_WINDOW_MS));
  const mine = held.find((one) => one.rule === rule);
  expect(mine?.alertIds).toHaveLength(20);
  expect(mine?.more).toBe(17);
});

test('a muted rule is stored and not sent, until the mute ends', async () => {
  const rule = newRule();
  const { dynamodb, table } = host;
  await putMute(dynamodb, table, rule, new Date(now.getTime() + 3_600_000));
  expect(await listMutes(dynamodb, table)).toEqual([expect.objectContaining({ rule })]);
  const muted = await saying(rule, 5);
  await relay(newRelay(), muted.id);
  expect(await stateOf(muted)).toEqual([['SUPPRESSED', 'muted', null]]);
  now = new Date(now.getTime() + 3_600_001);
  // What was muted has told nobody, so its story is still to be told.
  const later = await saying(rule, 5);
  await relay(newRelay(), later.id);
  expect(await stateOf(later)).toEqual([['SENT', null, null]]);
  await putMute(dynamodb, table, rule, null);
  expect(await listMutes(dynamodb, table)).toEqual([]);
});

test('an alert without evidence is never sent', async () => {
  const article = await saying(newRule(), 6, { quote: { text: ' ', start: 0, end: 1 } });
  await relay(newRelay(), article.id);
  expect(sent).toEqual([]);
  expect(await stateOf(article)).toEqual([['FAILED', 'there is no evidence to show', null]]);
});

test('what SNS refuses is tried three times, found as failed, and can be redriven', async () => {
  const article = await saying(newRule(), 7);
  answer = () => ({ kind: 'refused', reason: 'InvalidParameter: no' });
  for (let i = 0; i < 4; i++) await relay(newRelay(), article.id);
  expect(await stateOf(article)).toEqual([['FAILED', 'InvalidParameter: no', null]]);
  answer = took;
  expect(await redriveFailed(host.dynamodb, host.table)).toBeGreaterThan(0);
  await relay(newRelay(), article.id);
  expect(sent).toHaveLength(1);
});

test('a relay that dies between sending and marking sends again, and loses nothing', async () => {
  const rule = newRule();
  const article = await saying(rule, 8);
  const dying = newRelay();
  const outbox = { ...dying.outbox, settle: () => Promise.reject(new Error('killed')) };
  await expect(relay({ ...dying, outbox }, article.id)).rejects.toThrow('killed');
  await relay(newRelay(), article.id);
  expect(kindsSent()).toEqual(['new', 'new']);
  expect(await stateOf(article)).toEqual([['SENT', null, null]]);
});

test('the digest counts what became of the alerts, topic by topic', async () => {
  const since = now;
  const rule = newRule();
  const first = await saying(rule, 9);
  const copy = await saying(rule, 9);
  const other = await saying(newRule(), 10, { topic: 'meeting', title: {} });
  for (const { id } of [first, copy, other]) await relay(newRelay(), id);
  const reader = dynamodbReader(host.dynamodb, host.table);
  const until = new Date(now.getTime() + 1);
  const records: ArticleRecord[] = [];
  for await (const one of reader.alerted({ since, until }, ['SENT', 'QUIET'])) records.push(one);
  const digest = digestOf(records, { from: since, to: until }, 'en');
  expect(schemaProblems(digest.json)).toEqual([]);
  expect(JSON.parse(digest.json)).toMatchObject({
    alerts: 2,
    topics: [
      { topic: 'meeting', new: 1, updated: 0, copies: 0, notSent: 0 },
      { topic: rule, new: 1, updated: 0, copies: 1, notSent: 0 },
    ],
  });
  expect(digest.email).toMatch(/^Visit +1 +0 +1 +0$/m);
});
