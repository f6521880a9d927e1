import { hash } from 'node:crypto';
import { rewrite, rewriting } from './text/rewriting.ts';

/** Fewer letters than this are not an article: `حفتر في موسكو` has eleven, a page number or a logo has less than eight. */
const MIN_LETTERS = 8;

const ALEF = /[أإآٱ]/g;
const YEH = /[ىی]/g;
const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{Nd}]|\u0640/gu;
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * Identity form, version 1. FROZEN: ids of stored articles depend on it, so it is never edited; a better one would be a
 * new function and a new id. Letters and digits only, compatibility-folded, lower case, no marks or tatweel, alef, yeh,
 * teh marbuta and kaf unified, digits in ASCII. It does not use the cleaner, so a better cleaner changes no id.
 */
export function identityForm(visibleText: string): string {
  return rewrite(visibleText, FORMS) ?? formOf(visibleText);
}

function formOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(NOT_LETTER_OR_DIGIT, '')
    .replace(ALEF, 'ا')
    .replace(YEH, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(ARABIC_DIGIT, (digit) => String((digit.codePointAt(0) as number) & 0xf));
}

const FORMS = rewriting(formOf, { name: 'identity' });

/**
 * The id of an article: the first 22 base64url characters (132 bits) of SHA-256 over the identity form of its decoded
 * visible text before cleaning. Null when there are too few letters to be an article.
 */
export function articleId(visibleText: string): string | null {
  const form = identityForm(visibleText);
  if (!hasLetters(form)) return null;
  return hash('sha256', form, 'base64url').slice(0, 22);
}

function hasLetters(form: string): boolean {
  let letters = 0;
  for (let i = 0; i < form.length && letters < MIN_LETTERS; i++) {
    const unit = form.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) letters++;
  }
  return letters >= MIN_LETTERS;
}
