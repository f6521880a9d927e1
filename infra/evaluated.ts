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

function constant(path: string, name: string, value: unknown): string {
  try {
    return `export const ${name} = ${literal(value)};`;
  } catch (error) {
    throw new Error(`${name} in ${path}: take it out of the evaluated modules`, { cause: error });
  }
}

/** @throws Error for what is more than data: a function or a pattern would be lost on the way. */
function literal(value: unknown): string {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const copy = `new Uint8Array(Buffer.from('${bytes.toString('base64')}', 'base64'))`;
    return `new ${value.constructor.name}(${copy}.buffer)`;
  }
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (fields.some(([, field]) => ArrayBuffer.isView(field)))
    return `{ ${fields.map(([key, field]) => `${key}: ${literal(field)}`).join(', ')} }`;
  const json = JSON.stringify(value);
  if (!isDeepStrictEqual(JSON.parse(json), value)) throw new Error('this is not plain data');
  // A long literal takes an engine three times as long to read as JSON.
  return json.length > 100 ? `JSON.parse(${JSON.stringify(json)})` : json;
}
