/** Islamic (Umm al-Qura) and Persian dates as Gregorian ones, through the tables of Intl. */
const DAY_MS = 86_400_000;

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  /** UTC start of year 1 and mean lengths in days: within four days of the truth. */
  readonly epoch: number;
  readonly yearDays: number;
  readonly monthDays: number;
}

const calendar = (name: string, epoch: number, yearDays: number, monthDays: number): Calendar => ({
  format: new Intl.DateTimeFormat(`en-u-ca-${name}-nu-latn`, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }),
  epoch,
  yearDays,
  monthDays,
});

// Made when first needed: an Intl format costs some milliseconds, and few articles print such a date.
let islamic: Calendar | null = null;
let persian: Calendar | null = null;

/** `2017-08-14` for 22 Dhu al-Qadah 1438; null if there is no such day. */
export function fromHijri(year: number, month: number, day: number): string | null {
  islamic ??= calendar('islamic-umalqura', Date.UTC(622, 6, 16), 354.367, 29.53);
  return convert(islamic, year, month, day);
}

/** `2023-06-05` for 15 Khordad 1402; null if there is no such day. */
export function fromPersian(year: number, month: number, day: number): string | null {
  persian ??= calendar('persian', Date.UTC(622, 2, 22), 365.2422, 30.6);
  return convert(persian, year, month, day);
}

function convert(of: Calendar, year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const guess = Math.floor((year - 1) * of.yearDays + (month - 1) * of.monthDays + day - 1);
  for (let off = -6; off <= 6; off++) {
    const at = new Date(of.epoch + (guess + off) * DAY_MS);
    const parts = new Map(of.format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [y, m, d] = [parts.get('year'), parts.get('month'), parts.get('day')].map(Number);
    if (y === year && m === month && d === day) return at.toISOString().slice(0, 10);
  }
  return null;
}
