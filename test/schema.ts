import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const SCHEMA = JSON.parse(
  readFileSync(new URL('../docs/alert.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  SCHEMA,
);

/** What the published schema has against a message; empty when it is valid. */
export function schemaProblems(json: string): string[] {
  const message: unknown = JSON.parse(json);
  if (validate(message)) return [];
  return (validate.errors ?? []).map(({ instancePath, message: why }) => `${instancePath} ${why}`);
}
