import { ODD, odditiesOf } from '../../shared/parse/oddities.ts';
import { fc } from '../property.ts';

// The same as patterns over the whole text: slow and plain.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for
const CONTROL = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/;
const MISREAD =
  /(?:[ØÙÐÑÃÂ][\u0080-\u00ff\u0152-\u2122]){2}|(?:[طظ][^ء-ي\s\w]){2}|(?:[РСÐ][^а-яА-Я\s\w]){2}|[À-ÿ]{4}/;
const byPatterns = (text: string) =>
  (CONTROL.test(text) ? ODD.control : 0) |
  (text.includes('\ufffd') ? ODD.lost : 0) |
  (MISREAD.test(text) ? ODD.misread : 0);

test('one look at each character finds what patterns over the text would', async () => {
  const text = fc.string({
    unit: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...'ØÙÃéÀ§£Ÿ„طظ،ًРСоїÐ°az \n\t') },
      fc.constantFrom('\0', '\x7f', '\x85', '\x9f', '\ufffd', '🙂', '\ud800'),
    ),
    maxLength: 12,
  });
  await fc.assert(
    fc.property(text, (all) => {
      expect(odditiesOf(all)).toBe(byPatterns(all));
    }),
    { numRuns: 5_000 },
  );
});

test('what stands on the border of two pieces of a long text is found', () => {
  const misread = 'Ø³Ù„';
  for (let before = 65_530; before < 65_540; before++)
    expect(odditiesOf(`${'a'.repeat(before)}${misread} b`)).toBe(ODD.misread);
});
