import type { FoundDate } from '../article.ts';
import { once } from '../once.ts';
import { fromHijri, fromPersian } from './calendars.ts';
import { fold } from './fold.ts';
import { alternatives, HIJRI_MONTH, MONTH_NUMBER, PERSIAN_MONTH } from './month-names.ts';

/** A date as written: value and precision of a `FoundDate`. */
export type DateValue = Pick<FoundDate, 'value' | 'precision'>;

/** Nothing on the web is older; a smaller year is a price or a count. */
const MIN_YEAR = 1990;
const MAX_YEAR = 2099;
/** A date is never longer; the rest of a long meta value is not looked at. */
const MAX_CHARS = 300;

// Patterns with names in them are made when a text first has a number: they are long, and take milliseconds.
const month = once(() => alternatives(MONTH_NUMBER));
const YEAR = '(?<y>(?:19|20)\\d{2})(?!\\d)';
const NO_LETTER = '(?![\\p{L}\\p{M}])';

/** 2017-08-14, 2017/8/14, 2017.08.14 */
const YMD = /(?<!\d)(?<y>(?:19|20)\d{2})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)/u;
/** 20170814, 20170814T1605 */
const COMPACT = /(?<!\d)(?<y>(?:19|20)\d{2})(?<m>0[1-9]|1[0-2])(?<d>[0-2]\d|3[01])(?!\d{3})/u;
/** 14 أغسطس/آب 2017, 14th of August, 2017, 14 août 2017, 14 августа 2017 г., ١٤ من أغسطس عام ٢٠١٧ */
const dayMonthYear = once(
  () =>
    new RegExp(
      `(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?[ -]*(?:de |of |d'|من )?(?:شهر )?(?<![\\p{L}])(?<m>${month()})${NO_LETTER}\\.?(?: ?[/(-] ?(?:${month()})\\)?)?[ ,،-]*(?:من )?(?:عام |سنه |de |del )?${YEAR}`,
      'u',
    ),
);
/** August 14, 2017; أغسطس 14، 2017 */
const monthDayYear = once(
  () =>
    new RegExp(
      `(?<![\\p{L}\\p{M}])(?<m>${month()})${NO_LETTER}\\.?(?: ?/ ?(?:${month()}))?[ ]+(?<d>\\d{1,2})(?:st|nd|rd|th)?[ ,،]+${YEAR}`,
      'u',
    ),
);
/** 2017 August 14; 2017، 14 أغسطس */
const yearMonthDay = once(
  () =>
    new RegExp(
      `(?<!\\d)(?<y>(?:19|20)\\d{2})[ ,،-]+(?:(?<d1>\\d{1,2})[ ]+)?(?<m>${month()})${NO_LETTER}(?:[ ]+(?<d2>\\d{1,2})(?!\\d))?`,
      'u',
    ),
);
/** أغسطس 2017, August 2017 */
const monthYear = once(
  () =>
    new RegExp(
      `(?<![\\p{L}\\p{M}])(?<m>${month()})${NO_LETTER}\\.?(?: ?/ ?(?:${month()}))?[ ,،]+(?:عام )?${YEAR}`,
      'u',
    ),
);
/** 14/08/2017, 14.8.17, 14-8-2017 */
const NUMERIC =
  /(?<![\d.])(?<a>\d{1,2})(?<sep>[-/.\\])(?<b>\d{1,2})\k<sep>(?<y>(?:19|20)?\d{2})(?![\d.]*\d)/u;
/** 22 ذو القعدة 1438 */
const hijriDate = once(
  () =>
    new RegExp(
      `(?<!\\d)(?<d>\\d{1,2})[ -]*(?:من )?(?:شهر )?(?<m>${alternatives(HIJRI_MONTH)})${NO_LETTER}[ ,،-]*(?:عام |سنه )?(?<y>1[34]\\d{2})(?!\\d)`,
      'u',
    ),
);
/** 1438/11/22 هـ; folded, هـ is ه */
const HIJRI_NUMERIC =
  /(?<!\d)(?:(?<y>14\d{2})[-/](?<m>\d{1,2})[-/](?<d>\d{1,2})|(?<d2>\d{1,2})[-/](?<m2>\d{1,2})[-/](?<y2>14\d{2}))\s*ه(?!\p{L})/u;
/** 15 خرداد 1402 */
const persianDate = once(
  () =>
    new RegExp(
      `(?<!\\d)(?<d>\\d{1,2})[ ]*(?<m>${alternatives(PERSIAN_MONTH)})${NO_LETTER}[ ,،]*(?:ماه )?(?<y>1[34]\\d{2})(?!\\d)`,
      'u',
    ),
);
/** 1402/03/15 */
const PERSIAN_NUMERIC = /(?<!\d)(?<y>1[34]\d{2})[-/](?<m>\d{1,2})[-/](?<d>\d{1,2})(?!\d)/u;
/** T16:05:00+03:00, 16:05, 4:05 PM, 4:05 مساء; at most a dozen characters behind the date */
const TIME =
  /^[^\d\p{L}]{0,4}(?:г\.?|года|t|at|à|в|عند|الساعه|ساعت|um|-|\|)?[^\d\p{L}]{0,4}(?<h>\d{1,2})[:h](?<min>[0-5]\d)(?::(?<s>[0-5]\d)(?:[.,]\d{1,9})?)?\s*(?<half>[ap]\.?m\.?|صباحا|مساء|[صم](?!\p{L}))?\s*(?<zone>z(?![\p{L}\d])|utc|gmt|[+-](?:0\d|1[0-4]):?[0-5]\d)?/u;

