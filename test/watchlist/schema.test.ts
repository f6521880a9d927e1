import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { watchlistSchema } from '../../shared/watchlist/schema.ts';

const validate = new Ajv.default({ allErrors: false, allowUnionTypes: true }).compile(
  watchlistSchema(),
);
const sources = await shippedSourcesIn(new URL('../../watchlist/', import.meta.url));

describe('the JSON Schema', () => {
  test.each(sources.map(({ name, text }) => [name, text]))('accepts %s', (_, text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ['an unknown section', { rule: [] }],
    ['an unknown key of a rule', { rules: [{ id: 'a', match: '(b)', mach: 1 }] }],
    ['a rule without an id', { rules: [{ match: '(b)' }] }],
    ['an unknown status', { rules: [{ id: 'a', match: '(b)', alert_when: { status: ['sure'] } }] }],
    ['an unknown class of words', { lexicon: { a: { ar: { nuon: ['b'] } } } }],
    ['a window that is too wide', { rules: [{ id: 'a', match: { near: ['(b)'], within: 99 } }] }],
  ])('refuses %s', (_, watchlist) => {
    expect(validate(watchlist)).toBe(false);
  });
});
