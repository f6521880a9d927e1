/** A JSON Schema, as far as it is looked at here. */
export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface Suggestion {
  readonly label: string;
  /** A key of a map, rather than a value. */
  readonly isKey: boolean;
}

/** What the schema allows where the cursor stands: keys at the start of an entry, values behind a key. */
export function completionsAt(text: string, at: number, schema: Schema): readonly Suggestion[] {
  const path = pathAt(text.slice(0, at));
  const places = path.keys.reduce<readonly Schema[]>(
    (schemas, key) => schemas.flatMap((one) => childrenOf(one, key, schema)),
    unfold(schema, schema),
  );
  const suggestions = places.flatMap((one) => (path.isValue ? valuesOf(one, schema) : keysOf(one)));
  return [...new Map(suggestions.map((one) => [one.label, one])).values()];
}

/** `-` stands for an item of a list. */
interface YamlPath {
  readonly keys: readonly string[];
  readonly isValue: boolean;
}

/** Where the end of a text stands in its YAML, by indentation and by open braces of its last line. */
export function pathAt(before: string): YamlPath {
  const lines = before.split('\n');
  const last = lines.pop() ?? '';
  const keys: string[] = [];
  let depth = indentOf(last);
  for (const line of lines.toReversed()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const opener = openerOf(line);
    if (opener === null || opener.indent >= depth) continue;
    if (opener.key !== null) keys.unshift(opener.key);
    if (opener.isItem) {
      keys.unshift('-');
      depth = opener.dash;
    } else depth = opener.indent;
  }
  return withinLine(last, keys);
}

/** Spaces before the content; a dash counts as the place where its item's keys stand. */
function indentOf(line: string): number {
  const [dashes = ''] = /^\s*(?:-\s+)*/.exec(line) ?? [];
  return dashes.length;
}

function openerOf(line: string) {
  const match = /^(\s*)((?:-\s+)*)(?:([\w.-]+):)?\s*(.*)$/.exec(line);
  if (match === null) return null;
  const [, spaces = '', dashes = '', key = null, rest = ''] = match;
  const isOpen = key !== null && (rest === '' || rest.startsWith('#'));
  if (!isOpen && dashes === '') return null;
  return {
    indent: isOpen ? spaces.length + dashes.length : spaces.length,
    dash: spaces.length,
    isItem: dashes !== '',
    key: isOpen ? key : null,
  };
}

/** What the last line itself opens: `- { expect: { sta`, `status: [pla`. */
function withinLine(line: string, outer: readonly string[]): YamlPath {
  const keys = [...outer];
  if (/^\s*-\s/.test(line)) keys.push('-');
  const content = line.replace(/^\s*(?:-\s+)*/, '');
  const open: { readonly kind: '{' | '['; readonly height: number }[] = [];
  let key: string | null = null;
  for (const [token] of content.matchAll(/"[^"]*"|'[^']*'|[\w.-]+\s*:(?=\s|$)|[[\]{},]/g)) {
    if (token.endsWith(':')) key = token.slice(0, -1).trim();
    else if (token === '{' || token === '[') {
      open.push({ kind: token, height: keys.length });
      if (key !== null) keys.push(key);
      if (token === '[') keys.push('-');
      key = null;
    } else if (token === '}' || token === ']') {
      keys.length = open.pop()?.height ?? keys.length;
      key = null;
    } else if (token === ',') key = null;
  }
  if (key !== null) return { keys: [...keys, key], isValue: true };
  return { keys, isValue: open.at(-1)?.kind === '[' };
}

function unfold(schema: Schema, root: Schema): readonly Schema[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    const found = root.$defs?.[name];
    return found === undefined ? [] : unfold(found, root);
  }
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => unfold(one, root));
  return [schema];
}

function childrenOf(schema: Schema, key: string, root: Schema): readonly Schema[] {
  if (key === '-') return schema.items === undefined ? [] : unfold(schema.items, root);
  const known = schema.properties?.[key];
  if (known !== undefined) return unfold(known, root);
  const { additionalProperties: other } = schema;
  return typeof other === 'object' ? unfold(other, root) : [];
}

function keysOf({ properties = {} }: Schema): readonly Suggestion[] {
  return Object.keys(properties).map((label) => ({ label, isKey: true }));
}

function valuesOf(schema: Schema, root: Schema): readonly Suggestion[] {
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  const booleans = schema.type === 'boolean' ? [true, false] : [];
  const items = schema.items === undefined ? [] : unfold(schema.items, root);
  return [
    ...[...values, ...booleans].map((value) => ({ label: String(value), isKey: false })),
    ...items.flatMap((one) => valuesOf(one, root)),
  ];
}
