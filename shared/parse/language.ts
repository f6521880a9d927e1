import { once } from '../once.ts';
import {
  at,
  type CharacterTable,
  characterTable,
  LETTER,
  MARK,
  PROPERTIES_OF,
  propertiesOf,
} from '../text/characters.ts';
import {
  ARABIC_SCRIPT,
  CYRILLIC_SCRIPT,
  LATIN_SCRIPT,
  type LanguageSigns,
} from './language-signs.ts';

/** Characters looked at; more changes no verdict and costs time. */
const SAMPLE_CHARS = 1_500;

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['hy', /\p{Script=Armenian}/u],
  ['ka', /\p{Script=Georgian}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['th', /\p{Script=Thai}/u],
  ['am', /\p{Script=Ethiopic}/u],
];

/** The index of a character's script, plus one; 0 for none of them. */
const SCRIPT = characterTable(
  (character) => SCRIPTS.findIndex(([, letters]) => letters.test(character)) + 1,
  'script',
);

/** Primary language subtag of a text by its script, its telling letters and its function words; `und` if there are no letters. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS).toLowerCase();
  const counts = countScripts(sample);
  const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
  if (most.count === 0) return 'und';
  if (most.script === 'zh' && counts.some((s) => s.script === 'ja' && s.count > 0)) return 'ja';
  const family = FAMILIES[most.script];
  return family === undefined ? most.script : bestOf(family(), sample);
}

function countScripts(sample: string): { script: string; count: number }[] {
  const counts = new Uint32Array(SCRIPTS.length + 1);
  for (let i = 0; i < sample.length; i++) {
    const code = sample.codePointAt(i) as number;
    if (code > 0xffff) i++;
    const row = at(SCRIPT, code);
    counts[row] = (counts[row] as number) + 1;
  }
  return SCRIPTS.map(([script], i) => ({ script, count: counts[i + 1] as number }));
}

/** The languages of a script, turned around: which of them a word or a letter speaks for. */
interface Family {
  readonly languages: readonly (readonly [string, LanguageSigns])[];
  /** Indexes of the languages that have it as a function word. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** Characters of the longest of them. */
  readonly longest: number;
  /** Letters and signs that speak for or against a language, and the row of `weights` for each, plus one. */
  readonly rows: CharacterTable;
  /** By letter, then by language. */
  readonly weights: readonly (readonly number[])[];
}

const FAMILIES: Readonly<Record<string, () => Family>> = {
  arabic: once(() => familyOf(ARABIC_SCRIPT)),
  latin: once(() => familyOf(LATIN_SCRIPT)),
  cyrillic: once(() => familyOf(CYRILLIC_SCRIPT)),
};

function familyOf(signs: Readonly<Record<string, LanguageSigns>>): Family {
  const languages = Object.entries(signs);
  const words = new Map<string, number[]>();
  const letters = new Map<string, number[]>();
  languages.forEach(([, language], index) => {
    for (const word of language.words) words.set(word, [...(words.get(word) ?? []), index]);
    for (const [group, weight] of Object.entries(language.letters))
      for (const letter of group) {
        const row = letters.get(letter) ?? languages.map(() => 0);
        row[index] = (row[index] as number) + weight;
        letters.set(letter, row);
      }
  });
  const known = [...letters.keys()];
  const rows = characterTable((character) => known.indexOf(character) + 1);
  const longest = Math.max(...[...words.keys()].map((word) => word.length));
  return { languages, words, longest, rows, weights: [...letters.values()] };
}

function bestOf({ languages, words, longest, rows, weights }: Family, sample: string): string {
  const scores = languages.map(() => 0);
  const add = (index: number, score: number) => {
    scores[index] = (scores[index] as number) + score;
  };
  const letters = new Uint32Array(weights.length + 1);
  const known = rows.units;
  const properties = PROPERTIES_OF.units;
  let start = -1;
  for (let i = 0; i <= sample.length; i++) {
    let code = i < sample.length ? sample.charCodeAt(i) : SPACE;
    if (code >= 0xd800 && code <= 0xdbff) code = sample.codePointAt(i) as number;
    const isPair = code > 0xffff;
    const storedBits = isPair ? 0 : (properties[code] as number);
    const bits = storedBits === 0 ? propertiesOf(code) : storedBits - 1;
    if ((bits & (LETTER | MARK)) !== 0 || code === ZWNJ) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      if (i - start <= longest)
        for (const index of words.get(sample.slice(start, i)) ?? NONE)
          add(index, languages[index]?.[1].wordWeight ?? 0);
      start = -1;
    }
    const storedRow = isPair ? 0 : (known[code] as number);
    const row = storedRow === 0 ? at(rows, code) : storedRow - 1;
    letters[row] = (letters[row] as number) + 1;
    if (isPair) i++;
  }
  weights.forEach((row, letter) => {
    const count = letters[letter + 1] as number;
    if (count > 0)
      row.forEach((weight, index) => {
        add(index, weight * count);
      });
  });
  languages.forEach(([, { patterns }], index) => {
    for (const [count, weight] of patterns) add(index, weight * count(sample));
  });
  return languages[scores.indexOf(Math.max(...scores))]?.[0] ?? 'und';
}

const SPACE = 0x20;
/** Joins no letters, but parts no words. */
const ZWNJ = 0x200c;
const NONE: readonly never[] = [];
