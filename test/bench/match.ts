import { AhoCorasick } from '@monyone/aho-corasick/fast';
import ModernAhoCorasick from 'modern-ahocorasick';
import { type Classifier, createClassifier } from '../../shared/classify/classify.ts';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { makeArticles } from './articles.ts';
import { matchCorpus } from './match-corpus.ts';
import { medians, table } from './rounds.ts';

const ARTICLES = 100;
const ROUNDS = 9;
/** Rules for which the other engines are built too; a regular expression over more takes minutes to build. */
const COMPARED = [1_000, 10_000];
const SIZES = [10, 1_000, 10_000, 100_000];

/** What people write to match Arabic without a watchlist language: normalise by hand ... */
const chain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\u064B-\u065F\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ئ/g, 'ي')
    .toLowerCase();

/** ... and allow the clitics in the expression. */
const PREFIX = '(?:[وف]?(?:[بكل]?ال|لل|[بكلس])?)?';
const SUFFIX = '(?:ها|هم|هن|هما|نا|كم|ه|ك|ي|ا|ات|ان|ين|ون|وا|ة|ت|ته|تها|تهم|تان|تين)?';

const flat = (text: string) => Buffer.from(text).toString();

function compileRules(yaml: string): Uint8Array {
  const compiled = compileWatchlist([{ name: 'bench.yaml', text: yaml }]);
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
  return compiled.artifact;
}

/** A stream in which every article is new; the classifier has met others before, as in a running process. */
function stream(artifact: Uint8Array, article: () => string): () => void {
  const classify = createClassifier(openWatchlist(artifact));
  const fresh = Array.from({ length: ROUNDS + 2 }, () =>
    Array.from({ length: ARTICLES }, () => flat(article())),
  );
  let round = 0;
  return () => run(classify, fresh[round++] ?? []);
}

function run(classify: Classifier, texts: readonly string[]): number {
  let events = 0;
  for (const body of texts) events += classify({ title: '', body, lang: 'ar' }).events.length;
  return events;
}

/** What matching costs beside reading the text at all, and beside what else there is; CPU µs an article of 5 KB. */
export async function benchMatch(): Promise<{ name: string; rows: string[][]; text: string }> {
  const corpus = matchCorpus(20261122);
  const texts = Array.from({ length: ARTICLES }, () => flat(corpus.article()));
  const bytes = texts.map((text) => Buffer.from(text));
  const candidates: Record<string, () => unknown> = {
    scan: () => {
      let sum = 0;
      for (const text of texts) for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
      return sum;
    },
    decode: () => bytes.map((all) => new TextDecoder().decode(all).length),
    chain: () => texts.map((text) => chain(text).length),
  };
  for (const size of SIZES) {
    const artifact = compileRules(corpus.rules(size));
    const warm = createClassifier(openWatchlist(artifact));
    candidates[`warm ${size}`] = () => run(warm, texts);
    candidates[`unseen ${size}`] = stream(artifact, corpus.article);
    if (COMPARED.includes(size)) Object.assign(candidates, others(corpus.terms(size), texts, size));
  }
  Object.assign(candidates, await shipped());
  const measured = await medians(candidates, { rounds: ROUNDS, work: ARTICLES });
  const at = (name: string) => measured[name] ?? Number.NaN;
  const rows = Object.keys(candidates).map((name) => {
    const size = name.split(' ')[1] ?? '';
    const base = name.startsWith('shipped') ? at('shipped scan') : at('scan');
    const ours = COMPARED.includes(Number(size))
      ? (at(name) / at(`unseen ${size}`)).toFixed(1)
      : '';
    return [name, at(name).toFixed(1), (at(name) / base).toFixed(1), ours];
  });
  rows.push([
    'unseen 10000 / unseen 10',
    '',
    (at('unseen 10000') / at('unseen 10')).toFixed(2),
    '',
  ]);
  const head = ['one article of 5 KB', 'CPU µs', '/ bare scan', '/ ours, unseen'];
  return { name: 'match', rows, text: table(head, rows) };
}

/** The other engines over the same words: they find strings, and know no sentence, clitic or event. */
function others(terms: readonly string[], texts: readonly string[], size: number) {
  const words = [...new Set(terms.map(chain))];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(
    `(?<![\\p{L}\\p{N}])${PREFIX}(?:${escaped.join('|')})${SUFFIX}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const monyone = new AhoCorasick(words);
  const modern = new ModernAhoCorasick(words);
  return {
    [`regex ${size}`]: () => texts.map((text) => [...chain(text).matchAll(regex)].length),
    [`@monyone/aho-corasick ${size}`]: () =>
      texts.map((text) => monyone.matchInText(chain(text)).length),
    [`modern-ahocorasick ${size}`]: () => texts.map((text) => modern.search(chain(text)).length),
  };
}

/** The shipped watchlist on made articles: slots, parties and status included. */
async function shipped(): Promise<Record<string, () => unknown>> {
  const sources = await shippedSourcesIn(new URL('../../watchlist/', import.meta.url));
  const compiled = compileWatchlist(sources, { tests: false });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
  const classify = createClassifier(openWatchlist(compiled.artifact));
  const rounds = Array.from({ length: ROUNDS + 2 }, (_, seed) =>
    makeArticles(ARTICLES, { seed: seed + 1 }).map(({ title, body }) =>
      flat(`${title}\n\n${body}`),
    ),
  );
  let round = 0;
  return {
    'shipped scan': () => {
      let sum = 0;
      for (const text of rounds[0] ?? []) {
        for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
      }
      return sum;
    },
    'shipped, unseen': () => run(classify, rounds[round++] ?? []),
  };
}
