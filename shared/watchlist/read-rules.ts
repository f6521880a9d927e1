import type { Severity } from '../event.ts';
import type { Place, Report } from './problem.ts';
import { STATUSES } from './read-packs.ts';
import { readPattern } from './read-pattern.ts';
import {
  entriesOf,
  readChoice,
  readFlag,
  readList,
  readMap,
  readNumber,
  readText,
} from './reader.ts';
import type { Expectation, Pattern, RuleSource, RuleTest } from './source.ts';
import type { Tree } from './yaml-tree.ts';

/** The keys of a rule. */
export const RULE_KEYS = [
  'id',
  'topic',
  'version',
  'title',
  'severity',
  'codes',
  'confidence',
  'foreign',
  'match',
  'unless',
  'none',
  'status',
  'default_status',
  'alert_when',
  'dedupe',
  'stage',
  'tests',
] as const;

/** How bad it is. */
export const SEVERITIES = [
  'low',
  'notice',
  'high',
  'critical',
] as const satisfies readonly Severity[];

/** What may tell two alerts apart. */
export const DEDUPE_PARTS = ['topic', 'rule', 'source', 'target', 'place', 'status'] as const;

/** The table forgets who told a story after three days. */
const MAX_DEDUPE_HOURS = 72;

/** What a plain match is worth unless the rule says otherwise: surer than not, with room for a bonus. */
const DEFAULT_CONFIDENCE = 0.9;

/** Reads the `rules` section. */
export function readRules(tree: Tree, report: Report): RuleSource[] {
  return readList(tree, 'rules', report).flatMap((item) => {
    const rule = readRule(item, report);
    return rule === null ? [] : [rule];
  });
}

function readRule(tree: Tree, report: Report): RuleSource | null {
  const map = readMap(tree, RULE_KEYS, 'a rule', report);
  const id = readText(map.id, 'id', report);
  if (id === undefined || !/^[a-z0-9][a-z0-9_.-]*$/.test(id)) {
    report(
      map.id?.at ?? tree.at,
      'a rule needs an id',
      'small letters, digits and dashes: id: visit',
    );
    return null;
  }
  const match = map.match === undefined ? null : readPattern(map.match, report);
  if (map.match === undefined) report(tree.at, `rule ${id} has no match`, 'match: { any: [...] }');
  if (match === null) return null;
  return {
    id,
    at: tree.at,
    topic: readText(map.topic, 'topic', report) ?? id,
    version: readNumber(map.version, 'version', [1, 1e6], report) ?? 1,
    title: readTitle(map.title, report),
    severity: readChoice<Severity>(map.severity, 'severity', SEVERITIES, report) ?? 'notice',
    codes: readRuleCodes(map.codes, report),
    confidence: readNumber(map.confidence, 'confidence', [0, 1], report) ?? DEFAULT_CONFIDENCE,
    foreign: readForeign(map.foreign, report),
    match,
    unless: readPatterns(map.unless, 'unless', report),
    none: readPatterns(map.none, 'none', report),
    status: readText(map.status, 'status', report) ?? 'standard',
    statusAt: map.status?.at ?? tree.at,
    defaultStatus: readChoice(map.default_status, 'default_status', STATUSES, report) ?? 'asserted',
    alertWhen: readAlertWhen(map.alert_when, report),
    dedupe: readDedupe(map.dedupe, report),
    shadow: readChoice(map.stage, 'stage', ['live', 'shadow'], report) === 'shadow',
    tests: readList(map.tests, 'tests', report).flatMap((test) => readTest(test, report)),
  };
}

function readPatterns(tree: Tree | undefined, what: string, report: Report): Pattern[] {
  return readList(tree, what, report).flatMap((item) => {
    const pattern = readPattern(item, report);
    return pattern === null ? [] : [pattern];
  });
}

function readTitle(tree: Tree | undefined, report: Report): Record<string, string> {
  const title: Record<string, string> = {};
  for (const { key, value } of tree === undefined ? [] : entriesOf(tree, 'title', report)) {
    const text = readText(value, `the title in ${key}`, report);
    if (text !== undefined) title[key] = text;
  }
  return title;
}

function readRuleCodes(tree: Tree | undefined, report: Report): Record<string, string[]> {
  const codes: Record<string, string[]> = {};
  for (const { key, value } of tree === undefined ? [] : entriesOf(tree, 'codes', report)) {
    codes[key] = readList(value, key, report).map((item) => readText(item, key, report) ?? '');
  }
  return codes;
}

