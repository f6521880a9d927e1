import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from '../../infra/build.ts';
import { COMPARED } from './match-measure.ts';
import { type Medians, table } from './rounds.ts';

const run = promisify(execFile);
const WATCHLIST = fileURLToPath(new URL('../../watchlist/', import.meta.url));

/** What matching costs beside reading the text at all, and beside what else there is; CPU µs an article of 5 KB. */
export async function benchMatch(): Promise<{ name: string; rows: string[][]; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-match-'));
  try {
    const out = join(folder, 'bundles', 'match');
    await bundle({ child: 'test/bench/match-child.js' }, out);
    const measure = async (...args: string[]): Promise<Medians> => {
      const { stdout } = await run(process.execPath, [join(out, 'child.mjs'), ...args]);
      return JSON.parse(stdout);
    };
    const rows = rowsOf({ ...(await measure()), ...(await measure(WATCHLIST)) });
    const head = ['one article of 5 KB', 'CPU µs', '/ bare scan', '/ ours, unseen'];
    return { name: 'match', rows, text: table(head, rows) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function rowsOf(measured: Medians): string[][] {
  const at = (name: string) => measured[name] ?? Number.NaN;
  const rows = Object.keys(measured).map((name) => {
    const size = Number(name.split(' ')[1]);
    const base = name.startsWith('shipped') ? at('shipped scan') : at('scan');
    const ours = COMPARED.includes(size) ? (at(name) / at(`unseen ${size}`)).toFixed(1) : '';
    return [name, at(name).toFixed(1), (at(name) / base).toFixed(1), ours];
  });
  const growth = (at('unseen 10000') / at('unseen 10')).toFixed(2);
  return [...rows, ['unseen 10000 / unseen 10', '', growth, '']];
}
