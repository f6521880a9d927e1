import { once } from '../once.ts';
import {
  at,
  characterTable,
  LETTER,
  MARK,
  PROPERTIES_OF,
  propertiesOf,
} from '../text/characters.ts';
import { lay } from '../text/rewriting.ts';
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

const JAPANESE = SCRIPTS.findIndex(([script]) => script === 'ja');

/** The index of a character's script, plus one; 0 for none of them. */
const SCRIPT = characterTable(
  (character) => SCRIPTS.findIndex(([, letters]) => letters.test(character)) + 1,
  'script',
);

/** A character of the sample, and how often it stands there. */
interface Tally {
  readonly unit: number;
  readonly count: number;
}

/** Primary language subtag of a text by its script, its telling letters and its function words; `und` if there are no letters. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS).toLowerCase();
  const tallies = tally(sample);
  const counts = countScripts(sample, tallies);
  const most = counts.indexOf(Math.max(...counts));
  const script = SCRIPTS[most]?.[0] ?? 'und';
  if (counts[most] === 0) return 'und';
  if (script === 'zh' && (counts[JAPANESE] as number) > 0) return 'ja';
  const family = FAMILIES[script];
  return family === undefined ? script : bestOf(family(), sample, tallies);
}

/** How often each code unit stands in the sample at hand; all zero between two samples. */
const times = new Uint16Array(0x10000);

/** Characters counted one by one, so that all else is asked of some forty of them, and not of every one that is read. */
function tally(sample: string): Tally[] {
  const { units } = lay(sample).from;
  const present: number[] = [];
  for (let i = 0; i < sample.length; i++) {
    const unit = units[i] as number;
    const count = times[unit] as number;
    if (count === 0) present.push(unit);
    times[unit] = count + 1;
  }
  return present.map((unit) => {
    const count = times[unit] as number;
    times[unit] = 0;
    return { unit, count };
  });
}

const isHalf = ({ unit }: Tally): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** How many characters there are of each of the `SCRIPTS`. */
function countScripts(sample: string, tallies: readonly Tally[]): readonly number[] {
  const counts = SCRIPTS.map(() => 0);
  const add = (code: number, count: number) => {
    const script = at(SCRIPT, code) - 1;
    if (script >= 0) counts[script] = (counts[script] as number) + count;
  };
  for (const { unit, count } of tallies) add(unit, count);
  if (tallies.some(isHalf))
    for (const character of sample)
      if (character.length > 1) add(character.codePointAt(0) as number, 1);
  return counts;
}

/** What something says for each language of a script, in their order. */
type Row = readonly number[];

/** The languages of a script, turned around: which of them a word or a letter speaks for or against. */
interface Family {
  readonly languages: readonly (readonly [string, LanguageSigns])[];
  readonly words: ReadonlyMap<string, Row>;
  /** By the hash of a word, whether it may be one of them: most words of a text are not. */
  readonly hashes: Uint8Array;
  /** By code unit. */
  readonly letters: ReadonlyMap<number, Row>;
}

const FAMILIES: Readonly<Record<string, () => Family>> = {
  arabic: once(() => familyOf(ARABIC_SCRIPT)),
  latin: once(() => familyOf(LATIN_SCRIPT)),
  cyrillic: once(() => familyOf(CYRILLIC_SCRIPT)),
};

function familyOf(signs: Readonly<Record<string, LanguageSigns>>): Family {
  const languages = Object.entries(signs);
  const words = new Map<string, number[]>();
  const letters = new Map<number, number[]>();
  const add = <Key>(to: Map<Key, number[]>, key: Key, index: number, weight: number) => {
    const row = to.get(key) ?? languages.map(() => 0);
    row[index] = (row[index] as number) + weight;
    to.set(key, row);
  };
  languages.forEach(([, language], index) => {
    for (const word of language.words) add(words, word, index, language.wordWeight);
    for (const [group, weight] of Object.entries(language.letters))
      for (const letter of group) add(letters, letter.charCodeAt(0), index, weight);
  });
  const hashes = new Uint8Array(HASHES);
  for (const word of words.keys()) {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = ((hash << 3) ^ word.charCodeAt(i)) & (HASHES - 1);
    hashes[hash] = 1;
  }
  return { languages, words, hashes, letters };
}

const HASHES = 1 << 14;

function bestOf(
  { languages, words, hashes, letters }: Family,
  sample: string,
  tallies: readonly Tally[],
): string {
  const scores = languages.map(() => 0);
  const add = (row: Row | undefined, times: number) => {
    for (let i = 0; row !== undefined && i < row.length; i++)
      scores[i] = (scores[i] as number) + (row[i] as number) * times;
  };
  const properties = PROPERTIES_OF.units;
  // In a bundle only what a function holds itself is constant to the engine.
  const [inWord, joiner, mask] = [LETTER | MARK, ZWNJ, HASHES - 1];
  // As `tally` left them; a space stands behind the last.
  const { units } = lay(sample).from;
  let start = 0;
  let hash = 0;
  for (let i = 0; i <= sample.length; i++) {
    const unit = units[i] as number;
    let stored = properties[unit] as number;
    if (stored === 0 || (unit & 0xf800) === 0xd800) {
      const code = sample.codePointAt(i) ?? unit;
      stored = propertiesOf(code) + 1;
      if (code > 0xffff) i++;
    }
    if (((stored - 1) & inWord) !== 0 || unit === joiner) hash = ((hash << 3) ^ unit) & mask;
    else {
      if (hashes[hash] === 1) add(words.get(sample.slice(start, i)), 1);
      start = i + 1;
      hash = 0;
    }
  }
  for (const { unit, count } of tallies) add(letters.get(unit), count);
  languages.forEach(([, { patterns }], index) => {
    for (const [count, weight] of patterns)
      scores[index] = (scores[index] as number) + weight * count(sample);
  });
  return languages[scores.indexOf(Math.max(...scores))]?.[0] ?? 'und';
}

/** Joins no letters, but parts no words. */
const ZWNJ = 0x200c;
