import type { FoundDate } from '../article.ts';
import { ymd } from './date-value.ts';

/** /2017/08/14/, /2017-08-14-slug, /20170814/ */
const URL_DATE =
  /(?<!\d)(?<y>(?:19|20)\d{2})[/-](?<m>0?[1-9]|1[0-2])[/-](?<d>0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(?<y2>20\d{2})(?<m2>0[1-9]|1[0-2])(?<d2>[0-2]\d|3[01])(?!\d)/;

/** The day in an address such as `/2017/08/14/slug`. */
export function dateInUrl(url: string | null): FoundDate | null {
  const groups = url === null ? undefined : URL_DATE.exec(url)?.groups;
  if (groups === undefined) return null;
  const { y, m, d, y2, m2, d2 } = groups;
  const value = ymd(Number(y ?? y2), Number(m ?? m2), Number(d ?? d2));
  return value === null ? null : { value, precision: 'day', origin: 'url', confidence: 0.85 };
}
