/**
 * `npm run bench`: what reading, matching and starting cost, each beside what one could do instead, as tables in Markdown
 * and as JSON. Not a test: nothing here fails for being slow.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchColdStart } from './cold-start.ts';
import { benchDrop } from './drop.ts';
import { benchMatch } from './match.ts';
import { benchMemory } from './memory.ts';
import { benchParse } from './parse.ts';
import { benchThroughput } from './throughput.ts';

const HELP = `npm run bench -- [PART...] [--end-to-end] [--out DIR]

  parts: match, parse, cold-start (all of them unless told), memory, throughput, drop
  --end-to-end   memory and throughput: the whole stack on this machine
  drop           files from the console's page to their alerts; wants a Chromium
  --out DIR      where bench.json comes to lie (default: dist)
`;

const PARTS = {
  match: benchMatch,
  parse: benchParse,
  'cold-start': benchColdStart,
  memory: benchMemory,
  throughput: benchThroughput,
  drop: benchDrop,
};
type Part = keyof typeof PARTS;
const USUAL: readonly Part[] = ['match', 'parse', 'cold-start'];
const END_TO_END: readonly Part[] = ['memory', 'throughput'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    'end-to-end': { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist' },
  },
});
const isPart = (name: string): name is Part => name in PARTS;
const unknown = positionals.filter((name) => !isPart(name));
if (values.help || unknown.length > 0) {
  process.stderr.write(HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}
const usual = values['end-to-end'] ? END_TO_END : USUAL;
const wanted = positionals.length > 0 ? positionals.filter(isPart) : usual;

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
const date = new Date().toISOString().slice(0, 10);
process.stdout.write(`${date}, ${machine}\n`);
const results: Record<string, readonly (readonly string[])[]> = {};
for (const part of wanted) {
  const { rows, text } = await PARTS[part]();
  results[part] = rows;
  process.stdout.write(`\n## ${part}\n\n${text}\n`);
}
await mkdir(values.out, { recursive: true });
const json = JSON.stringify({ date, machine, results }, null, 2);
await writeFile(join(values.out, 'bench.json'), `${json}\n`);
