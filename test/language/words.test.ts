import { readFileSync } from 'node:fs';
import { createClassifier } from '../../shared/classify/classify.ts';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';

interface Line {
  readonly concept: string;
  readonly lang: string;
  readonly words: readonly string[];
}

/** Lines such as `visit.noun ar: زيارة زيارات`. */
function linesOf(file: string): Line[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [head = '', words = ''] = line.split(': ');
      const [concept = '', lang = ''] = head.split(' ');
      return { concept, lang, words: words.trim().split(/\s+/) };
    });
}

const FORMS = linesOf('./forms.txt');
const TRAPS = linesOf('./traps.txt');

/** A classifier with one rule for each concept that fires on any of its words. */
async function conceptFinder() {
  const concepts = [...new Set([...FORMS, ...TRAPS].map(({ concept }) => concept))];
  const rules = concepts.map((concept) => {
    const match = `{ all: [{ near: ['${concept}'] }] }`;
    return `  - { id: ${concept.replace('.', '-')}, version: 1, title: { en: x }, severity: low, match: ${match} }`;
  });
  const shipped = await shippedSourcesIn(new URL('../../watchlist/', import.meta.url));
  const lexicon = shipped.filter(({ name }) => !/rules/.test(name));
  const own = { name: 'concepts.yaml', text: `include: [default]\nrules:\n${rules.join('\n')}\n` };
  const compiled = compileWatchlist([...lexicon, own], { tests: false });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems.slice(0, 3)));
  const classify = createClassifier(openWatchlist(compiled.artifact));
  return ({ concept, lang }: Line, word: string) =>
    classify({ title: '', body: `${word}.`, lang }).labels.includes(concept.replace('.', '-'));
}

const count = (lines: readonly Line[]) => lines.reduce((sum, { words }) => sum + words.length, 0);

describe('the lexicon', () => {
  let finds: Awaited<ReturnType<typeof conceptFinder>>;
  beforeAll(async () => {
    finds = await conceptFinder();
  });

  test('has a table of at least 200 forms and 150 traps', () => {
    expect(count(FORMS)).toBeGreaterThanOrEqual(200);
    expect(count(TRAPS)).toBeGreaterThanOrEqual(150);
  });

  test('knows its words with clitics and endings, 98 of 100', () => {
    const missed = FORMS.flatMap((line) =>
      line.words.filter((word) => !finds(line, word)).map((word) => `${line.concept} ${word}`),
    );
    expect(missed.slice(0, Math.floor(count(FORMS) * 0.02) + 1)).toEqual(missed);
    expect(missed.length).toBeLessThanOrEqual(count(FORMS) * 0.02);
  });

  test.each(TRAPS)('takes none of the traps of $concept ($lang) for its words', (line) => {
    expect(line.words.filter((word) => finds(line, word))).toEqual([]);
  });
});
