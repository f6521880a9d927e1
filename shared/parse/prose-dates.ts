import type { FoundDate } from '../article.ts';
import { once } from '../once.ts';
import { DATE_LABEL } from './date-labels.ts';
import { readDate, ymd } from './date-value.ts';
import { fold } from './fold.ts';
import { alternatives, MONTH_NUMBER, WEEKDAY } from './month-names.ts';

/** Dates that the text itself gives. */
export interface ProseDates {
  readonly published: FoundDate | null;
  readonly modified: FoundDate | null;
}

/** `موسكو 14 أغسطس 2017 (رويترز) - `, `MOSCOW, August 14, 2017 (Reuters) —`: a date before the dash that opens an agency's text. */
const DATELINE = /^.{0,60}?\d.{0,50}?(?:\)\s*[-–—:]|\s[-–—]{1,2}\s|\/\s?\p{L}{2,12}\s?\/)/u;
const DATELINE_CHARS = 120;
/** What every dateline has, and few openings: the pattern itself costs a cold start 2 ms (2026-11). */
const MAY_BE_DATELINE = /^.{0,60}\d.*[)–—/-]/u;
const TODAY_WORDS = ['اليوم', 'today', 'сегодня', "aujourd'hui", 'امروز'];
/** `اليوم الإثنين 14 أغسطس 2017`, `today, 14 August 2017`, `сегодня, 14 августа 2017`: the day of writing named with its date */
const today = once(
  () =>
    new RegExp(
      `(?<!\\p{L})(?:${TODAY_WORDS.join('|')})(?!\\p{L})[ ,،(]*(?<wd>${alternatives(WEEKDAY)})?[ ,،]*(?<rest>(?:\\d|(?<=[ ,])\\p{L}{3,9}\\.? \\d{1,2}, ).{0,30})`,
      'u',
    ),
);
const WEEKDAYS = [...WEEKDAY.keys()];
/** A day of a month stands before the month's name: most numbers are longer, or something else. */
const DAY = /(?<!\d)\d{1,2} /;
/** `الإثنين 14 أغسطس/آب`: a weekday with day and month, but no year */
const weekdayDate = once(
  () =>
    new RegExp(
      `(?<!\\p{L})(?<wd>${alternatives(WEEKDAY)})[ ,،(]*(?<d>\\d{1,2})(?: من)? (?<m>${alternatives(MONTH_NUMBER)})(?!\\p{L})(?!\\s*/?\\s*\\p{L}*\\s*[,،]? ?\\d{4})`,
      'u',
    ),
);
/** Words of plans: the day named is not the day of writing. */
const AHEAD =
  /(?<!\p{L})(?:غدا?|ال(?:مقبل|قادم)ه?|موعد|تاجيل|سوف|tomorrow|next|will|scheduled|завтра|состоится|demain|prochaine?)(?!\p{L})/u;
/** The opening says when; further down dates belong to the story's past. */
const OPENING_PARAGRAPHS = 2;
/** An article that prints a year is written in it or the next: looked for further, one weekday in seven fits by chance. */
const YEARS_AFTER = 1;

/** Dates from labelled lines first, then a dateline, then the day of writing named in the opening; a mere date in prose is never taken. */
export function findDates(dateLines: readonly string[], body: readonly string[]): ProseDates {
  const published = labelled(dateLines, 'published') ?? fromOpening(body);
  return { published, modified: labelled(dateLines, 'modified') };
}

function labelled(lines: readonly string[], kind: 'published' | 'modified'): FoundDate | null {
  for (const line of lines) {
    const folded = fold(line);
    // One line may carry both: "تم النشر: ... تم التحديث: ..."
    const parts = folded.split(/(?=تم التحديث|اخر تحديث|updated|обновлено|mis à jour)/u);
    for (const part of parts) {
      const isModified = DATE_LABEL.modified().test(part);
      if (isModified !== (kind === 'modified')) continue;
      const date = readDate(part);
      if (date === null || date.precision === 'year') continue;
      const isLabelled = DATE_LABEL[kind]().test(part);
      return {
        ...date,
        origin: isLabelled ? 'label' : 'text',
        confidence: isLabelled ? 0.75 : 0.65,
      };
    }
  }
  return null;
}

function fromOpening(body: readonly string[]): FoundDate | null {
  const first = fold((body[0] ?? '').slice(0, DATELINE_CHARS));
  const dateline = MAY_BE_DATELINE.test(first) ? DATELINE.exec(first) : null;
  const opened = dateline === null ? null : readDate(dateline[0]);
  if (opened !== null && opened.precision === 'day') {
    return { ...opened, origin: 'text', confidence: 0.65 };
  }
  const opening = body
    .slice(0, OPENING_PARAGRAPHS)
    .map((paragraph) => fold(paragraph.slice(0, 1_000)));
  for (const paragraph of opening) {
    if (!/\d/.test(paragraph) || !TODAY_WORDS.some((word) => paragraph.includes(word))) continue;
    const { wd, rest = '' } = (today().exec(paragraph)?.groups ?? {}) as Record<
      string,
      string | undefined
    >;
    const named = readDate(rest);
    if (named?.precision !== 'day') continue;
    // A slip of the year shows in the weekday: no date is better than a wrong one.
    if (wd !== undefined && new Date(named.value).getUTCDay() !== WEEKDAY.get(wd)) continue;
    return { ...named, origin: 'text', confidence: 0.6 };
  }
  return fromWeekday(opening, body);
}

function yearsIn(body: readonly string[]): number[] {
  return body
    .flatMap((line) => fold(line).match(/(?<!\d)(?:199|20[0-3])\d(?!\d)/g) ?? [])
    .map(Number);
}

/** The year in which that day was that weekday, from the greatest year that the text prints on. */
function fromWeekday(opening: readonly string[], body: readonly string[]): FoundDate | null {
  for (const paragraph of opening.slice(0, 1)) {
    if (!DAY.test(paragraph) || !WEEKDAYS.some((name) => paragraph.includes(name))) continue;
    const groups = weekdayDate().exec(paragraph)?.groups;
    if (groups === undefined || AHEAD.test(paragraph)) continue;
    const printed = yearsIn(body);
    if (printed.length === 0) return null;
    const from = Math.max(...printed);
    const month = MONTH_NUMBER.get(groups['m'] as string) as number;
    for (let year = from; year <= from + YEARS_AFTER; year++) {
      const value = ymd(year, month, Number(groups['d']));
      if (value !== null && new Date(value).getUTCDay() === WEEKDAY.get(groups['wd'] as string)) {
        return { value, precision: 'day', origin: 'text', confidence: 0.4 };
      }
    }
  }
  return null;
}
