import { once } from '../once.ts';
import { DATE_LABEL } from './date-labels.ts';
import { readDate } from './date-value.ts';
import { countWords } from './fold.ts';
import { HIJRI_MONTH, MONTH_NUMBER, PERSIAN_MONTH, WEEKDAY } from './month-names.ts';
import { byOpening } from './phrase-index.ts';
import { DATE_LABEL_OPENINGS, DATE_LABEL_SOURCES } from './phrases.ts';

/** What a line shows by itself, wherever it stands. */
export interface LineSigns {
  readonly text: string;
  readonly folded: string;
  readonly words: number;
}

const STOPS = '.۔…';
const CLOSERS = '"\'”’»)]';
/** Ends as a sentence: a headline may end with ? or !, hardly ever with a full stop. Read from behind, where it is seen at once. */
export function isStopped(text: string): boolean {
  let last = text.length - 1;
  while (last >= 0 && CLOSERS.includes(text[last] as string)) last--;
  return last >= 0 && STOPS.includes(text[last] as string);
}
const END = /[.!?؟…。۔:;؛]["'”’»)\]]*$/;
/** `By A. Writer`, `بقلم أحمد سامي`; words that also open a headline (تقرير أممي يؤكد) need a sign after them. */
const BYLINE =
  /^(?:(?:by|written by|reporting by|edited by|reported by|بقلم|par|propos recueillis par|von|por)(?:\s*[:：/-]\s*|\s+)|(?:author|كتب|كتبت|تحرير|اعداد|ترجمه|تقرير|متابعه|حوار|الكاتب|المحرر|المصدر|source|автор|источник|текст|نويسنده|di|haber)\s*[:：/-]\s*)\S/u;
/** `المصدر: رويترز` */
export const SOURCE_LABEL = /^(?:المصدر|مصدر الخبر|source|источник|منبع)\s*[:：]\s*(.{2,60})$/u;
/** Ends with the name of an agency behind a dash, slash or bracket: a caption, as in `… في موسكو - رويترز`. */
export const CREDIT =
  /(?:[-–—/(:©]\s*)(?:جيتي|غيتي|رويترز|ا ف ب|اف ب|ا\.ف\.ب|فرانس برس|الاناضول|اسوشيتد برس|ارشيفيه|ارشيف|د ب ا|وام|واس|وكالات|getty(?: images)?|reuters|afp|ap|epa|tass|тасс|риа новости|ap photo|anadolu|file|архив|shutterstock)\)?\.?$/u;

/** Words that a date may hold besides its numbers, folded. */
const dateWords = once(
  () =>
    new Set([
      ...[MONTH_NUMBER, WEEKDAY, HIJRI_MONTH, PERSIAN_MONTH].flatMap((names) =>
        [...names.keys()].flatMap((name) => name.split(' ')),
      ),
      ...'st nd rd th er am pm a p m t z gmt utc est edt cet mst pst bst at on the of de du le à h s ص م صباحا مساء الساعه ساعه ساعات دقيقه دقائق يوم ايام منذ قبل بتوقيت غرينتش جرينتش مكه القدس القاهره توقيت من ه هـ الموافق عام سنه г год года в мск час часов часа минут минуты назад дней hour hours minute minutes min mins day days ago heure heures minutes il y a jours ساعت روز sun mon tue wed thu fri sat'.split(
        ' ',
      ),
    ]),
);

const dateLabelsLike = byOpening(Object.values(DATE_LABEL_SOURCES), DATE_LABEL_OPENINGS);

/** `تم النشر: 14 أغسطس 2017 - 16:05`: a label and little more than digits and month names. */
export function isDateLabel({ folded, words }: LineSigns): boolean {
  if (words > 16) return false;
  if (dateLabelsLike.like(folded).length === 0) return false;
  let rest = folded;
  // One line may carry both labels: "تم النشر: تم التحديث:"
  for (let i = 0; i < 2; i++) {
    const label = DATE_LABEL.published().exec(rest) ?? DATE_LABEL.modified().exec(rest);
    if (label === null) return i > 0 && isDateText(rest);
    rest = rest.slice(label[0].length).trim();
    if (rest === '') return true;
  }
  return (
    isDateText(rest) ||
    (!isStopped(rest) &&
      words <= 10 &&
      /^[^\p{L}\d]*\d/u.test(rest) &&
      readDate(rest)?.precision === 'day')
  );
}

/** A line that is nothing but a date. */
export function isDateOnly({ folded, words }: LineSigns): boolean {
  return words <= 14 && isDateText(folded);
}

/** Digits, names of months, days and zones, nothing else: `الاثنين 14 أغسطس 2017 16:05 GMT`, `3 hours ago`. */
function isDateText(folded: string): boolean {
  if (!/\d/.test(folded) || folded.length > 120) return false;
  const words = folded.match(/\p{L}+/gu) ?? [];
  return (
    words.every((word) => dateWords().has(word)) &&
    (words.length > 0 || /\d[\d/.:-]*\d/.test(folded))
  );
}

/** A line that names who wrote or sent it. */
export function isByline({ folded, words, text }: LineSigns): boolean {
  if (words > 9 || isStopped(text) || (words > 5 && SOURCE_LABEL.test(folded))) return false;
  return (
    BYLINE.test(folded) ||
    (/^[\p{L} .'’-]{2,40}\s[–—|/-]\s[\p{L} .'’-]{2,30}$/u.test(text) && words <= 5)
  );
}

/** `الخرطوم : رصد الرواية الأولى`, `أحمد سامي`: too short for a deck, and no sentence. */
export function isLoose({ words, text }: LineSigns): boolean {
  if (END.test(text) || /["«“]/.test(text)) return false;
  return words <= 3 || (words <= 6 && /\s[–—|:-]\s|\s\|\s?/.test(text));
}

/** `2022-06-18 · كتب: محرر الموقع`, `By A. Writer | 14 August 2017`: parts that are each a date or a byline, or short beside one. */
export function isMetaLine(line: LineSigns): boolean {
  if (line.words > 14 || isStopped(line.text)) return false;
  const parts = line.folded.split(/\s*[·•|]\s*/u).filter((part) => part !== '');
  const tells = (part: string): boolean => isDateText(part) || BYLINE.test(part);
  return (
    parts.length > 1 &&
    parts.some(tells) &&
    parts.every((part) => tells(part) || countWords(part) <= 4)
  );
}
