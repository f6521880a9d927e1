import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Article } from '../shared/article.ts';
import { itemOf, recordFrom } from '../shared/aws/article-item.ts';
import type { Classification, Event } from '../shared/event.ts';
import { type RecordContext, recordOf } from '../shared/record.ts';
import { fc } from './property.ts';

const ARTICLE: Article = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  title: 'القائد في زيارة',
  body: 'زار القائد الوزير يوم الأحد.',
  lang: 'ar',
  byline: null,
  source: null,
  url: null,
  published: null,
  modified: null,
  dropped: [],
  warnings: [],
};
const CONTEXT: RecordContext = {
  object: {
    bucket: 'inbox',
    key: 'a.txt',
    versionId: 'v1',
    uploadedAt: '2026-11-22T08:00:00.000Z',
    member: 0,
  },
  now: new Date('2026-11-22T08:00:01.000Z'),
  parserVersion: '1',
  suppress: null,
  replayed: false,
};

function event(some: Partial<Event> = {}): Event {
  const stretch = { text: 'زار القائد', start: 0, end: 10 };
  return {
    topic: 'visit',
    rule: 'visit-abroad',
    ruleVersion: 1,
    severity: 'high',
    status: 'asserted',
    source: [],
    target: [],
    place: null,
    attribution: null,
    quote: stretch,
    sentence: stretch,
    cues: [],
    confidence: 0.8,
    salience: 'body',
    codes: {},
    alert: true,
    shadow: false,
    ...some,
  };
}

const classified = (events: readonly Event[]): Classification => ({
  events,
  labels: ['visit'],
  watchlistVersion: 'w1',
  counters: { tokens: 0, misses: 0, candidates: 0, verified: 0, capped: 0 },
});
const record = (events: readonly Event[], article = ARTICLE, context = CONTEXT) =>
  recordOf(article, classified(events), context);

test('a rule alerts once for an article, by the event that shows it best', () => {
  const { alerts, events } = record([
    event({ confidence: 0.7 }),
    event({ confidence: 0.9 }),
    event({ confidence: 0.85 }),
  ]);
  expect(alerts.map(({ rule, event }) => [rule, event])).toEqual([['visit-abroad', 1]]);
  expect(events.map(({ sentence }) => sentence !== null)).toEqual([false, true, false]);
});

test('two rules of one topic alert once, by the graver', () => {
  const { alerts } = record([
    event({ rule: 'visit', confidence: 0.9 }),
    event({ rule: 'visit-of-a-minister', severity: 'critical', confidence: 0.6 }),
  ]);
  expect(alerts.map(({ rule }) => rule)).toEqual(['visit-of-a-minister']);
});

test.each([
  ['whose rule does not alert on that status', { alert: false }],
  ['of a rule on trial', { shadow: true }],
])('an event %s is stored and alerts nobody', (_, some) => {
  const { alerts, events } = record([event(some)]);
  expect(alerts).toEqual([]);
  expect(events).toHaveLength(1);
});

test('an upload of an archive is stored with its alerts suppressed, and why', () => {
  const { alerts } = record([event()], ARTICLE, { ...CONTEXT, suppress: 'backfill' });
  expect(alerts[0]).toMatchObject({ state: 'SUPPRESSED', reason: 'backfill' });
});

test('an alert behind a flood of other events is not lost', () => {
  const flood = Array.from({ length: 500 }, () => event({ rule: 'flood', alert: false }));
  const { alerts, events, eventsLeftOut } = record([...flood, event({ rule: 'rare' })]);
  expect(alerts.map(({ rule }) => rule)).toEqual(['rare']);
  expect(events[alerts[0]?.event ?? -1]?.rule).toBe('rare');
  expect(eventsLeftOut).toBe(501 - events.length);
});

test('when more topics alert than an item can hold, the gravest are kept and the rest is counted', () => {
  const many = Array.from({ length: 60 }, (_, i) =>
    event({ rule: `r${i}`, topic: `t${i}`, severity: 'notice' }),
  );
  const { alerts, eventsLeftOut } = record([
    ...many,
    event({ rule: 'grave', topic: 'grave', severity: 'critical' }),
  ]);
  expect(alerts.map(({ rule }) => rule)).toContain('grave');
  expect(eventsLeftOut).toBe(61 - alerts.length);
});

