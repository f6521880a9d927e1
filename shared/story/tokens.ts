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

/** Latin, Cyrillic, Arabic and what stands between their words: all of most texts. */
const USUAL = /^[\0-\u024f\u0400-\u052f\u0600-\u06ff\u2000-\u206f]*$/;
/** Their letters and numbers: what `ANY_WORD` says costs a cold start 2 ms to be made, this a tenth (2026-11). */
const USUAL_WORD =
  /[\dA-Za-z\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0400-\u0481\u048a-\u052f\u0620-\u064a\u0660-\u0669\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee-\u06fc\u06ff]+/g;
const ANY_WORD = /[\p{L}\p{N}]+/gu;

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
  return plain.match(USUAL.test(plain) ? USUAL_WORD : ANY_WORD) ?? [];
}
