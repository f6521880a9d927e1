/** A JSON value, as far as a filter looks into it. */
type Json = unknown;
type Rule = string | number | boolean | null | Readonly<Record<string, Json>>;

/**
 * Whether an event matches an EventBridge pattern, with the operators that Lambda's filter criteria and SNS's filter
 * policies have. An array in the event matches if one of its elements does; `anything-but` needs all of them to.
 */
export function matches(event: Json, pattern: Json): boolean {
  if (Array.isArray(event)) return event.some((element) => matches(element, pattern));
  return Object.entries(pattern as Record<string, Json>).every(([name, wanted]) => {
    if (name === '$or') return (wanted as Json[]).some((one) => matches(event, one));
    const isPresent = isObject(event) && name in event;
    const value = isPresent ? event[name] : undefined;
    if (!Array.isArray(wanted)) return matches(isPresent ? value : {}, wanted);
    return wanted.some((rule) => isMatch(value, isPresent, rule as Rule));
  });
}

/** Throws an error that names the first thing in a pattern that no service would accept. */
export function checkPattern(pattern: Json): void {
  if (!isObject(pattern)) throw new Error('a filter must be a JSON object');
  for (const [name, wanted] of Object.entries(pattern)) {
    if (!Array.isArray(wanted)) checkPattern(wanted);
    else if (name === '$or') wanted.forEach(checkPattern);
    else if (wanted.length === 0) throw new Error(`the filter on "${name}" has no values`);
    else wanted.forEach(checkRule);
  }
}

function checkRule(rule: Json): void {
  if (!isObject(rule)) return;
  const [operator, ...more] = Object.keys(rule);
  if (operator === undefined || more.length > 0 || !(operator in OPERATORS)) {
    throw new Error(`unrecognized match type ${Object.keys(rule).join(', ')}`);
  }
}

function isMatch(value: Json, isPresent: boolean, rule: Rule): boolean {
  if (isObject(rule) && 'exists' in rule) return isPresent === rule['exists'];
  if (!isPresent) return false;
  const values = Array.isArray(value) ? value : [value];
  if (isObject(rule) && 'anything-but' in rule) return values.every((one) => accepts(rule, one));
  if (Array.isArray(value) && value.length === 0) return false;
  return values.some((one) => accepts(rule, one));
}

function accepts(rule: Rule, value: Json): boolean {
  if (!isObject(rule)) return value === rule;
  const [[operator, operand] = ['', null]] = Object.entries(rule);
  const test = OPERATORS[operator];
  if (test === undefined) throw new Error(`unrecognized match type ${operator}`);
  return test(value, operand);
}

const OPERATORS: Readonly<Record<string, (value: Json, operand: Json) => boolean>> = {
  exists: (_, wanted) => wanted === true,
  prefix: (value, start) =>
    isObject(start)
      ? isText(value) && fold(value).startsWith(fold(String(start['equals-ignore-case'])))
      : isText(value) && value.startsWith(String(start)),
  suffix: (value, end) =>
    isObject(end)
      ? isText(value) && fold(value).endsWith(fold(String(end['equals-ignore-case'])))
      : isText(value) && value.endsWith(String(end)),
  'equals-ignore-case': (value, other) => isText(value) && fold(value) === fold(String(other)),
  wildcard: (value, glob) => isText(value) && wildcard(String(glob)).test(value),
  cidr: (value, block) => isText(value) && isInBlock(value, String(block)),
  numeric: (value, conditions) =>
    typeof value === 'number' && isInRange(value, conditions as Json[]),
  'anything-but': (value, refused) => {
    if (Array.isArray(refused)) return !refused.some((one) => accepts(one as Rule, value));
    if (!isObject(refused)) return value !== refused;
    return Object.entries(refused).every(([operator, operand]) =>
      (Array.isArray(operand) ? operand : [operand]).every(
        (one) => !accepts({ [operator]: one as Json }, value),
      ),
    );
  },
};

/** `[">=", 1, "<", 5]` */
function isInRange(value: number, conditions: readonly Json[]): boolean {
  for (let at = 0; at < conditions.length; at += 2) {
    const bound = Number(conditions[at + 1]);
    const holds = { '=': value === bound, '<': value < bound, '<=': value <= bound };
    const more = { '>': value > bound, '>=': value >= bound };
    if (!{ ...holds, ...more }[String(conditions[at])]) return false;
  }
  return true;
}

/** `10.0.0.0/24`, IPv4 only. */
function isInBlock(address: string, block: string): boolean {
  const [base = '', bits = '32'] = block.split('/');
  const mask = Number(bits) === 0 ? 0 : (-1 << (32 - Number(bits))) >>> 0;
  const number = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return (
    /^(\d{1,3}\.){3}\d{1,3}$/.test(address) &&
    (number(address) & mask) >>> 0 === (number(base) & mask) >>> 0
  );
}

/** `news/*` as a regular expression; a backslash takes the star literally. */
function wildcard(glob: string): RegExp {
  const parts = glob.match(/\\.|[\s\S]/g) ?? [];
  const literal = (part: string) => part.replace(/^\\/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(
    `^${parts.map((part) => (part === '*' ? '.*' : literal(part))).join('')}$`,
    's',
  );
}

function fold(text: string): string {
  return text.toLowerCase();
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
