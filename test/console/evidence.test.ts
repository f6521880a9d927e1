import fc from 'fast-check';
import { marksOf } from '../../cli/console/article-desk.ts';
import { inert } from '../../cli/console/page/direction.ts';
import { paragraphsOf, piecesOf } from '../../cli/console/page/evidence.ts';

const marked = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.tuple(fc.nat(60), fc.nat(60))))
  .map(([text, pairs]) => ({
    text,
    marks: pairs.map(([a, b], event) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)].map((at) => Math.min(at, text.length));
      return { event, start: start as number, end: end as number };
    }),
  }));

test('the pieces of a text are the text', () => {
  fc.assert(
    fc.property(marked, ({ text, marks }) => {
      expect(
        piecesOf(text, marks, 0, text.length)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('the pieces that are marked with an event are its evidence, to the letter', () => {
  fc.assert(
    fc.property(marked, ({ text, marks }) => {
      const pieces = piecesOf(text, marks, 0, text.length);
      for (const { event, start, end } of marks) {
        const own = pieces.filter(({ events }) => events.includes(event));
        expect(own.map((piece) => piece.text).join('')).toBe(text.slice(start, end));
      }
    }),
  );
});

test('paragraphs are where blank lines part them', () => {
  const text = 'عنوان\n\nأول\n\nثان';
  const found = paragraphsOf(text, 7).map(({ from, to }) => text.slice(from, to));
  expect(found).toEqual(['أول', 'ثان']);
});

test('evidence is marked only where its very words stand', () => {
  const text = 'He said: we will visit Moscow.';
  const events = [
    { quote: 'visit Moscow', start: 17, end: 29 },
    { quote: 'visit Paris', start: 17, end: 29 },
    { quote: 'visit Mos…', start: 17, end: 29 },
  ];
  expect(marksOf(events, text)).toEqual({
    marks: [
      { event: 0, start: 17, end: 29 },
      { event: 2, start: 17, end: 29 },
    ],
    unplaced: [1],
  });
});

test('what turns the direction of a text is blanked, and nothing moves', () => {
  const hostile = 'a\u202Egpj.exe\u2066b\u0007\nc';
  expect(inert(hostile)).toBe('a gpj.exe b \nc');
  expect(inert(hostile)).toHaveLength(hostile.length);
});
