import { fileURLToPath } from 'node:url';
import { measureBundled } from './bundled.ts';
import { COMPARED } from './match-measure.ts';
import { type Medians, table } from './rounds.ts';

const WATCHLIST = fileURLToPath(new URL('../../watchlist/', import.meta.url));

/** What matching costs beside reading the text at all, and beside what else there is; CPU µs an article of 5 KB. */
export async function benchMatch(): Promise<{ name: string; rows: string[][]; text: string }> {
  const rows = rowsOf(await measureBundled('match-child.js', [[], [WATCHLIST]]));
  const head = ['one article of 5 KB', 'CPU µs', '/ bare scan', '/ ours, unseen'];
  return { name: 'match', rows, text: table(head, rows) };
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
