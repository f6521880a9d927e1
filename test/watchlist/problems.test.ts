import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { formatProblem } from '../../shared/watchlist/problem.ts';

function problemsOf(text: string): string[] {
  const compiled = compileWatchlist([{ name: 'w.yaml', text }]);
  return compiled.kind === 'compiled' ? [] : compiled.problems.map(formatProblem);
}

describe('what is wrong with a watchlist is said with its place and a way out', () => {
  test.each([
    ['broken YAML', 'rules: [', /^w\.yaml:1:\d+: .*not valid YAML/],
    [
      'an unknown section',
      'rule: []',
      "w.yaml:1:1: a watchlist has no 'rule' (did you mean 'rules'?)",
    ],
    [
      'an unknown key of a rule',
      'rules:\n  - id: a\n    mach: (b)\n    match: (b)',
      "w.yaml:3:5: a rule has no 'mach' (did you mean 'match'?)",
    ],
    ['a rule without an id', 'rules: [{ match: (b) }]', /^w\.yaml:1:9: a rule needs an id/],
    ['a rule without a match', 'rules: [{ id: a }]', /rule a has no match/],
    [
      'an unknown concept',
      'lexicon: { visit.noun: { en: { noun: [visit] } } }\nrules: [{ id: a, match: visit.nuon }]',
      "w.yaml:2:25: there is no concept 'visit.nuon' (did you mean 'visit.noun'?)",
    ],
    [
      'a window that is too wide',
      'rules: [{ id: a, match: { near: [(b), (c)], within: 16 } }]',
      /within must be a number \(from 1 to 15\)/,
    ],
    [
      'a window longer than what was told is remembered',
      'rules: [{ id: a, match: (b), dedupe: { key: [source], window: 7d } }]',
      /a window of 7d is too long \(what was told is remembered for three days\)/,
    ],
    [
      'a rule that needs no word',
      'rules: [{ id: a, match: { near: ["(b)?"] } }]',
      /no word that must be there/,
    ],
    [
      'a rule that only excludes',
      'rules: [{ id: a, match: { none: [(b)] } }]',
      /rule a needs no word at all/,
    ],
    [
      'an unknown hint',
      "rules: [{ id: a, match: { near: [(b), 'subjet @actor:source'] } }]",
      /a hint cannot be 'subjet' \(did you mean 'subject'\?\)/,
    ],
    [
      'an unknown role',
      "rules: [{ id: a, match: { near: [(b), '@actor:sauce'] } }]",
      /the role of a slot cannot be 'sauce'/,
    ],
    [
      'an unknown kind',
      "rules: [{ id: a, match: { near: [(b), '@actr:source'] } }]",
      /the kind of a slot cannot be 'actr'/,
    ],
    [
      'an unknown status pack',
      'rules: [{ id: a, match: (b), status: standrad }]\nstatus: { standard: [] }',
      /did you mean 'standard'\?/,
    ],
    [
      'a wildcard that matches everything',
      "lexicon: { c: { en: { noun: ['a*'] } } }\nrules: [{ id: a, match: c }]",
      /would match almost anything/,
    ],
    ['a nisba without its ya', 'actors: [{ id: x, ar: { adjectives: [روس] } }]', /is no nisba/],
    [
      'an imperfect without its ya',
      'lexicon: { c: { ar: { imperfect: [زور] } } }\nrules: [{ id: a, match: c }]',
      /is no imperfect/,
    ],
    ['an actor of nobody', 'actors: [{ id: x, of: y, en: { names: [Xy] } }]', /whom nobody lists/],
    [
      'two rules of one id',
      'rules: [{ id: a, match: (b) }, { id: a, match: (c) }]',
      /a second rule 'a'/,
    ],
    ['a rule to disable that is not there', 'disable: [zzz]', /no rule 'zzz' to disable/],
    ['an alias', 'actors: &a []\nrules: *a', /aliases/],
    [
      'a failing test',
      "rules: [{ id: a, match: (bread), tests: [{ text: 'bread', expect: none }] }]",
      /^w\.yaml:1:\d+: a test of rule a fails: expected no event \(found asserted/,
    ],
  ])('%s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems).not.toEqual([]);
    if (typeof expected === 'string') expect(problems).toContain(expected);
    else expect(problems.some((problem) => expected.test(problem))).toBe(true);
  });

  test('all of them at once', () => {
    expect(problemsOf('rules: [{ id: a }, { id: b }, { match: (c) }]')).toHaveLength(3);
  });
});

describe('a watchlist that builds on the shipped one', () => {
  const shipped = [
    {
      name: 'default/pack.yaml',
      text: 'pack: true\nstatus: { standard: [{ status: denied, words: { en: [not] } }] }',
    },
    {
      name: 'default/rules.yaml',
      text: 'lexicon: { bread: { en: { noun: [bread] } } }\nrules: [{ id: a, match: bread }, { id: b, match: (milk) }]',
    },
  ];
  const rulesOf = (text: string) => {
    const compiled = compileWatchlist([...shipped, { name: 'own.yaml', text }]);
    return compiled.kind === 'compiled'
      ? 'compiled'
      : compiled.problems.map(({ message }) => message);
  };

  test('has its concepts when it includes it', () => {
    expect(rulesOf('include: [default]\nrules: [{ id: c, match: bread }]')).toBe('compiled');
  });

  test('does not have them when it does not, but has the language packs', () => {
    expect(rulesOf('rules: [{ id: c, match: bread }]')).toEqual(["there is no concept 'bread'"]);
    expect(rulesOf('rules: [{ id: c, match: (bread), status: standard }]')).toBe('compiled');
  });

  test('replaces a rule of the same id, and may switch one off', () => {
    expect(rulesOf('include: [default]\ndisable: [a]\nrules: [{ id: b, match: (water) }]')).toBe(
      'compiled',
    );
  });
});

test('a word that reaches one of the commonest words through its affixes is warned of', () => {
  const text =
    'grammar: { particles: { ar: [بعدما] } }\nlexicon: { c: { ar: { noun: [عدم] } } }\nrules: [{ id: a, match: c }]';
  const compiled = compileWatchlist([{ name: 'w.yaml', text }]);
  const warnings = compiled.kind === 'compiled' ? compiled.warnings.map(formatProblem) : [];
  expect(warnings).toEqual([
    "w.yaml:2:30: 'عدم' with its affixes is also the common word 'بعدما' (give it class exact, or block: [بعدما])",
  ]);
});
