import fc from 'fast-check';
import type { FeedRow } from '../../cli/console/api.ts';
import {
  EVERYTHING,
  type FeedQuery,
  matches,
  readQuery,
  writeQuery,
} from '../../cli/console/feed-query.ts';
import { rowOfRecord } from '../../cli/console/feed-row.ts';
import { plainRecord } from './newsroom.ts';

/** A row, plain but for what is given. */
const feedRow = (given: Partial<FeedRow> & Pick<FeedRow, 'id'>): FeedRow => ({
  ...rowOfRecord(plainRecord({ id: given.id })),
  ...given,
});

const words = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 3 });
const day = fc.option(fc.constantFrom('2026-11-01', '2024-02-29'));
const queries: fc.Arbitrary<FeedQuery> = fc.record({
  ...{ topic: words, status: words, severity: words, lang: words, source: words, actor: words },
  who: fc.option(fc.constantFrom('haftar>russia', 'a>b')),
  since: day,
  until: day,
  search: fc.string({ maxLength: 12 }),
  alerted: fc.boolean(),
});

test('an address says a query, and the query says the address', () => {
  fc.assert(
    fc.property(queries, (query) => {
      const address = writeQuery(query).toString();
      expect(readQuery(new URLSearchParams(address))).toEqual(query);
    }),
  );
});

test('a day that is none is left out of the query', () => {
  expect(readQuery(new URLSearchParams('since=yesterday'))).toEqual(EVERYTHING);
});

const ROW = feedRow({
  id: 'a',
  title: 'حَفتر يطلبُ أسلحةً من موسكو',
  seenAt: '2026-11-20T23:59:59.999Z',
  topics: ['visit', 'weapons-request'],
  actors: ['haftar', 'russia'],
  statuses: ['visit:planned', 'weapons-request:denied'],
  pairs: ['haftar>russia'],
  severity: 'high',
});

test.each<[string, Partial<FeedQuery>, boolean]>([
  ['everything', {}, true],
  ['its topic', { topic: ['visit'] }, true],
  ['one of two topics', { topic: ['meeting', 'visit'] }, true],
  ['another topic', { topic: ['meeting'] }, false],
  ['a status of any topic', { status: ['denied'] }, true],
  ['a status of the topic that was asked for', { topic: ['visit'], status: ['planned'] }, true],
  ['a status of the other topic only', { topic: ['visit'], status: ['denied'] }, false],
  ['both actors', { actor: ['haftar', 'russia'] }, true],
  ['an actor that is missing', { actor: ['haftar', 'egypt'] }, false],
  ['who acts towards whom', { who: 'haftar>russia' }, true],
  ['the other way round', { who: 'russia>haftar' }, false],
  ['the last moment of a day', { since: '2026-11-20', until: '2026-11-20' }, true],
  ['the day after', { since: '2026-11-21' }, false],
  ['the day before', { until: '2026-11-19' }, false],
  ['words without vowel marks, in any order', { search: 'موسكو اسلحة' }, true],
  ['a word that is not there', { search: 'موسكو باريس' }, false],
  ['alerts', { alerted: true }, false],
])('a row is found by %s, or not', (_, part, isFound) => {
  expect(matches({ ...EVERYTHING, ...part }, ROW)).toBe(isFound);
});
