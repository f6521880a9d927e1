import { type Classifier, createClassifier } from '../../shared/classify/classify.ts';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import type { Source } from '../../shared/watchlist/read-watchlist.ts';
import { makeArticles } from './articles.ts';
import { matchCorpus } from './match-corpus.ts';
import { finders, normalise } from './other-engines.ts';
import { type Candidates, type Medians, medians } from './rounds.ts';

const SEED = 20261122;
const ARTICLES = 100;
const ROUNDS = 15;
/** Rounds until the compiler of the machine has settled: a hundred articles a round are a few milliseconds of work. */
const WARM_UP = 25;
const SIZES = [10, 1_000, 10_000, 100_000];
/** Rules for which the other engines are built too; a regular expression over more takes minutes to build. */
export const COMPARED: readonly number[] = [1_000, 10_000];
/** An engine that needs milliseconds for an article gets fewer. */
const FEW = 5;

/** Text as a decoder makes it, not a chain of pieces. */
const flat = (text: string) => Buffer.from(text).toString();

/** Medians of CPU µs an article, by candidate: all but the default watchlist. */
export async function measureMatch(): Promise<Medians> {
  const corpus = matchCorpus(SEED);
  const rounds = Array.from({ length: ROUNDS + WARM_UP }, () =>
    Array.from({ length: ARTICLES }, () => flat(corpus.article())),
  );
  const texts = rounds[0] ?? [];
  const bytes = texts.map((text) => Buffer.from(text));
  const each = (use: (text: string) => unknown, count = ARTICLES) => ({
    work: count,
    run: (round: number) => rounds[round]?.slice(0, count).forEach(use),
  });
  const candidates: Candidates = {
    scan: { work: ARTICLES, run: () => texts.reduce((sum, text) => sum + bareScan(text), 0) },
    decode: { work: ARTICLES, run: () => bytes.map((one) => new TextDecoder().decode(one).length) },
    chain: each((text) => normalise(text).length),
  };
  for (const size of SIZES) {
    const { yaml, words } = corpus.rules(size);
    const artifact = compile([{ name: 'bench.yaml', text: yaml }]);
    const warm = reader(artifact);
    const unseen = reader(artifact);
    candidates[`warm ${size}`] = { work: ARTICLES, run: () => texts.forEach(warm) };
    candidates[`unseen ${size}`] = each(unseen);
    if (!COMPARED.includes(size)) continue;
    for (const [name, find] of Object.entries(finders(words))) {
      candidates[`${name} ${size}`] = each(find, name === 'modern-ahocorasick' ? FEW : ARTICLES);
    }
  }
  return medians(candidates, { rounds: ROUNDS, warmUp: WARM_UP });
}

function bareScan(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return sum;
}

function compile(sources: readonly Source[]): Uint8Array {
  const compiled = compileWatchlist(sources, { tests: false });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
  return compiled.artifact;
}

/** A classifier of its own for each candidate: it remembers words, and should remember only those that it was given. */
function reader(artifact: Uint8Array): (text: string) => ReturnType<Classifier> {
  const classify = createClassifier(openWatchlist(artifact));
  return (body) => classify({ title: '', body, lang: 'ar' });
}

/**
 * The default watchlist, in `folder`, on other made articles, none seen before: slots, parties and status included. A process
 * has no other watchlist then, as a function has none.
 */
export async function measureShipped(folder: string): Promise<Medians> {
  const classify = reader(compile(await shippedSourcesIn(new URL(`file://${folder}`))));
  const all = makeArticles(ARTICLES * (ROUNDS + WARM_UP), { seed: SEED });
  const rounds = Array.from({ length: ROUNDS + WARM_UP }, (_, i) =>
    all
      .slice(i * ARTICLES, (i + 1) * ARTICLES)
      .map(({ title, body }) => flat(`${title}\n\n${body}`)),
  );
  const texts = (round: number) => rounds[round] ?? [];
  const candidates: Candidates = {
    'shipped scan': {
      work: ARTICLES,
      run: (round) => texts(round).reduce((sum, text) => sum + bareScan(text), 0),
    },
    'shipped, unseen': { work: ARTICLES, run: (round) => texts(round).forEach(classify) },
  };
  return medians(candidates, { rounds: ROUNDS, warmUp: WARM_UP });
}
