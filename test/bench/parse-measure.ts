import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom/worker';
import { parse } from '../../shared/parse/parse.ts';
import { makeArticles } from './articles.ts';
import { pageOf } from './pages.ts';
import { type Candidates, type Medians, medians } from './rounds.ts';

const ARTICLES = 60;
const ROUNDS = 15;
/** Rounds until the compiler of the machine has settled: 1,500 articles; a function that stays warm reads many thousands. */
const WARM_UP = 25;

/** Medians of CPU µs an article, by candidate: none is read twice. */
export function measureParse(): Promise<Medians> {
  const all = makeArticles(ARTICLES * (ROUNDS + WARM_UP), { seed: 7 });
  const texts = all.map(({ title, body }) => Buffer.from(`${title}\n\n${body}\n`));
  const pages = all.map((article) => Buffer.from(pageOf(article)));
  const ofRound = <One>(list: readonly One[], round: number) =>
    list.slice(round * ARTICLES, (round + 1) * ARTICLES);
  const decode = (list: readonly Uint8Array[]) => (round: number) => {
    for (const bytes of ofRound(list, round))
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  };
  const read = (list: readonly Uint8Array[], key: string) => async (round: number) => {
    for (const bytes of ofRound(list, round))
      for await (const _ of parse({ key, bytes, metadata: {}, contentType: null }));
  };
  const runs = {
    'decode text': decode(texts),
    'read text': read(texts, 'a.txt'),
    'decode page': decode(pages),
    'extract page': (round: number) => {
      for (const bytes of ofRound(pages, round))
        new Readability(parseHTML(bytes.toString()).document as never).parse();
    },
    'read page': read(pages, 'a.html'),
  };
  const candidates: Candidates = Object.fromEntries(
    Object.entries(runs).map(([name, run]) => [name, { run, work: ARTICLES }]),
  );
  return medians(candidates, { rounds: ROUNDS, warmUp: WARM_UP });
}
