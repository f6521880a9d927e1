import type { Time } from './time.ts';

/** A schedule's expression, understood: when it is due next. */
export type Schedule = (after: number) => number | null;

const UNIT_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `rate(10 minutes)`, `cron(0 6 * * ? *)` or `at(2026-11-22T06:00:00)`, in UTC; throws for anything else. */
export function readSchedule(expression: string, startedAt: number): Schedule {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inside) ?? [];
    const period = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
    if (period > 0) {
      return (after) => startedAt + (Math.floor((after - startedAt) / period) + 1) * period;
    }
  }
  if (kind === 'at' && !Number.isNaN(Date.parse(`${inside}Z`))) {
    return (after) => (Date.parse(`${inside}Z`) > after ? Date.parse(`${inside}Z`) : null);
  }
  if (kind === 'cron') return cron(inside);
  throw new Error(`the local host does not understand the schedule ${expression}`);
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** A year has this many minutes; whatever is not due within four years never is. */
const MAX_DAYS = 4 * 366;

/** `minutes hours day-of-month month day-of-week year`; without the marks L, W and #. */
function cron(inside: string): Schedule {
  const fields = inside.split(/\s+/);
  if (fields.length !== 6) throw new Error(`a cron expression has six fields: cron(${inside})`);
  const [minutes, hours, dates, months, days, years] = [
    fieldOf(fields[0], 0, 59, []),
    fieldOf(fields[1], 0, 23, []),
    fieldOf(fields[2], 1, 31, []),
    fieldOf(fields[3], 1, 12, MONTHS),
    fieldOf(fields[4], 1, 7, DAYS),
    fieldOf(fields[5], 1970, 2199, []),
  ];
  const isDay = (at: Date) =>
    years.has(at.getUTCFullYear()) &&
    months.has(at.getUTCMonth() + 1) &&
    dates.has(at.getUTCDate()) &&
    days.has(at.getUTCDay() + 1);
  return (after) => {
    const day = new Date(after);
    day.setUTCHours(0, 0, 0, 0);
    for (let n = 0; n < MAX_DAYS; n++, day.setUTCDate(day.getUTCDate() + 1)) {
      if (!isDay(day)) continue;
      for (const hour of hours) {
        for (const minute of minutes) {
          const at = day.getTime() + hour * 3_600_000 + minute * 60_000;
          if (at > after) return at;
        }
      }
    }
    return null;
  };
}

/** `*`, `?`, `5`, `1-5`, `0/15`, `MON-FRI`, and lists of these; ascending. */
function fieldOf(
  text: string | undefined,
  min: number,
  max: number,
  names: readonly string[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const number = (word: string) => {
    const index = names.indexOf(word.toUpperCase());
    const value = index === -1 ? Number(word) : index + 1;
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new Error(`the local host does not understand "${text}" in a cron expression`);
    }
    return value;
  };
  for (const part of (text ?? '').split(',')) {
    const [range = '', step] = part.split('/');
    const [from, to] = range.split('-');
    const isAll = range === '*' || range === '?';
    const first = isAll ? min : number(from ?? '');
    const last = isAll || (step !== undefined && to === undefined) ? max : number(to ?? from ?? '');
    for (let n = first; n <= last; n += Number(step ?? 1)) found.add(n);
  }
  return new Set([...found].sort((a, b) => a - b));
}

/** Runs `act` whenever the schedule is due, until the signal aborts; a due time that was slept through counts once. */
export async function keepSchedule(
  next: Schedule,
  act: () => void,
  time: Time,
  scale: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const now = time.now();
    const due = next(now);
    if (due === null) return;
    await time.until(now + (due - now) * scale, signal);
    if (signal.aborted) return;
    act();
  }
}
