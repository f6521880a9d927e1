/** How common letters are in running text of their language; the rest of the alphabet scores less. */
const COMMON = new Set('اليموندرتبعةسفهكقأحоеаинтсрвлкмдпуОЕАИНТСРВЛКМДПУ');
const LETTER = /[ء-ي٠-٩پچگکیабвгдежзийклмнопрстуфхцчшщъыьэюяё]/;
const CAPITAL = /[А-ЯЁ]/;
const SMALL_CYRILLIC = /[а-яё]/;
const ARABIC = /[ء-ي]/;
const ARABIC_MARK = /[\u064b-\u0652]/;
const ARABIC_MIDDLE = /[،؟؛ـ\u200c-\u200f]/;
const SIGN = /[«»“”‘’„–—…•·°©®№€£\u00a0]/;
const LATIN = /[A-Za-z]/;
const ACCENTED = /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]/;
/** Accented letters that French, German, Spanish, Turkish and Portuguese really use: `é` often, `ð` never. */
const USUAL_ACCENTED = /[àâäáãçéèêëíîïñóôöõúùûüßÉÀÇÖÜÄœŒ]/;
const OTHER_SCRIPT = /[\u0400-\u06ff]/;

/** How much a decoding looks like Arabic, Persian, Russian or accented Latin: mean weight of its characters beyond ASCII, about -20 to 4. */
export function scoreText(text: string, latin: boolean): number {
  let score = 0;
  let counted = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x80) continue;
    const before = text[i - 1] ?? '';
    score += weigh(text[i] as string, before, text[i + 1] ?? '', latin);
    counted++;
  }
  return counted === 0 ? 0 : score / counted;
}

function weigh(c: string, before: string, after: string, latin: boolean): number {
  const code = c.charCodeAt(0);
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) return -20;
  const besideLatin = LATIN.test(before) || LATIN.test(after);
  if (latin && ACCENTED.test(c)) return accented(c, before, after, besideLatin);
  if (OTHER_SCRIPT.test(c) && besideLatin && !ARABIC_MIDDLE.test(c)) return -6;
  if (CAPITAL.test(c)) return SMALL_CYRILLIC.test(before) ? -6 : 1;
  if (LETTER.test(c)) return COMMON.has(c) ? 4 : 2;
  if (ARABIC_MARK.test(c)) return ARABIC.test(before) ? 1 : -6;
  if (ARABIC_MIDDLE.test(c)) return 2;
  if (SIGN.test(c)) return 0.5;
  return -3;
}

/** One accented letter among plain ones is a word; three in a row are bytes of another alphabet. */
function accented(c: string, before: string, after: string, besideLatin: boolean): number {
  if (ACCENTED.test(before) && ACCENTED.test(after)) return -4;
  if (!besideLatin) return USUAL_ACCENTED.test(c) && !ACCENTED.test(before + after) ? 1 : -2;
  return USUAL_ACCENTED.test(c) ? 4 : 1;
}
