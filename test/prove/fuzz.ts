/**
 * `node --import tsx test/prove/fuzz.ts [COUNT]`: COUNT (100,000) mutated files through readers in two processes, each
 * with a limit of memory and a deadline a file. Ends non-zero at a hang, a crash or a reading that is not well-formed.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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
  readonly rssMb: number;
}

async function answer(seed: number): Promise<Answer> {
  const { key, bytes } = mutant(seed);
  const start = performance.now();
  const readings = await readAll(key, bytes);
  const flaw = readings.map(flawOf).find((found) => found !== null) ?? null;
  const articles = readings.filter(({ kind }) => kind === 'article').length;
  const rssMb = process.memoryUsage.rss() / 1024 / 1024;
  return { seed, flaw, articles, ms: performance.now() - start, rssMb };
}

interface Tally {
  files: number;
  articles: number;
  slowestMs: number;
  slowestSeed: number;
  rssMb: number;
}

function prove(from: number, count: number, tally: Tally): Promise<void> {
  const worker = fork(fileURLToPath(import.meta.url), ['child'], {
    execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
  });
  return new Promise((resolve, reject) => {
    let seed = from;
    let deadline: NodeJS.Timeout;
    const ask = (): void => {
      deadline = setTimeout(() => {
        worker.kill('SIGKILL');
        reject(new Error(`input ${seed} hangs`));
      }, DEADLINE_MS);
      worker.send(seed);
    };
    worker.on('exit', () => reject(new Error(`input ${seed} crashes the reader`)));
    worker.on('message', (answer) => {
      const { flaw, articles, ms, rssMb } = answer as Answer;
      clearTimeout(deadline);
      if (flaw !== null) {
        reject(new Error(`input ${seed} gives ${flaw}`));
        return;
      }
      tally.files++;
      tally.articles += articles;
      if (ms > tally.slowestMs) Object.assign(tally, { slowestMs: ms, slowestSeed: seed });
      tally.rssMb = Math.max(tally.rssMb, rssMb);
      seed += WORKERS;
      if (seed < count) ask();
      else {
        worker.disconnect();
        resolve();
      }
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

if (process.argv[2] === 'child') {
  process.on('message', (seed: number) => {
    void answer(seed).then((found) => process.send?.(found));
  });
} else {
  main(Number(process.argv[2] ?? 100_000)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
