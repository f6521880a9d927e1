import { KINDS } from './item.ts';
import { ACTOR_KEYS, ACTOR_NAME_KEYS } from './read-actors.ts';
import { GRAMMAR_GROUPS, GRAMMAR_LISTS, STATUSES } from './read-packs.ts';
import { MAX_WINDOW, PATTERN_KEYS } from './read-pattern.ts';
import { DEDUPE_PARTS, EXPECT_KEYS, RULE_KEYS, SEVERITIES } from './read-rules.ts';
import { SECTIONS } from './read-watchlist.ts';
import { LIST_KEYS } from './read-words.ts';
import { SCOPES } from './source.ts';
import { LANGUAGES } from './word.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const texts: Schema = { anyOf: [text, { type: 'array', items: { type: ['string', 'number'] } }] };
const flag: Schema = { type: 'boolean' };
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (values: readonly string[]): Schema => ({ enum: values });
const between = (minimum: number, maximum: number): Schema => ({
  type: 'number',
  minimum,
  maximum,
});

/** A map that has these keys and no others; every key is described, or is a word list. */
function map(
  keys: readonly string[],
  known: Readonly<Record<string, Schema>>,
  required: string[] = [],
): Schema {
  const properties = Object.fromEntries(keys.map((key) => [key, known[key] ?? ref('words')]));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The JSON Schema of a watchlist file, for editors that complete and check while one writes. */
export function watchlistSchema(): Schema {
  const languages = Object.keys(LANGUAGES);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Rasid watchlist',
    ...map(SECTIONS, {
      include: texts,
      disable: texts,
      pack: flag,
      actors: listOf(ref('actor')),
      lexicon: { type: 'object', additionalProperties: ref('words') },
      grammar: grammarSchema(),
      status: { type: 'object', additionalProperties: listOf(ref('cue')) },
      rules: listOf(ref('rule')),
    }),
    $defs: {
      words: wordsSchema(languages),
      actor: actorSchema(languages),
      cue: cueSchema(),
      pattern: patternSchema(),
      rule: ruleSchema(),
      test: testSchema(),
    },
  };
}

function wordsSchema(languages: readonly string[]): Schema {
  const known = Object.fromEntries(LIST_KEYS.map((key) => [key, texts]));
  const language: Schema = { anyOf: [texts, map(LIST_KEYS, known)] };
  const keys = Object.fromEntries([...languages.map((key) => [key, language]), ['include', texts]]);
  return { anyOf: [text, map([...languages, 'include'], keys)] };
}

function actorSchema(languages: readonly string[]): Schema {
  const names = map(
    ACTOR_NAME_KEYS,
    Object.fromEntries(ACTOR_NAME_KEYS.map((key) => [key, texts])),
  );
  return map(
    [...ACTOR_KEYS, ...languages],
    {
      ...Object.fromEntries(ACTOR_KEYS.map((key) => [key, text])),
      ...Object.fromEntries(languages.map((key) => [key, names])),
      kind: oneOf(Object.keys(KINDS)),
      country: { type: 'string', pattern: '^[A-Z][A-Z0-9]{1,7}$' },
      codes: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    },
    ['id'],
  );
}

function grammarSchema(): Schema {
  const groups = Object.entries(GRAMMAR_GROUPS).map(([name, keys]) => [name, map(keys, {})]);
  const keys = [...GRAMMAR_LISTS, ...Object.keys(GRAMMAR_GROUPS)];
  return map(keys, Object.fromEntries(groups));
}

function cueSchema(): Schema {
  const forms = ['past', 'imperfect', 'future', 'noun', 'infinitive'];
  const cue = map(
    [
      'status',
      'words',
      'side',
      'reach',
      'within',
      'unless',
      'unless_within',
      'strength',
      'form',
      'trigger_form',
    ],
    {
      status: oneOf(STATUSES),
      side: oneOf(['before', 'after', 'either']),
      reach: oneOf(['next', 'clause', 'complement', 'sentence']),
      within: between(0, 100),
      unless_within: between(0, 100),
      strength: between(1, 9),
      form: { anyOf: [oneOf(forms), listOf(oneOf(forms))] },
      trigger_form: { anyOf: [oneOf(forms), listOf(oneOf(forms))] },
    },
    ['status', 'words'],
  );
  return { anyOf: [cue, map(['include'], { include: text }, ['include'])] };
}

function patternSchema(): Schema {
  const patterns = { anyOf: [text, listOf(ref('pattern'))] };
  return {
    anyOf: [
      text,
      map(PATTERN_KEYS, {
        seq: texts,
        near: texts,
        within: between(1, MAX_WINDOW),
        all: patterns,
        any: patterns,
        none: patterns,
        of: patterns,
        atleast: between(1, 100),
        scope: oneOf(SCOPES),
      }),
    ],
  };
}

function ruleSchema(): Schema {
  const patterns = { anyOf: [text, listOf(ref('pattern'))] };
  return map(
    RULE_KEYS,
    {
      id: text,
      topic: text,
      version: between(1, 1e6),
      title: { type: 'object', additionalProperties: text },
      severity: oneOf(SEVERITIES),
      codes: { type: 'object', additionalProperties: texts },
      confidence: between(0, 1),
      foreign: { enum: [true, false, 'known'] },
      match: ref('pattern'),
      unless: patterns,
      none: patterns,
      status: text,
      default_status: oneOf(STATUSES),
      alert_when: map(['status', 'min_confidence'], {
        status: { anyOf: [oneOf(STATUSES), listOf(oneOf(STATUSES))] },
        min_confidence: between(0, 1),
      }),
      dedupe: map(['key', 'window'], {
        key: { anyOf: [oneOf(DEDUPE_PARTS), listOf(oneOf(DEDUPE_PARTS))] },
        window: { type: 'string', pattern: '^\\d{1,4}[hd]$' },
      }),
      stage: oneOf(['live', 'shadow']),
      tests: listOf(ref('test')),
    },
    ['id', 'match'],
  );
}

function testSchema(): Schema {
  const party: Schema = { anyOf: [{ type: 'null' }, texts] };
  const expect = map(EXPECT_KEYS, {
    source: party,
    target: party,
    place: party,
    topic: text,
    status: oneOf(STATUSES),
    alert: flag,
    attribution: { type: ['string', 'null'] },
    quote: text,
    salience: oneOf(['headline', 'lead', 'body']),
    count: between(0, 100),
  });
  return map(
    ['lang', 'title', 'text', 'expect'],
    { lang: text, title: text, text, expect: { anyOf: [{ const: 'none' }, expect] } },
    ['expect'],
  );
}
