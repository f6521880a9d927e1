import { createClassifier } from '../../shared/classify/classify.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';

const LETTERS = [...'بتثجحخدذرزسشصضطظعغفقكلمنهي'];

/** The n-th of many words of six letters. */
const word = (n: number) =>
  Array.from(
    { length: 6 },
    (_, i) => LETTERS[Math.floor(n / LETTERS.length ** i + i) % LETTERS.length],
  ).join('');

function classifier(rules: string) {
  const compiled = compileWatchlist([{ name: 'w.yaml', text: rules }]);
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  return createClassifier(openWatchlist(compiled.artifact));
}

const quotes = (classify: ReturnType<typeof classifier>, body: string) =>
  classify({ title: '', body, lang: 'ar' }).events.map(({ quote }) => quote.text);

describe('the words that a classifier has met', () => {
  test('may be more than it has room for: each is read as it was when it was new', () => {
    const watched = Array.from({ length: 50 }, (_, i) => word(i * 1_901));
    const classify = classifier(`rules: [{ id: a, status: none, match: (${watched.join('|')}) }]`);
    const all = Array.from({ length: 100_000 }, (_, n) => word(n));
    const article = watched.map((name) => `${name}.`).join(' ');
    expect(quotes(classify, article)).toEqual(watched);
    for (let from = 0; from < all.length; from += 1_000) {
      quotes(classify, all.slice(from, from + 1_000).join(' '));
    }
    expect(quotes(classify, article)).toEqual(watched);
  });

  test('are told apart at every length, at first sight and again', () => {
    const names = Array.from({ length: 24 }, (_, i) => LETTERS.slice(0, i + 2).join(''));
    const classify = classifier(`rules: [{ id: a, status: none, match: (=${names.join('|=')}) }]`);
    const others = names.map((name) => `${name.slice(0, -1)}ظظ`);
    const written = names.flatMap((name, i) => [`و${name}.`, `${others[i]}.`, `${name}.`]);
    const expected = names.flatMap((name) => [`و${name}`, name]);
    expect(quotes(classify, written.join(' '))).toEqual(expected);
    expect(quotes(classify, written.join(' '))).toEqual(expected);
  });

  test('are those of one text: the next one has none of them', () => {
    const classify = classifier(
      'rules: [{ id: a, status: none, match: { scope: article, all: [(قلم), (كتاب)] } }]',
    );
    expect(quotes(classify, 'قلم هنا. وكتاب هناك.')).toHaveLength(1);
    expect(quotes(classify, 'قلم هنا.')).toEqual([]);
    expect(quotes(classify, 'كتاب هناك.')).toEqual([]);
  });
});

describe('a concept of many terms', () => {
  const single = Array.from({ length: 30 }, (_, i) => word(i * 977));
  const phrases = Array.from({ length: 30 }, (_, i) => `${word(i * 977 + 5)} ${word(i * 31 + 7)}`);
  const classify = classifier(
    `lexicon: { thing: { ar: { noun: [${single.join(', ')}], phrase: [${phrases.join(', ')}] } } }
rules: [{ id: a, status: none, match: { any: [{ near: [thing, (قلم)] }, { near: [thing, (كتاب)] }] } }]`,
  );

  test.each([...single, ...phrases])('is found by %s', (term) => {
    expect(quotes(classify, `هنا ${term} مع قلم.`)).toEqual([`${term} مع قلم`]);
    expect(quotes(classify, `هنا كتاب مع ${term}.`)).toEqual([`كتاب مع ${term}`]);
  });

  test.each(phrases)('is not found by half of %s', (phrase) => {
    const [first, second] = phrase.split(' ');
    expect(quotes(classify, `هنا ${first} مع قلم.`)).toEqual([]);
    expect(quotes(classify, `هنا ${second} مع قلم.`)).toEqual([]);
  });
});
