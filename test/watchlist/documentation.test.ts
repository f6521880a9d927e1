import { readFile } from 'node:fs/promises';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { formatProblem } from '../../shared/watchlist/problem.ts';

const page = await readFile(new URL('../../docs/watchlist.md', import.meta.url), 'utf8');
const shipped = await shippedSourcesIn(new URL('../../watchlist/', import.meta.url));

/** The examples that somebody may paste; the others are outlines of what ships. */
const EXAMPLES = [...page.matchAll(/```yaml\n((?:lexicon|actors|rules|status):\n[\s\S]*?)```/g)];

test('the page has examples of words, actors, rules and statuses', () => {
  expect(EXAMPLES.map(([, text]) => text?.split(':')[0])).toEqual([
    'lexicon',
    'actors',
    'rules',
    'status',
  ]);
});

test.each(EXAMPLES.map(([, text = '']) => [text.split(':')[0], text]))(
  'the example of %s stands on the shipped watchlist',
  (section, text) => {
    const own = { name: 'own.yaml', text: `include: [default]\n${text}` };
    const compiled = compileWatchlist([...shipped, own], { tests: section === 'rules' });
    const problems = compiled.kind === 'compiled' ? [] : compiled.problems.map(formatProblem);
    expect(problems).toEqual([]);
  },
);
