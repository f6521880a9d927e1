import { CLASS, FORM, MIN_STEM } from './affixes.ts';
import { type Stem, type WordClass, WordError } from './word.ts';

/** Makes a stem of the language at hand. */
export type MakeStem = (text: string, bit: number, forms?: number) => Stem;

/** The stems of an Arabic form by its class. @throws WordError for a form that is not of its class. */
export function arabicStems(raw: string, letters: string, cls: WordClass, stem: MakeStem): Stem[] {
  switch (cls) {
    case 'noun':
      return nounStems(raw, letters, stem);
    case 'nisba':
      return [nisbaStem(raw, letters, stem)];
    case 'phrase':
      return /(ي|ية)$/.test(letters) && letters.length > 3
        ? [...nounStems(raw, letters, stem), nisbaStem(raw, letters, stem)]
        : nounStems(raw, letters, stem);
    case 'past':
      return pastStems(raw, letters, stem);
    case 'imperfect':
      return imperfectStems(letters, stem);
    case 'verb':
      return letters.startsWith('ي')
        ? imperfectStems(letters, stem)
        : pastStems(raw, letters, stem);
    case 'name':
      return spellings(letters).flatMap((spelt) =>
        hasArticle(raw, letters)
          ? [stem(spelt, CLASS.name), stem(spelt.slice(2), CLASS.definiteName)]
          : [stem(spelt, CLASS.name)],
      );
    default:
      return [stem(letters, CLASS.exact)];
  }
}

/** Whether a word is written with the article: ألماني is not, though its letters fold to ال. */
function hasArticle(raw: string, letters: string): boolean {
  return /^\u0627\p{M}*\u0644/u.test(raw) && letters.length > 4;
}

function withoutArticle(raw: string, letters: string): string {
  return hasArticle(raw, letters) ? letters.slice(2) : letters;
}

/** Many type ه for ة at the end of a name: القاهره. */
function spellings(letters: string): string[] {
  return letters.endsWith('ة') ? [letters, `${letters.slice(0, -1)}ه`] : [letters];
}

function nounStems(raw: string, written: string, stem: MakeStem): Stem[] {
  const letters = withoutArticle(raw, written);
  if (letters.length < MIN_STEM) {
    throw new WordError(`'${written}' is too short for a noun`, 'use class exact');
  }
  if (letters.endsWith('ة')) return [stem(letters.slice(0, -1), CLASS.feminine, FORM.noun)];
  const bare = stem(letters, CLASS.noun, FORM.noun);
  if (!letters.endsWith('اء')) return [bare];
  const seat = letters.slice(0, -1);
  return [
    bare,
    stem(`${seat}ي`, CLASS.seated, FORM.noun),
    stem(`${seat}و`, CLASS.seated, FORM.noun),
  ];
}

function nisbaStem(raw: string, written: string, stem: MakeStem): Stem {
  const match = /^(..+?)(ي|ية)$/.exec(withoutArticle(raw, written));
  if (match?.[1] === undefined) {
    throw new WordError(
      `'${written}' is no nisba: it does not end in ي`,
      'write روسي, or use class noun',
    );
  }
  return stem(match[1], CLASS.nisba);
}

function pastStems(raw: string, letters: string, stem: MakeStem): Stem[] {
  const forms = FORM.verb | FORM.past;
  const full = stem(letters, CLASS.past, forms);
  // بدأ ends in a hamza and keeps it (بدأت); التقى and دعا lose their last letter (التقت, دعت).
  const weak = /[اى]\p{M}*$/u.test(raw) && letters.length > MIN_STEM;
  return weak ? [full, stem(letters.slice(0, -1), CLASS.weakPast, forms)] : [full];
}

function imperfectStems(letters: string, stem: MakeStem): Stem[] {
  const forms = FORM.verb | FORM.imperfect;
  const rest = letters.slice(1);
  if (!letters.startsWith('ي') || rest.length < MIN_STEM) {
    throw new WordError(`'${letters}' is no imperfect`, 'write it with its ي: يزور');
  }
  if (rest.length === 2) return [stem(rest, CLASS.shortImperfect, forms)];
  const full = stem(rest, CLASS.imperfect, forms);
  // A stem of two letters would reach words such as أجر from يجري.
  const weak = /[يو]$/.test(rest) && rest.length > 3;
  return weak ? [full, stem(rest.slice(0, -1), CLASS.weakImperfect, forms)] : [full];
}
