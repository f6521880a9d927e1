import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom/worker';
import { parse } from '../../shared/parse/parse.ts';
import { makeArticles } from './articles.ts';
import { pageOf } from './pages.ts';
import { type Candidates, type Medians, medians } from './rounds.ts';

const ARTICLES = 60;
/** Twenty-five rounds until the compiler of the machine has settled: a function that stays warm reads many thousands. */
const WARM = { warmUp: 25, rounds: 15 };
/** What a function reads soon after its start: from its 61st article to its 600th. */
const EARLY = { warmUp: 1, rounds: 9 };

/** What is measured in a process of its own. */
export const MEASURED = ['text', 'early', 'page'] as const;
export type Measured = (typeof MEASURED)[number];

/** Medians of CPU µs an article: read by us, decoded, and of a page extracted. No article is read twice. */
export function measureParse(what: Measured): Promise<Medians> {
  const lengths = what === 'early' ? EARLY : WARM;
  const all = makeArticles(ARTICLES * (lengths.rounds + lengths.warmUp), { seed: 7 });
  const files = all.map((article) =>
    Buffer.from(what === 'page' ? pageOf(article) : `${article.title}\n\n${article.body}\n`),
  );
  const key = what === 'page' ? 'a.html' : 'a.txt';
  const each = (use: (bytes: Uint8Array) => unknown) => ({
    work: ARTICLES,
    run: async (round: number) => {
      for (const bytes of files.slice(round * ARTICLES, (round + 1) * ARTICLES)) {
        const used = use(bytes);
        if (used instanceof Promise) await used;
      }
    },
  });
  const candidates: Candidates = {
    [`${what}, decoded`]: each((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
    [`${what}, read`]: each(async (bytes) => {
      for await (const _ of parse({ key, bytes, metadata: {}, contentType: null }));
    }),
  };
  if (what === 'page')
    candidates['page, extracted'] = each((bytes) =>
      new Readability(parseHTML(bytes.toString()).document as never).parse(),
    );
  return medians(candidates, lengths);
}
