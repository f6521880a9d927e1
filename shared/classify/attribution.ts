import { GAP } from '../text/sentences.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { ACTOR_KINDS, HINTS } from '../watchlist/item.ts';
import { governs } from './clauses.ts';
import type { Match } from './matcher.ts';
import type { Reader, Reading } from './reading.ts';
import type { Unit } from './sentence.ts';
import { fillSlot } from './slots.ts';

/** Words of a source that no party covers: "according to two people close to the talks". */
const MAX_SOURCE_WORDS = 6;

/** Who says so, as written: the subject of a verb of saying that governs the event, or the source that "according to" names. */
export function attributionOf(reader: Reader, reading: Reading, match: Match): string | null {
  const { units } = reading.sentence;
  for (const [index, unit] of units.entries()) {
    if ((unit.categories & CATEGORY.according) === 0) continue;
    const source = namedSource(reader, reading, index + 1);
    if (source !== null) return source;
  }
  const saying = units.findLast((unit) => says(reading, unit, match));
  return saying === undefined ? null : speaker(reader, reading, saying, match);
}

function says(reading: Reading, unit: Unit, { trigger }: Match): boolean {
  if ((unit.categories & CATEGORY.saying) === 0) return false;
  if (unit.start >= trigger.start && unit.start < trigger.end) return false;
  const { clauseAt, sentence } = reading;
  const own = clauseAt[trigger.start - sentence.start] ?? 0;
  const its = clauseAt[unit.start - sentence.start] ?? 0;
  return governs(reading, its, own) || (own === its && !reading.arabic);
}

function speaker(reader: Reader, reading: Reading, unit: Unit, { fillings }: Match): string | null {
  const filling = fillSlot({
    reader,
    reading,
    trigger: { start: unit.start, end: unit.end, form: unit.form | VERB },
    slot: {
      kinds: ACTOR_KINDS,
      role: -1,
      hints: [SUBJECT],
      optional: true,
      explicit: true,
      elsewhere: 'always',
    },
    taken: new Set(),
  });
  const party = filling?.parties[0];
  if (party === undefined) return null;
  const own = fillings.some(
    (f) =>
      f.sentence === reading.sentence.index &&
      f.manner === 'written' &&
      f.parties.some((p) => p.index === party.index),
  );
  return own && !reading.arabic ? null : stretch(reader, party.start, party.end);
}

const SUBJECT = HINTS.indexOf('subject');
const VERB = 1 << 10;

function namedSource(reader: Reader, reading: Reading, from: number): string | null {
  const first = reading.sentence.units[from];
  if (first === undefined) return null;
  const party = reading.parties.find((p) => p.start >= first.start && p.start - first.start <= 1);
  if (party !== undefined) return stretch(reader, first.start, party.end);
  let last = from;
  while (
    last + 1 < reading.sentence.units.length &&
    last + 1 - from < MAX_SOURCE_WORDS &&
    ((reading.sentence.units[last + 1] as Unit).gap & ~(GAP.quote | GAP.hyphen)) === 0
  ) {
    last++;
  }
  return stretch(reader, first.start, (reading.sentence.units[last] as Unit).end);
}

function stretch({ scan }: Reader, start: number, end: number): string {
  return scan.text.slice(scan.start[start], scan.end[end - 1]);
}
