import { UsageError } from './io.ts';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** Milliseconds of a stretch of time: `30m`, `24h`, `7d`, `2w`. @throws UsageError when it is none. */
export function stretchOf(text: string, option: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new UsageError(`${option} ${text}: it wants a stretch of time such as 24h or 7d`);
  return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/**
 * A moment: so long ago (`7d`), or a date in UTC (`2026-11-01`, `2026-11-01T12:00`).
 * @throws UsageError when it is neither.
 */
export function momentOf(text: string, option: string, now: Date): Date {
  if (/^\d+(?:\.\d+)?[mhdw]$/.test(text)) return new Date(now.getTime() - stretchOf(text, option));
  const isDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/.test(text);
  const time = isDate
    ? Date.parse(text.length > 10 && !text.endsWith('Z') ? `${text}Z` : text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`${option} ${text}: it wants 7d, 24h, 2026-11-01 or 2026-11-01T12:00`);
  return new Date(time);
}
