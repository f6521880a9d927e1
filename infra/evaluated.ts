import { isDeepStrictEqual } from 'node:util';
import type { Plugin } from 'esbuild';
import * as endingTables from '../shared/classify/ending-tables.ts';
import * as dateNames from '../shared/parse/date-names.ts';
import * as phrases from '../shared/parse/phrases.ts';
// Each makes a table of characters.
import '../shared/identity.ts';
import '../shared/parse/language.ts';
import '../shared/parse/lines.ts';
import '../shared/parse/oddities.ts';
import '../shared/text/order.ts';
import { knownCharacters } from '../shared/text/character-register.ts';
import * as foldedBlocks from '../shared/text/folded-blocks.ts';

/** Modules that only work something out, always the same, by their paths. */
const MODULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'shared/classify/ending-tables.ts': endingTables,
  'shared/parse/date-names.ts': dateNames,
  'shared/parse/phrases.ts': phrases,
  'shared/text/folded-blocks.ts': foldedBlocks,
  'shared/text/known-characters.ts': { KNOWN: knownCharacters() },
};

/** Puts what some modules work out into the bundle in place of how they do it, so that a cold start need not. */
export const evaluated: Plugin = {
  name: 'evaluated',
  setup(build) {
    for (const [path, exports] of Object.entries(MODULES)) {
      const filter = new RegExp(`/${path.replaceAll('.', '\\.')}$`);
      const contents = Object.entries(exports).map(([name, value]) => constant(path, name, value));
      build.onLoad({ filter }, () => ({ contents: contents.join('\n') }));
    }
  },
};

/** @throws Error for what is more than data: a function or a pattern would be lost on the way. */
function constant(path: string, name: string, value: unknown): string {
  const json = JSON.stringify(value);
  if (!isDeepStrictEqual(JSON.parse(json), value))
    throw new Error(`${name} in ${path} is not plain data: take it out of the evaluated modules`);
  // A long literal takes an engine three times as long to read as JSON.
  const isLong = json.length > 100;
  return `export const ${name} = ${isLong ? `JSON.parse(${JSON.stringify(json)})` : json};`;
}
