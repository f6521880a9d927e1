/**
 * `node --import tsx test/prove/fuzz.ts [COUNT]`: COUNT (100,000) mutated files through readers in two worker threads, each
 * with a limit of memory and a deadline a file. Ends non-zero at a hang, a crash or a reading that is not well-formed.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { readAll } from '../parse/files.ts';
import { mutant } from '../parse/mutants.ts';
import { flawOf } from '../parse/well-formed.ts';

/** A file of some hundred bytes takes milliseconds; the machine may be busy. */
const DEADLINE_MS = 20_000;
const WORKERS = 2;
const HEAP_MB = 512;

interface Answer {
  readonly seed: number;
  readonly flaw: string | null;
  readonly articles: number;
  readonly ms: number;
}

async function answer(seed: number): Promise<Answer> {
  const { key, bytes } = mutant(seed);
  const start = performance.now();
  const readings = await readAll(key, bytes);
  const flaw = readings.map(flawOf).find((found) => found !== null) ?? null;
  const articles = readings.filter(({ kind }) => kind === 'article').length;
  return { seed, flaw, articles, ms: performance.now() - start };
}

interface Tally {
  files: number;
  articles: number;
  slowestMs: number;
  slowestSeed: number;
  rssMb: number;
}

function prove(from: number, count: number, tally: Tally): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  return new Promise((resolve, reject) => {
    let seed = from;
    let deadline: NodeJS.Timeout;
    const ask = (): void => {
      deadline = setTimeout(() => {
        reject(new Error(`input ${seed} hangs`));
      }, DEADLINE_MS);
      worker.postMessage(seed);
    };
    worker.on('error', (error) =>
      reject(new Error(`input ${seed} crashes the reader`, { cause: error })),
    );
    worker.on('message', ({ flaw, articles, ms }: Answer) => {
      clearTimeout(deadline);
      if (flaw !== null) {
        reject(new Error(`input ${seed} gives ${flaw}`));
        return;
      }
      tally.files++;
      tally.articles += articles;
      if (ms > tally.slowestMs) Object.assign(tally, { slowestMs: ms, slowestSeed: seed });
      if (tally.files % 1_000 === 0)
        tally.rssMb = Math.max(tally.rssMb, process.memoryUsage.rss() / 1024 / 1024);
      seed += WORKERS;
      if (seed < count) ask();
      else void worker.terminate().then(() => resolve());
    });
    ask();
  });
}

async function main(count: number): Promise<void> {
  const tally: Tally = { files: 0, articles: 0, slowestMs: 0, slowestSeed: 0, rssMb: 0 };
  const start = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, (_, i) => prove(i + 1, count + 1, tally)));
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(
    `${tally.files} mutated files in ${seconds} s: no hang, no crash, ${tally.articles} articles; slowest ${Math.round(tally.slowestMs)} ms (input ${tally.slowestSeed}), at most ${Math.round(tally.rssMb)} MB\n`,
  );
}

if (isMainThread) {
  main(Number(process.argv[2] ?? 100_000)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
} else {
  parentPort?.on('message', (seed: number) => {
    void answer(seed).then((found) => parentPort?.postMessage(found));
  });
}