function readForeign(tree: Tree | undefined, report: Report): RuleSource['foreign'] {
  if (tree?.kind === 'scalar' && tree.value === 'known') return 'known';
  return readFlag(tree, 'foreign', report) ? 'yes' : 'no';
}

function readAlertWhen(tree: Tree | undefined, report: Report): RuleSource['alertWhen'] {
  if (tree === undefined) return null;
  const map = readMap(tree, ['status', 'min_confidence'], 'alert_when', report);
  const status = readList(map.status, 'status', report).flatMap((item) => {
    const one = readChoice(item, 'status', STATUSES, report);
    return one === undefined ? [] : [one];
  });
  const minConfidence = readNumber(map.min_confidence, 'min_confidence', [0, 1], report) ?? 0;
  return { status: map.status === undefined ? ['asserted'] : status, minConfidence };
}

function readDedupe(tree: Tree | undefined, report: Report): RuleSource['dedupe'] {
  if (tree === undefined) return null;
  const map = readMap(tree, ['key', 'window'], 'dedupe', report);
  const key = readList(map.key, 'key', report).flatMap((item) => {
    const part = readChoice(item, 'a part of the key', DEDUPE_PARTS, report);
    return part === undefined ? [] : [part as string];
  });
  const window = readText(map.window, 'window', report) ?? '24h';
  const [, count, unit] = /^(\d{1,4})([hd])$/.exec(window) ?? [];
  if (count === undefined)
    report(map.window?.at ?? tree.at, `'${window}' is no window`, 'write 24h or 2d');
  if (key.length === 0) report(tree.at, 'dedupe has no key', 'write key: [source, target]');
  const windowHours = Number(count ?? 24) * (unit === 'd' ? 24 : 1);
  if (windowHours > MAX_DEDUPE_HOURS) {
    const hint = 'what was told is remembered for three days';
    report(map.window?.at ?? tree.at, `a window of ${window} is too long`, hint);
  }
  return { key, windowHours };
}

const TEST_KEYS = ['lang', 'title', 'text', 'expect'] as const;
/** What a test may expect. */
export const EXPECT_KEYS = [
  'source',
  'target',
  'place',
  'topic',
  'status',
  'alert',
  'attribution',
  'quote',
  'salience',
  'count',
] as const;

function readTest(tree: Tree, report: Report): RuleTest[] {
  const map = readMap(tree, TEST_KEYS, 'a test', report);
  const text = readText(map.text, 'text', report) ?? '';
  const title = readText(map.title, 'title', report) ?? '';
  if (map.expect === undefined || (text === '' && title === '')) {
    report(tree.at, 'a test needs text and expect', "{ text: '...', expect: none }");
    return [];
  }
  const lang = readText(map.lang, 'lang', report) ?? null;
  const expect = readExpectation(map.expect, tree.at, report);
  return expect === null ? [] : [{ at: tree.at, lang, title, text, expect }];
}

function readExpectation(tree: Tree, _at: Place, report: Report): Expectation | 'none' | null {
  if (tree.kind === 'scalar') {
    if (tree.value === 'none') return 'none';
    report(tree.at, 'expect must be none or a map', 'expect: { source: haftar, status: asserted }');
    return null;
  }
  const map = readMap(tree, EXPECT_KEYS, 'expect', report);
  const parties = (key: 'source' | 'target' | 'place') => readExpectedParties(map[key], report);
  const nullable = (t: Tree) =>
    t.kind === 'scalar' && t.value === null ? null : readText(t, 'attribution', report);
  return defined({
    source: parties('source'),
    target: parties('target'),
    place: parties('place'),
    topic: readText(map.topic, 'topic', report),
    status: readChoice(map.status, 'status', STATUSES, report),
    alert: map.alert === undefined ? undefined : readFlag(map.alert, 'alert', report),
    attribution: map.attribution === undefined ? undefined : nullable(map.attribution),
    quote: readText(map.quote, 'quote', report),
    salience: readChoice(map.salience, 'salience', ['headline', 'lead', 'body'], report),
    count: readNumber(map.count, 'count', [0, 100], report),
  });
}

function readExpectedParties(tree: Tree | undefined, report: Report) {
  if (tree === undefined) return undefined;
  if (tree.kind === 'scalar' && tree.value === null) return null;
  return readList(tree, 'a party', report).map((item) => readText(item, 'a party', report) ?? '');
}

/** Without the keys that nobody wrote. */
function defined(
  all: { readonly [key in keyof Expectation]: Expectation[key] | undefined },
): Expectation {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
