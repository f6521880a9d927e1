import { measureBundled } from './bundled.ts';
import { MEASURED, type Measured } from './parse-measure.ts';
import { table } from './rounds.ts';

const NAMES: Readonly<Record<Measured, string>> = {
  text: 'text',
  early: 'text, soon after the start',
  page: 'HTML page',
};

/** What reading costs beside decoding the same bytes, and beside the extractor alone; CPU µs an article. */
export async function benchParse(): Promise<{ name: string; rows: string[][]; text: string }> {
  const runs = MEASURED.map((what) => [what]);
  const measured = await measureBundled('parse-child.js', runs);
  const rows = MEASURED.map((what) => {
    const read = measured[`${what}, read`] ?? Number.NaN;
    const decoded = measured[`${what}, decoded`] ?? Number.NaN;
    const extracted = measured[`${what}, extracted`];
    const times = extracted === undefined ? '' : (read / extracted).toFixed(1);
    return [NAMES[what], read.toFixed(0), (read / decoded).toFixed(1), times];
  });
  const head = ['reading one article', 'CPU µs', '/ TextDecoder', '/ extractor alone'];
  return { name: 'parse', rows, text: table(head, rows) };
}
