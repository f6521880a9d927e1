import fc from 'fast-check';
import { clean, cleanLine } from '../../shared/text/clean.ts';
import { cleanCharacters } from '../../shared/text/order.ts';
import { readAll } from './files.ts';
import { mutant } from './mutants.ts';
import { flawOf } from './well-formed.ts';

/** `npm run prove` raises it to 10,000 and more; the inputs are the same for ever, so a failing number can be looked at. */
const RUNS = process.env['PROVE'] ? 10_000 : 1_000;

test('no input makes the reader throw, and what it reads is well-formed', async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const { key, bytes } = mutant(seed);
    const readings = await readAll(key, bytes);
    expect([
      seed,
      readings.length > 0,
      ...readings.map(flawOf).filter((flaw) => flaw !== null),
    ]).toEqual([seed, true]);
    expect(readings.map(({ member }) => member)).toEqual(readings.map((_, i) => i));
  }
}, 600_000);

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const ourText = fc.string({
  unit: fc.constantFrom(
    ...'ابلةىيکی \n\r\t\u00a0\u200b\u200c\u200f\u0640\u064bﻻﷺﬁأ\u0654\ud83d\ude00\ud800\u0000\u2028\u0085\ufeff\ufffdabc.',
  ),
  maxLength: 60,
});

test.each([
  ['any characters', anyText],
  ['characters that are cleaned', ourText],
])('cleaning twice is cleaning once: %s', (_, text) => {
  fc.assert(
    fc.property(text, (x) => {
      expect(clean(clean(x))).toBe(clean(x));
      expect(cleanLine(cleanLine(x))).toBe(cleanLine(x));
      expect(cleanCharacters(cleanCharacters(x))).toBe(cleanCharacters(x));
      expect(clean(x)).not.toMatch(/\p{Cs}/u);
      expect(clean(x)).not.toMatch(/(?!\n)\p{Cc}|\u00a0|\u0640|\u200b|\ufeff|\ufffd/u);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
