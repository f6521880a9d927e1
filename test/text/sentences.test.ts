import { createScan, scan } from '../../shared/classify/scan.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';

const compiled = compileWatchlist([
  { name: 'w.yaml', text: 'rules: [{ id: r, status: none, match: (كتاب) }]' },
]);
if (compiled.kind === 'invalid') throw new Error('the watchlist of this test is not valid');
const state = createScan(openWatchlist(compiled.artifact));

function sentencesOf(text: string): string[] {
  scan(state, text, 7);
  return Array.from({ length: state.sentences }, (_, i) =>
    text.slice(
      state.start[state.sentenceStart[i] as number],
      state.end[(state.sentenceStart[i + 1] as number) - 1],
    ),
  );
}

describe('a sentence ends', () => {
  test.each([
    [
      'at a full stop glued to the next word',
      'أسلحة إضافية.وهو ما نفاه',
      ['أسلحة إضافية', 'وهو ما نفاه'],
    ],
    ['at an Arabic question mark', 'هل زار؟ نعم', ['هل زار', 'نعم']],
    ['at a line break', 'عنوان\n\nنص', ['عنوان', 'نص']],
    ['at an exclamation mark and at an ellipsis', 'a! b… c', ['a', 'b', 'c']],
    ['before a capital that is glued on', 'He left.Then he came', ['He left', 'Then he came']],
  ])('%s', (_, text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  test.each([
    ['a decimal', 'بلغ 3.5 مليون'],
    ['a title', 'Gen. Haftar met Dr. Smith'],
    ['an initial', 'J. R. Biden came'],
    ['an Arabic initial', 'قال د. محمد شيئا'],
    ['a glued Arabic initial', 'قال د.محمد شيئا'],
    ['an address', 'see example.com today'],
    ['a country in letters', 'the U.S. army came'],
    ['a comma', 'قال، ثم مضى'],
  ])('but not at %s', (_, text) => {
    expect(sentencesOf(text)).toHaveLength(1);
  });

  test('after three hundred words at the latest, so that hostile text has no endless one', () => {
    expect(sentencesOf('كلمة '.repeat(1000)).length).toBe(4);
  });
});

test('a proclitic that a quote or tatweel parts from its word takes no place', () => {
  expect(sentencesOf('وجه دعوة لـ"حفتر" أمس').length).toBe(1);
  expect(state.count).toBe(4);
});
