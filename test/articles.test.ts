import { readdirSync, readFileSync } from 'node:fs';
import { createClassifier } from '../shared/classify/classify.ts';
import { mainEvent } from '../shared/main-event.ts';
import { shippedSourcesIn } from '../shared/node/watchlist-sources.ts';
import { openWatchlist } from '../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../shared/watchlist/compile.ts';
import { readOne } from './parse/files.ts';

const ARTICLES = new URL('./articles/', import.meta.url);
/** What a newcomer is shown at `npm start`: the two topics that alert. */
const TOPICS = ['visit', 'weapons-request'];

let classify: ReturnType<typeof createClassifier>;
beforeAll(async () => {
  const compiled = compileWatchlist(
    await shippedSourcesIn(new URL('../watchlist/', import.meta.url)),
    { tests: false },
  );
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  classify = createClassifier(openWatchlist(compiled.artifact));
});

test.each(readdirSync(ARTICLES))(
  'the sample %s is read and understood as a person would',
  async (slug) => {
    const folder = new URL(`${slug}/`, ARTICLES);
    const source = readdirSync(folder).find((name) => name.startsWith('source.')) ?? '';
    const article = await readOne(source, readFileSync(new URL(source, folder)));
    const { events } = classify(article);
    const statuses = TOPICS.flatMap((topic) => {
      const event = mainEvent(events, topic);
      return event === null ? [] : [[topic, event.status]];
    });
    expect({
      title: article.title,
      lang: article.lang,
      published: article.published?.value ?? null,
      statuses: Object.fromEntries(statuses),
    }).toEqual(JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')));
  },
);
