import { LETTER, NUMBER, runsOf } from '../text/characters.ts';

/** Letters that editors write one way or the other, each to the plainest. */
const FOLDS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ک: 'ك',
  ة: 'ه',
  ё: 'е',
};

/** The words and numbers of a text as stories compare them: lower case, without vowel signs, letters folded. */
export function tokensOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    // Vowel signs and tatweel: صـــــرَّح is صرح.
    .replaceAll(/[\u064B-\u0652\u0670\u0640]/g, '')
    .replaceAll(/[أإآٱىیئؤکةё]/g, (letter) => FOLDS[letter] ?? letter)
    // Arabic-Indic and Persian digits: ٣ is 3.
    .replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  return runsOf(plain, LETTER | NUMBER);
}