test('half a surrogate pair, as JSON can spell it, does not reach the table', () => {
  const broken = 'a\uD800b';
  const { title, url } = record([], { ...ARTICLE, title: broken, url: `https://x/${broken}` });
  expect(title.isWellFormed()).toBe(true);
  expect(url?.isWellFormed()).toBe(true);
});

test('a title is cut between letters, never inside one', () => {
  const { title } = record([], { ...ARTICLE, title: '𝔸'.repeat(400) });
  expect(title.isWellFormed()).toBe(true);
  expect(title.endsWith('…')).toBe(true);
});

test('an address too long to be one is left out, not cut', () => {
  expect(record([], { ...ARTICLE, url: `https://x/${'a'.repeat(5000)}` }).url).toBeNull();
});

/** DynamoDB's limit; a larger item would be refused again at every retry. */
const MAX_ITEM_BYTES = 400 * 1024;

/** As DynamoDB counts: names and texts in UTF-8, two digits a byte, some bytes for what holds them. */
function sizeOf({ S, N, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (L !== undefined) return L.reduce((sum, one) => sum + 1 + sizeOf(one), 3);
  const fields = Object.entries(M ?? {});
  return fields.reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + sizeOf(one), 3);
}

test('the worst article fits the table: every field as long and as many as can be', () => {
  const long = '\uFFFF'.repeat(100_000);
  const stretch = { text: long, start: 0, end: 100_000 };
  const party = { id: 'a'.repeat(60), of: null, country: 'RUS', ...stretch };
  const worst = event({
    source: Array(50).fill(party),
    target: Array(50).fill(party),
    place: party,
    attribution: long,
    quote: stretch,
    sentence: stretch,
    codes: { cameo: ['0232', '040'], plover: ['REQUEST'] },
  });
  const events = Array.from({ length: 200 }, (_, i) => ({
    ...worst,
    topic: `topic-${i}`,
    rule: `rule-${i}-${'r'.repeat(50)}`,
  }));
  const article = { ...ARTICLE, title: long, byline: long, source: long, url: long.slice(0, 2000) };
  const labels = Array.from({ length: 500 }, (_, i) => `${i}-${'t'.repeat(50)}`);
  const object = { ...CONTEXT.object, key: '\uFFFF'.repeat(341) };
  const item = itemOf(recordOf(article, { ...classified(events), labels }, { ...CONTEXT, object }));
  expect(sizeOf({ M: item })).toBeLessThan(MAX_ITEM_BYTES);
});

test('whatever is stored is read back the same', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  const stretch = fc.record({ text: words, start: fc.nat(), end: fc.nat() });
  const party = fc.record({
    id: fc.option(text),
    of: fc.option(text),
    country: fc.option(text),
    text,
    start: fc.nat(),
    end: fc.nat(),
  });
  const anyEvent: fc.Arbitrary<Event> = fc.record({
    topic: fc.constant(''),
    rule: fc.constantFrom('r1', 'r2', 'r.3'),
    ruleVersion: fc.nat(),
    severity: fc.constantFrom('low', 'notice', 'high', 'critical'),
    status: fc.constantFrom('asserted', 'planned', 'denied'),
    source: fc.array(party, { maxLength: 3 }),
    target: fc.array(party, { maxLength: 3 }),
    place: fc.option(party),
    attribution: fc.option(text.filter((t) => t !== '')),
    quote: stretch,
    sentence: stretch,
    cues: fc.constant([]),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }).map((x) => Math.round(x * 1000) / 1000),
    salience: fc.constantFrom('headline', 'lead', 'body'),
    codes: fc.constant({}),
    alert: fc.boolean(),
    shadow: fc.boolean(),
  });
  // A rule has one topic.
  const ruled = anyEvent.map((one) => ({ ...one, topic: one.rule === 'r1' ? 'visit' : one.rule }));
  const law = fc.property(fc.array(ruled, { maxLength: 60 }), text, (events, title) => {
    const stored = record(events, { ...ARTICLE, title });
    const back = recordFrom(itemOf(stored));
    const byRule = (all: typeof stored.alerts) =>
      [...all].sort((a, b) => (a.rule < b.rule ? -1 : 1));
    const plain = (r: typeof stored) => ({ ...r, alerts: byRule(r.alerts) });
    expect(plain(back)).toEqual(plain(stored));
  });
  await fc.assert(law, { numRuns: 200 });
});
