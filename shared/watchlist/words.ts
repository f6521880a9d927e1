import { normaliseWords } from '../text/normalise.ts';
import { CLASS, FORM, MIN_STEM } from './affixes.ts';
import { arabicStems } from './arabic-stems.ts';
import {
  CAPITALS,
  LANGUAGES,
  type Language,
  type Stem,
  type Term,
  type TermWord,
  type WordClass,
  WordError,
} from './word.ts';

/** Words between the parts of a `gap` term: enough for a subject of a name and a title, too few for another clause. */
const GAP_WORDS = 4;

/**
 * Reads one entry of a word list, such as `زار/زر/يزور` or `weapon/weapons of war`.
 * `particles` are the normalised words that stay bare inside phrases.
 * @throws WordError for an entry that can never match, or would match too much.
 */
export function readTerm(
  text: string,
  cls: WordClass,
  language: Language,
  particles: ReadonlySet<string>,
): Term {
  if (cls === 'gap') {
    const parts = text.split(/\s\+\s/);
    if (parts.length < 2) {
      throw new WordError(`a gap term needs a '+': ${text}`, "write it as 'وصل/يصل + إلى'");
    }
    return parts.flatMap((part, index) =>
      words(part, 'verb', language, particles).map((word, first) =>
        index > 0 && first === 0 ? { ...word, gap: GAP_WORDS } : word,
      ),
    );
  }
  return words(text, cls, language, particles);
}

function words(
  text: string,
  cls: WordClass,
  language: Language,
  particles: ReadonlySet<string>,
): TermWord[] {
  const raw = text.trim().split(/\s+/u);
  const many = raw.length > 1;
  const term = raw.flatMap((word, index) => {
    const wordClass = many ? classInPhrase(cls, index) : cls;
    return alternatives(word, wordClass, language, particles);
  });
  if (term.length === 0) {
    throw new WordError(`'${text}' has no letters`, 'write a word');
  }
  return term;
}

/** A name's further words stand as they are; in any other phrase each word has its own affixes. */
function classInPhrase(cls: WordClass, index: number): WordClass {
  if (cls === 'name' || cls === 'acronym') return index === 0 ? cls : 'exact';
  return cls === 'exact' ? 'exact' : 'phrase';
}

/** One written word with its `/` forms. A form such as `S-400` is several words in the text; then it must stand alone. */
function alternatives(
  word: string,
  cls: WordClass,
  language: Language,
  particles: ReadonlySet<string>,
): TermWord[] {
  const mark = /^[=~]/.exec(word)?.[0] ?? '';
  const forms = word
    .slice(mark.length)
    .split('/')
    .filter((form) => form !== '')
    .map((form) => mark + form);
  const split = forms.map((form) => normaliseWords(form));
  if (split.every((parts) => parts.length <= 1)) {
    const stems = forms.flatMap((form) => stemsOf(form, cls, language, particles));
    return stems.length === 0 ? [] : [{ stems, gap: 0 }];
  }
  const parts = forms.map((form) =>
    form.split(/[^\p{L}\p{M}\p{N}*~!>=]+/u).filter((part) => normaliseWords(part).length > 0),
  );
  const count = parts[0]?.length ?? 0;
  if (parts.some(({ length }) => length !== count)) {
    throw new WordError(
      `the forms of '${word}' have different numbers of words`,
      'list them as entries of their own',
    );
  }
  return Array.from({ length: count }, (_, index) => {
    const partClass = index === 0 ? cls : 'exact';
    const stems = parts.flatMap((p) => stemsOf(p[index] ?? '', partClass, language, particles));
    return { stems, gap: 0 };
  });
}

const MARKS = /^([=~]?)(.*?)([*~!>]?)$/su;

function stemsOf(
  form: string,
  cls: WordClass,
  language: Language,
  particles: ReadonlySet<string>,
): Stem[] {
  const [, before = '', raw = '', mark = ''] = MARKS.exec(form) ?? [];
  const letters = normaliseWords(raw)[0];
  if (letters === undefined) return [];
  const languages = LANGUAGES[language];
  const stem = (text: string, bit: number, forms = 0): Stem => ({
    letters: text,
    cls: bit,
    capitals: CAPITALS.free,
    languages,
    forms,
  });
  if (mark === '*') {
    if (letters.length < MIN_STEM) {
      throw new WordError(
        `'${form}' would match almost anything`,
        'write at least two letters before *',
      );
    }
    return [{ ...stem(letters, CLASS.prefix, formsOf(cls)), capitals: capitalsOf(raw, cls) }];
  }
  const exact = before === '=' || cls === 'exact' || (cls === 'phrase' && particles.has(letters));
  if (/[\u0600-\u06ff]/.test(letters)) {
    if (exact) return [stem(letters, CLASS.exact)];
    return arabicStems(raw, letters, before === '~' ? 'verb' : cls, stem);
  }
  const bit =
    mark === '~' ? (cls === 'nisba' ? CLASS.russianAdjective : CLASS.russianNoun) : CLASS.exact;
  const forms = formsOf(before === '~' ? 'verb' : cls) | tenseOf(raw, mark, cls, language);
  return [{ ...stem(letters, bit, forms), capitals: capitalsOf(raw, cls) }];
}

function capitalsOf(raw: string, cls: WordClass): number {
  if (cls === 'acronym') return CAPITALS.all;
  const first = raw[0] ?? '';
  return first === first.toLowerCase() ? CAPITALS.free : CAPITALS.initial;
}

function formsOf(cls: WordClass): number {
  if (cls === 'verb') return FORM.verb;
  if (cls === 'past') return FORM.verb | FORM.past;
  if (cls === 'imperfect') return FORM.verb | FORM.imperfect;
  return cls === 'noun' ? FORM.noun : 0;
}

/** Endings that show a tense; `!` and `>` say it of forms that do not show it. */
const PAST_ENDINGS: Readonly<Partial<Record<Language, RegExp>>> = {
  en: /ed$/i,
  fr: /(é|ée|és|ées)$/i,
  ru: /(л|ла|ло|ли)(ся|сь)?$/i,
};
const FUTURE_ENDINGS: Readonly<Partial<Record<Language, RegExp>>> = { fr: /(ra|ront|rai|rons)$/i };

const INFINITIVE_ENDINGS: Readonly<Partial<Record<Language, RegExp>>> = {
  fr: /(er|ir|re)$/i,
  ru: /(ть|ти|чь)(ся)?$/i,
};
const VERBAL_NOUN_ENDINGS: Readonly<Partial<Record<Language, RegExp>>> = {
  en: /ing$/i,
  fr: /ant$/i,
};

function tenseOf(raw: string, mark: string, cls: WordClass, language: Language): number {
  if (mark === '!') return FORM.past;
  if (mark === '>') return FORM.future;
  if (cls !== 'verb') return 0;
  if (PAST_ENDINGS[language]?.test(raw)) return FORM.past;
  if (FUTURE_ENDINGS[language]?.test(raw)) return FORM.future;
  if (INFINITIVE_ENDINGS[language]?.test(raw)) return FORM.infinitive;
  if (VERBAL_NOUN_ENDINGS[language]?.test(raw)) return 0;
  // English does not tell "visit" from "to visit".
  return language === 'en' ? FORM.imperfect | FORM.infinitive : FORM.imperfect;
}
