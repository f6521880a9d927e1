import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom/worker';
import { parse } from '../../shared/parse/parse.ts';
import { makeArticles } from './articles.ts';
import { pageOf } from './pages.ts';
import { medians, table } from './rounds.ts';

const ARTICLES = 60;
const ROUNDS = 9;

/** What reading costs beside decoding the same bytes, and beside the extractor alone. */
export async function benchParse(): Promise<{ name: string; rows: string[][]; text: string }> {
  const articles = makeArticles(ARTICLES, { seed: 7 });
  const texts = articles.map(({ title, body }) => Buffer.from(`${title}\n\n${body}\n`));
  const pages = articles.map(pageOf);
  const pageBytes = pages.map((html) => Buffer.from(html));
  const decode = (all: readonly Uint8Array[]) => () => {
    for (const bytes of all) new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  };
  const read = (all: readonly Uint8Array[], key: string) => async () => {
    for (const bytes of all)
      for await (const _ of parse({ key, bytes, metadata: {}, contentType: null }));
  };
  const runs = Object.entries({
    'TextDecoder, text': decode(texts),
    'parse, text': read(texts, 'a.txt'),
    'TextDecoder, page': decode(pageBytes),
    'Readability + linkedom, page': () => {
      for (const html of pages) new Readability(parseHTML(html).document as never).parse();
    },
    'parse, page': read(pageBytes, 'a.html'),
  });
  const candidates = Object.fromEntries(runs.map(([name, run]) => [name, { run, work: ARTICLES }]));
  const measured = await medians(candidates, { rounds: ROUNDS });
  const ratio = (a: string, b: string) => ((measured[a] ?? 0) / (measured[b] ?? 1)).toFixed(1);
  const rows = [
    ['text', measured['parse, text'], ratio('parse, text', 'TextDecoder, text'), ''],
    [
      'HTML page',
      measured['parse, page'],
      ratio('parse, page', 'TextDecoder, page'),
      ratio('parse, page', 'Readability + linkedom, page'),
    ],
  ].map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : String(cell))));
  return {
    name: 'parse',
    rows,
    text: table(['reading one article', 'CPU µs', '/ TextDecoder', '/ extractor alone'], rows),
  };
}
