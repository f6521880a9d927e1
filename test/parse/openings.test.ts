import { fold } from '../../shared/parse/fold.ts';
import { FURNITURE } from '../../shared/parse/furniture.ts';
import { openingsOf } from '../../shared/parse/openings.ts';
import { byOpening } from '../../shared/parse/phrase-index.ts';
import { FURNITURE_OPENINGS, FURNITURE_PHRASES } from '../../shared/parse/phrases.ts';
import { fc } from '../property.ts';

describe('what a match can begin with', () => {
  test.each<[RegExp, readonly string[] | null, boolean?]>([
    [/^[^\p{L}\d]*(?:see (?:also|more)|more:)/u, ['see', 'mor']],
    [/^(?:x|vk)$/u, ['x', 'vk']],
    [/^(?:last )?updated?/u, ['upd', 'las']],
    [/^новости партн[её]ров/u, ['нов']],
    [/^п[её]тр/u, ['пет', 'пёт']],
    [/^(?:a\+|aa)/u, ['a+', 'aa']],
    [/^ab?c/u, ['ac', 'abc']],
    [/^ab{0,2}c/u, ['ac', 'ab']],
    [/^a+b/u, ['a']],
    [/^(?!no)note/u, ['not']],
    [/anywhere|else (?:now)?/u, ['anywhe', 'else ', 'else n'], false],
    [/^first|second/u, ['first', 'second'], false],
    // From the first letter or digit on.
    [/^©(?:19|20)/u, ['19', '20']],
    [/^(?:\d* ?comments?|no)/u, ['com', ...'0123456789', 'co', 'no']],
    [/^(?:we|our site)\s+use/u, ['we ', 'our']],
    [/^(?:#[\p{L}]+)$/u, ['#'], false],
    [/^\d?a/u, ['a', ...'0123456789'], true],
    // Nothing can be said of these.
    [/^(?:.+ )?shares/u, null],
    [/^[\p{L}]+$/u, null],
    [/^Case/iu, null],
  ])('%p: %p', (pattern, texts, isAtStart = true) => {
    const found = openingsOf(pattern);
    expect(found).toEqual(texts === null ? null : { texts, isAtStart });
  });
});

test('a line is compared with every phrase that it may match', async () => {
  const { like } = byOpening(FURNITURE_PHRASES, FURNITURE_OPENINGS);
  // fast-check makes no strings for look-arounds; without them a phrase only has more.
  const phrases = FURNITURE.map(
    ({ pattern }) => new RegExp(pattern.source.replace(/\(\?<?[!=][^()]*\)/g, ''), 'u'),
  ).filter(({ source }) => !/\(\?<?[!=]/.test(source));
  const line = fc
    .tuple(
      fc.constantFrom('', '» ', '• ', '1 ', '- «', 'ا'),
      fc.oneof(fc.string({ maxLength: 30 }), ...phrases.map((phrase) => fc.stringMatching(phrase))),
      fc.constantFrom('', ':', ' الخبر', ' more'),
    )
    .map((parts) => fold(parts.join('')));
  await fc.assert(
    fc.property(line, (folded) => {
      const found = like(folded);
      const matching = FURNITURE_PHRASES.filter((_, i) => FURNITURE[i]?.pattern.test(folded));
      expect(matching.filter((one) => !found.includes(one))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('most lines of news open like few of them', () => {
  const { like } = byOpening(FURNITURE_PHRASES, FURNITURE_OPENINGS);
  const always = like('').length;
  expect(always).toBeLessThan(FURNITURE.length / 3);
  expect(like(fold('وصل وزير الخارجية إلى القاهرة')).length).toBe(always);
});
