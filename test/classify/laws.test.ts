import { articleText } from '../../shared/article.ts';
import { createClassifier } from '../../shared/classify/classify.ts';
import type { Classification, Stretch } from '../../shared/event.ts';
import { fc } from '../property.ts';
import { smallWatchlist } from './small-watchlist.ts';

const classify = createClassifier(smallWatchlist());

const WORDS =
  'زار حفتر موسكو بوتين يزور سيزور زيارة إلى القاهرة وصل وفد روسي لم نفى أن قال الرئيس المصري استقبل في «لافروف» ، . ؟ الذي المشير لروسيا Haftar visited Moscow not by received \n\n'.split(
    / /,
  );
const prose = fc
  .array(fc.constantFrom(...WORDS), { maxLength: 60 })
  .map((words) => words.join(' '));
const article = fc.record({
  title: prose.map((t) => t.replace(/\n/g, ' ')),
  body: fc.oneof(prose, fc.string({ unit: 'binary' })),
  lang: fc.constantFrom('ar', 'en', 'fr', 'und'),
});

const stretches = ({ events }: Classification): Stretch[] =>
  events.flatMap((e) => [
    e.quote,
    e.sentence,
    ...e.cues,
    ...e.source,
    ...e.target,
    ...(e.place === null ? [] : [e.place]),
  ]);

describe('whatever the text', () => {
  test('it is classified, and every stretch slices what it says out of the text', async () => {
    await fc.assert(
      fc.property(article, (given) => {
        const found = classify(given);
        const text = articleText(given);
        for (const { text: part, start, end } of stretches(found)) {
          expect(text.slice(start, end)).toBe(part);
          expect(part).not.toBe('');
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('the quote lies in its sentence', async () => {
    await fc.assert(
      fc.property(article, (given) => {
        for (const { quote, sentence } of classify(given).events) {
          expect(quote.start).toBeGreaterThanOrEqual(sentence.start);
          expect(quote.end).toBeLessThanOrEqual(sentence.end);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('vowel marks and tatweel change nothing', async () => {
    const marks = fc.constantFrom('', '', 'َ', 'ُ', 'ّ', 'ْ', 'ـ', 'ٌ');
    await fc.assert(
      fc.property(prose, fc.infiniteStream(marks), (body, stream) => {
        const marked = body.replace(/[\u0621-\u064a]/g, (letter) => letter + stream.next().value);
        const short = ({ events }: Classification) =>
          events.map((e) => [
            e.rule,
            e.status,
            e.source.map((p) => p.id),
            e.target.map((p) => p.id),
          ]);
        expect(short(classify({ title: '', body: marked, lang: 'ar' }))).toEqual(
          short(classify({ title: '', body, lang: 'ar' })),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('what was read before makes no difference', async () => {
    const fresh = smallWatchlist();
    await fc.assert(
      fc.property(article, (given) => {
        expect(createClassifier(fresh)(given).events).toEqual(classify(given).events);
      }),
      { numRuns: 40 },
    );
  });
});

describe('hostile text', () => {
  const LONG = 300_000;

  test.each([
    ['a million copies of what a rule looks for', 'زار حفتر موسكو '.repeat(LONG / 5)],
    ['one word without end', 'ز'.repeat(LONG * 3)],
    ['nothing but clitics', 'و ف ب ل ك '.repeat(LONG / 5)],
    ['nothing but quotes', '"'.repeat(LONG)],
    [
      'words that are all different',
      Array.from({ length: LONG / 4 }, (_, i) => `كلمة${i}`).join(' '),
    ],
    ['nested parties', 'وزير '.repeat(LONG / 5)],
    ['nested clauses', 'قال إن '.repeat(LONG / 6)],
    ['an enumeration without end', 'زار بوتين و'.concat('حفتر و'.repeat(LONG / 6), ' موسكو')],
  ])('of %s stays bounded', (_, body) => {
    const { events, counters } = classify({ title: '', body, lang: 'ar' });
    // No sentence gives more than a few events, and what is cut off is counted.
    expect(events.length).toBeLessThanOrEqual(counters.tokens / 60 + 4);
    expect(counters.tokens).toBeLessThanOrEqual(body.length);
  });
});
