import { CLASS, FORM, type Suffix } from './affixes.ts';

const POSSESSIVES = ['ه', 'ها', 'هم', 'هن', 'هما', 'نا', 'كم', 'كما', 'ك', 'ي'];
const OBJECTS = ['ه', 'ها', 'هم', 'هن', 'هما', 'نا', 'كم', 'كما', 'ك', 'ني'];

const after = (stem: string, pronouns: readonly string[]) => pronouns.map((p) => stem + p);

/** Endings by class: alone; only without ال; with a pronoun (and so without ال). */
const ENDINGS: readonly (readonly [
  number,
  { bare: string[]; indefinite?: string[]; pronoun?: string[] },
])[] = [
  [CLASS.exact, { bare: [''] }],
  [CLASS.name, { bare: [''] }],
  [CLASS.definiteName, { bare: [''] }],
  [
    CLASS.noun,
    {
      bare: ['', 'ان', 'ين', 'ون', 'ات'],
      indefinite: ['ا', 'و'],
      pronoun: ['', 'ات', 'ا', 'ي', 'و'].flatMap((s) => after(s, POSSESSIVES)),
    },
  ],
  [
    CLASS.feminine,
    {
      // ه is how many type ة: الاسلحه, زياره.
      bare: ['ة', 'ه', 'ات', 'تان', 'تين'],
      indefinite: ['تا'],
      pronoun: ['ت', 'ات', 'تا', 'تي'].flatMap((s) => after(s, POSSESSIVES)),
    },
  ],
  [CLASS.seated, { bare: [], pronoun: POSSESSIVES }],
  [
    CLASS.nisba,
    { bare: ['ي', 'ية', 'يين', 'يون', 'يات', 'يان', 'يتان', 'يتين'], indefinite: ['يا'] },
  ],
  [
    CLASS.past,
    {
      bare: ['', 'ت', 'وا', 'ا', 'تا', 'ن', 'نا', 'تم'],
      pronoun: ['', 'ت', 'و', 'ا', 'تا', 'نا'].flatMap((s) => after(s, OBJECTS)),
    },
  ],
  [
    CLASS.weakPast,
    { bare: ['ت', 'وا', 'تا'], pronoun: ['ت', 'ا', 'و'].flatMap((s) => after(s, OBJECTS)) },
  ],
  [
    CLASS.imperfect,
    {
      bare: ['', 'ون', 'وا', 'ان', 'ا', 'ين', 'ن'],
      pronoun: ['', 'ون', 'و', 'ان', 'ا'].flatMap((s) => after(s, OBJECTS)),
    },
  ],
  [
    CLASS.weakImperfect,
    { bare: ['', 'ون', 'وا', 'ين'], pronoun: ['ا', 'ون', 'و'].flatMap((s) => after(s, OBJECTS)) },
  ],
  [CLASS.shortImperfect, { bare: [''], pronoun: ['ه', 'ها', 'هم'] }],
];

/** The suffixes of Arabic by their last letter (the empty one under 0), each once. */
export const ARABIC_SUFFIXES: ReadonlyMap<number, readonly Suffix[]> = byLastLetter(
  arabicSuffixes(),
);

function arabicSuffixes(): Suffix[] {
  const suffixes = new Map<string, Suffix>();
  const put = (letters: string, cls: number, indefinite: number, forms: number) => {
    const key = `${letters} ${forms}`;
    const known = suffixes.get(key) ?? { letters, classes: 0, indefinite: 0, forms };
    suffixes.set(key, {
      ...known,
      classes: known.classes | cls,
      indefinite: known.indefinite | indefinite,
    });
  };
  for (const [cls, { bare, indefinite = [], pronoun = [] }] of ENDINGS) {
    const seen = new Set<string>();
    const once = (letters: string) => !seen.has(letters) && seen.add(letters);
    for (const letters of bare.filter(once)) put(letters, cls, 0, 0);
    for (const letters of indefinite.filter(once)) put(letters, cls, cls, 0);
    for (const letters of pronoun.filter(once)) put(letters, cls, cls, FORM.pronoun);
  }
  return [...suffixes.values()];
}

const RUSSIAN_NOUN_ENDINGS =
  'а у ом ым ем е ы и ов ев ей ам ям ами ями ах ях о я ю ь ью ой ою ею й ий ия ию ие ием ией ии иями иях иям'
    .split(' ')
    .concat('');
const RUSSIAN_ADJECTIVE_ENDINGS =
  'ый ий ой ая яя ое ее ые ие ого его ей ому ему ым им ом ем ую юю ою ею ыми ими ых их'.split(' ');

/** The endings of Russian by their last letter (the empty one under 0). */
export const RUSSIAN_SUFFIXES: ReadonlyMap<number, readonly Suffix[]> = byLastLetter([
  ...RUSSIAN_NOUN_ENDINGS.map((letters) => ending(letters, CLASS.russianNoun)),
  ...RUSSIAN_ADJECTIVE_ENDINGS.map((letters) => ending(letters, CLASS.russianAdjective)),
]);

function ending(letters: string, classes: number): Suffix {
  return { letters, classes, indefinite: 0, forms: 0 };
}

function byLastLetter(suffixes: readonly Suffix[]): Map<number, Suffix[]> {
  const byLetter = new Map<number, Suffix[]>();
  for (const suffix of suffixes) {
    const key = suffix.letters === '' ? 0 : suffix.letters.charCodeAt(suffix.letters.length - 1);
    byLetter.set(key, [...(byLetter.get(key) ?? []), suffix]);
  }
  return byLetter;
}
