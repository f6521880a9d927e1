import { measureBundled } from './bundled.ts';
import { table } from './rounds.ts';

/** What reading costs beside decoding the same bytes, and beside the extractor alone; CPU µs an article. */
export async function benchParse(): Promise<{ name: string; rows: string[][]; text: string }> {
  const measured = await measureBundled('parse-child.js');
  const at = (name: string) => measured[name] ?? Number.NaN;
  const row = (what: string, kind: string, extractor: string) => [
    what,
    at(`read ${kind}`).toFixed(0),
    (at(`read ${kind}`) / at(`decode ${kind}`)).toFixed(1),
    extractor,
  ];
  const rows = [
    row('text', 'text', ''),
    row('HTML page', 'page', (at('read page') / at('extract page')).toFixed(1)),
  ];
  return {
    name: 'parse',
    rows,
    text: table(['reading one article', 'CPU µs', '/ TextDecoder', '/ extractor alone'], rows),
  };
}
