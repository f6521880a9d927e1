import { completionsAt, pathAt, type Schema } from '../../cli/console/page/yaml-completion.ts';
import { watchlistSchema } from '../../shared/watchlist/schema.ts';

const schema = watchlistSchema() as Schema;
const labels = (text: string) => completionsAt(text, text.length, schema).map(({ label }) => label);

test.each([
  ['the top of a file', 'ru', ['include', 'rules', 'actors']],
  ['a rule', 'rules:\n  - id: x\n    se', ['severity', 'match', 'tests']],
  ['a severity', 'rules:\n  - id: x\n    severity: h', ['low', 'high', 'critical']],
  ['the first key of a rule', 'rules:\n  - i', ['id', 'topic']],
  ['a pattern', 'rules:\n  - id: x\n    match:\n      n', ['near', 'seq', 'any']],
  ['a pattern inside any', 'rules:\n  - id: x\n    match:\n      any:\n        - n', ['near']],
  [
    'what a test expects',
    'rules:\n  - id: x\n    tests:\n      - { text: a, expect: { sta',
    ['status'],
  ],
  [
    'a status that a test expects',
    'rules:\n  - id: x\n    tests:\n      - { expect: { status: pl',
    ['planned'],
  ],
  ['a list of statuses', 'rules:\n  - id: x\n    alert_when: { status: [asserted, pl', ['planned']],
  ['a kind of actor', 'actors:\n  - id: haftar\n    kind: p', ['person', 'place']],
])('%s completes by the schema', (_, text, expected) => {
  expect(labels(text)).toEqual(expect.arrayContaining(expected));
});

test('a value that is free completes to nothing', () => {
  expect(labels('rules:\n  - id: vi')).toEqual([]);
});

test('a line that is written does not open the next', () => {
  expect(pathAt('rules:\n  - id: x\n    severity: high\n    ').keys).toEqual(['rules', '-']);
});