/** How a publisher writes an ambiguous 04/05/2017: the day first, but in the United States. */
export interface DateStyle {
  readonly monthFirst: boolean;
}

/** Reads the first date in a short text: a meta value, a `<time>`, a label. Local as written; null if there is none. */
export function readDate(
  written: string,
  style: DateStyle = { monthFirst: false },
): DateValue | null {
  const text = fold(written.slice(0, MAX_CHARS));
  if (!/\d/.test(text)) return null;
  return (
    gregorian(text, style) ??
    otherCalendar(text) ??
    monthOnly(text) ??
    yearOnly(text) ??
    epoch(text)
  );
}

const GREGORIAN = [() => YMD, dayMonthYear, monthDayYear, yearMonthDay, () => COMPACT];

type Groups = Readonly<Record<string, string | undefined>>;

function gregorian(text: string, style: DateStyle): DateValue | null {
  for (const pattern of GREGORIAN) {
    const match = pattern().exec(text);
    if (match === null) continue;
    const { y, m, d, d1, d2 } = match.groups as Groups;
    const day = d ?? d1 ?? d2;
    if (day === undefined) continue;
    const month = MONTH_NUMBER.get(m ?? '') ?? Number(m);
    const date = ymd(Number(y), month, Number(day));
    if (date !== null) return withTime(date, text, match);
  }
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const { a, b, y = '' } = match.groups as Groups;
  const year = y.length === 2 ? Number(y) + (Number(y) > 89 ? 1900 : 2000) : Number(y);
  const [first, second] = [Number(a), Number(b)];
  const dayFirst = ymd(year, second, first);
  const monthFirst = ymd(year, first, second);
  // 3.14.15 is a version: with two digits for the year only the publisher's own order counts.
  const other = y.length === 2 ? null : style.monthFirst ? dayFirst : monthFirst;
  const date = (style.monthFirst ? monthFirst : dayFirst) ?? other;
  return date === null ? null : withTime(date, text, match);
}

function otherCalendar(text: string): DateValue | null {
  const day = (value: string | null): DateValue | null =>
    value === null ? null : { value, precision: 'day' };
  const hijri = hijriDate().exec(text)?.groups ?? HIJRI_NUMERIC.exec(text)?.groups;
  if (hijri !== undefined) {
    const { y, y2, m, m2, d, d2 } = hijri as Groups;
    const month = HIJRI_MONTH.get(m ?? '') ?? Number(m ?? m2);
    return day(fromHijri(Number(y ?? y2), month, Number(d ?? d2)));
  }
  const persian = persianDate().exec(text)?.groups ?? PERSIAN_NUMERIC.exec(text)?.groups;
  if (persian === undefined) return null;
  const month = PERSIAN_MONTH.get(persian['m'] ?? '') ?? Number(persian['m']);
  return day(fromPersian(Number(persian['y']), month, Number(persian['d'])));
}

function monthOnly(text: string): DateValue | null {
  const iso = /^((?:19|20)\d{2})-(0[1-9]|1[0-2])$/.exec(text);
  if (iso !== null) return { value: text, precision: 'month' };
  const { y, m } = (monthYear().exec(text)?.groups ?? {}) as Groups;
  const month = MONTH_NUMBER.get(m ?? '');
  if (y === undefined || month === undefined) return null;
  return { value: `${y}-${pad(month)}`, precision: 'month' };
}

function yearOnly(text: string): DateValue | null {
  return /^(?:19|20)\d{2}$/.test(text) ? { value: text, precision: 'year' } : null;
}

/** Seconds or milliseconds since 1970, in UTC: 1502726700. */
function epoch(text: string): DateValue | null {
  if (!/^1\d{9}(?:\d{3})?$/.test(text)) return null;
  const at = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
  return { value: `${at.toISOString().slice(0, 19)}Z`, precision: 'time' };
}

/** `YYYY-MM-DD` of a day that exists; null otherwise. */
export function ymd(year: number, month: number, day: number): string | null {
  if (!(year >= MIN_YEAR && year <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1)) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return `${year}-${pad(month)}-${pad(day)}`;
}

const pad = (n: number): string => String(n).padStart(2, '0');

function withTime(date: string, text: string, match: RegExpExecArray): DateValue {
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
  const time = TIME.exec(after)?.groups as Groups | undefined;
  if (time === undefined) return { value: date, precision: 'day' };
  const { h, min, s, half = '', zone = '' } = time;
  let hour = Number(h);
  if (/^(?:p|م)/.test(half) && hour < 12) hour += 12;
  if (/^(?:a|ص)/.test(half) && hour === 12) hour = 0;
  if (hour > 23) return { value: date, precision: 'day' };
  const offset = /^[zug]/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const seconds = s === undefined ? '' : `:${s}`;
  return { value: `${date}T${pad(hour)}:${min}${seconds}${offset}`, precision: 'time' };
}
