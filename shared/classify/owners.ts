import { FORM } from '../watchlist/affixes.ts';
import { ANY_MARKER, CATEGORY } from '../watchlist/categories.ts';
import { KINDS } from '../watchlist/item.ts';
import { carried, hasPronoun, pronoun } from './antecedents.ts';
import { isRecipient } from './arabic-words.ts';
import { fits, type PartyPlace } from './party.ts';
import type { Reading } from './reading.ts';
import type { Unit } from './sentence.ts';
import {
  type Answer,
  firstAfter,
  isCyrillic,
  isUnmarked,
  lastBefore,
  leader,
  MARKED_REACH,
  REACH,
  type Search,
  sameClause,
  units,
  verbBetween,
  written,
} from './slot-search.ts';
import { behindParticiple, clauseLead } from './subjects.ts';

/** Of a verbal noun: whoever the verb before it is said of (رفضت أسمرة استقبال ...), else its genitive. */
export function nounSubject(search: Search): Answer {
  const before = lastBefore(search, (p) => isUnmarked(p) && sameClause(search, p));
  const behind =
    before === undefined && !search.reading.arabic ? behindParticiple(search) : undefined;
  if (behind !== undefined) return written(search, behind);
  if (before === undefined) return owner(search);
  // Tripoli's minister handed his counterpart a list: not who gets it.
  const first = isIndirectObject(search, before) ? (clauseLead(search) ?? before) : before;
  return written(search, leader(search, first));
}

/** `تزويد الجيش`, `supplying Mali`: the genitive or object right behind. */
export function nounObject(search: Search): Answer {
  const { trigger } = search;
  const near = (p: PartyPlace) =>
    p.marker === 0 &&
    (p.start - trigger.end <= 2 ||
      (isCyrillic(search.reader, trigger.start) && isBehindPlaces(search.reading, trigger.end, p)));
  const found = firstAfter(search, trigger.end, near);
  if (found !== undefined) return written(search, found);
  const to = (p: PartyPlace) => (p.marker & CATEGORY.to) !== 0 && p.start - trigger.end <= 4;
  const dative = search.reading.arabic ? firstAfter(search, trigger.end, to) : undefined;
  if (dative !== undefined) return written(search, dative);
  return (trigger.form & FORM.pronoun) !== 0 ? pronoun(search) : null;
}

/** Whose: the genitive, a possessive, the subject of the verb that carries the noun, who was spoken of. */
export function owner(search: Search): Answer {
  const genitive = search.reading.arabic ? arabicGenitive(search) : europeanGenitive(search);
  if (genitive !== undefined) return written(search, genitive);
  const adjective = search.reading.arabic ? undefined : adjectiveOwner(search);
  if (adjective !== undefined) return written(search, adjective);
  if (hasPronoun(search)) return pronoun(search);
  if (search.reading.arabic && isOfStrangers(search)) return null;
  const nation = search.reading.arabic ? nationBehind(search) : undefined;
  if (nation !== undefined) return written(search, nation);
  const dated = search.reading.arabic ? dativeBehind(search) : undefined;
  if (dated !== undefined) return written(search, dated);
  const doer = search.reading.arabic ? doerBehind(search) : undefined;
  if (doer !== undefined) return written(search, doer);
  if (isRelativised(search)) {
    const inside = relativeSubject(search);
    if (inside !== undefined) return written(search, inside);
  }
  const inClause = lastBefore(search, (p) => isUnmarked(p) && sameClause(search, p));
  if (inClause !== undefined) {
    const receives = isIndirectObject(search, inClause);
    const subject = receives ? clauseLead(search) : undefined;
    return written(search, leader(search, subject ?? inClause));
  }
  const dative = search.reading.arabic ? dativeOwner(search) : undefined;
  if (dative !== undefined) return written(search, dative);
  const following = followingOwner(search);
  if (following !== undefined) return written(search, following);
  return carried(search);
}

/** Words between a noun and the strangers whose it is: `زيارة لوفد من رجال الأعمال`. */
const STRANGERS_WITHIN = 4;

/** Whether strangers follow the noun before any party does: it is theirs. */
function isOfStrangers({ reading, trigger }: Search): boolean {
  const last = Math.min(trigger.end + STRANGERS_WITHIN, reading.sentence.end);
  const behind = units(reading, trigger.end, last);
  const at = behind.findIndex(({ categories }) => (categories & CATEGORY.stranger) !== 0);
  if (at < 0) return false;
  const stranger = (behind[at] as Unit).start;
  return !reading.parties.some((p) => p.start >= trigger.end && p.start <= stranger);
}

/** `طلب سوداني للحصول على`: an adjective right behind the noun says whose, and stands for the state. */
function nationBehind({ reading, trigger, slot }: Search): PartyPlace | undefined {
  const unit = units(reading, trigger.end, Math.min(trigger.end + 1, reading.sentence.end))[0];
  if (unit === undefined || unit.adjective < 0 || unit.gap !== 0) return undefined;
  const { sentence } = reading;
  const at = sentence.unitAt[trigger.end - sentence.start] as number;
  const state: PartyPlace = {
    start: unit.start,
    end: unit.end,
    unit: at,
    kind: 'org',
    actor: -1,
    nation: unit.adjective,
    of: -1,
    pronoun: false,
    possessive: false,
    index: -1 - at,
    marker: 0,
    markerSets: [],
    next: -1,
    previous: -1,
  };
  return fits(state, slot.kinds) ? state : undefined;
}

/** Words between a noun and whose it is by ل: `أول زيارة رسمية لوفد تركي إلى دمشق`. */
const DATIVE_WITHIN = 2;

/** `أول زيارة لوفد تركي إلى دمشق`: whose by ل behind the noun, where another preposition says where to. */
function dativeBehind(search: Search): PartyPlace | undefined {
  const { trigger, reading } = search;
  const whose = firstAfter(
    search,
    trigger.end,
    (p) => (p.marker & CATEGORY.for) !== 0 && p.start - trigger.end <= DATIVE_WITHIN,
  );
  if (whose === undefined) return undefined;
  const goal = (p: PartyPlace) =>
    p.start >= whose.end &&
    (p.marker & CATEGORY.to) !== 0 &&
    (p.marker & CATEGORY.for) === 0 &&
    !verbBetween(reading, whose.end, p.start);
  return reading.parties.some(goal) ? whose : undefined;
}

/** `نوايا لحفتر بطلب السلاح`: whose by ل, right before the noun. */
function dativeOwner(search: Search): PartyPlace | undefined {
  const { start } = search.trigger;
  return lastBefore(
    search,
    (p) => (p.marker & CATEGORY.for) !== 0 && sameClause(search, p) && start - p.end <= 1,
  );
}

/** What resumes a noun in the clause behind it. */
const RESUMED = /^(?:بها|به|بهما|إليها|فيها)$/u;
/** Words between a noun and the verb of the clause that tells of it, and from there to what resumes the noun. */
const CLAUSE_OPENS_WITHIN = 3;
const RESUMED_WITHIN = 12;

/** `زيارة يعتزم ترامب القيام بها`, `زيارة رسمية يقوم بها وفد`: the subject of the verb behind. */
function doerBehind(search: Search): PartyPlace | undefined {
  const { reading, reader, trigger } = search;
  const last = Math.min(reading.sentence.end, trigger.end + RESUMED_WITHIN);
  const behind = units(reading, trigger.end, last);
  const verb = behind.slice(0, CLAUSE_OPENS_WITHIN).find((unit) => unit.verb);
  if (verb === undefined) return undefined;
  const { text, start, end } = reader.scan;
  const wordsOf = (unit: Unit) => text.slice(start[unit.start], end[unit.end - 1]);
  if (!behind.some((unit) => RESUMED.test(wordsOf(unit)))) return undefined;
  return firstAfter(search, verb.end, (p) => isUnmarked(p) && p.start - verb.end <= REACH);
}

function arabicGenitive(search: Search): PartyPlace | undefined {
  const { trigger, reading } = search;
  if ((trigger.form & (FORM.definite | FORM.pronoun)) !== 0) return undefined;
  return firstAfter(
    search,
    trigger.end,
    (p) =>
      p.marker === 0 && p.start - trigger.end <= 1 && !verbBetween(reading, trigger.end, p.start),
  );
}

function europeanGenitive(search: Search): PartyPlace | undefined {
  const { trigger, reading } = search;
  const possessor = lastBefore(search, (p) => p.possessive && trigger.start - p.end <= 3);
  if (possessor !== undefined) return possessor;
  const cyrillic = isCyrillic(search.reader, trigger.start);
  return firstAfter(search, trigger.end, (p) => {
    const far = wordsBetween(reading, trigger.end, p.start);
    // визит Хафтара, прием в Белом доме сирийского лидера
    if (cyrillic)
      return (
        p.marker === 0 &&
        far <= (p.start === trigger.end ? 0 : 1) &&
        isBehindPlaces(reading, trigger.end, p)
      );
    const of = (p.marker & (CATEGORY.possessive | CATEGORY.by)) !== 0;
    return of && far <= 4 && !verbBetween(reading, trigger.end, p.start);
  });
}

/** Words of [from, to) that are in no party. */
function wordsBetween({ parties }: Reading, from: number, to: number): number {
  const inside = parties.filter((p) => p.start >= from && p.end <= to);
  return to - from - inside.reduce((sum, p) => sum + p.end - p.start, 0);
}

/** Whether a party follows a word directly, or behind one that a preposition marks. */
function isBehindPlaces({ parties }: Reading, from: number, party: PartyPlace): boolean {
  if (party.start === from) return true;
  const before = parties[party.index - 1];
  return (
    before !== undefined &&
    before.start >= from &&
    before.marker !== 0 &&
    before.end === party.start
  );
}

/** `la demande irakienne`, "the Iranian request": the nation of an adjective right beside the noun. */
function adjectiveOwner({ reading, trigger, slot }: Search): PartyPlace | undefined {
  const { units: all, unitAt, start } = reading.sentence;
  const first = unitAt[trigger.start - start] as number;
  const last = unitAt[trigger.end - 1 - start] as number;
  const unit = [all[first - 1], all[last + 1]].find(
    (u) =>
      u !== undefined &&
      u.adjective >= 0 &&
      !reading.parties.some((p) => p.start <= u.start && p.end >= u.end),
  );
  if (unit === undefined || (KINDS.state & slot.kinds) === 0) return undefined;
  return {
    start: unit.start,
    end: unit.end,
    unit: unitAt[unit.start - start] as number,
    kind: 'state',
    actor: unit.adjective,
    nation: -1,
    of: -1,
    pronoun: false,
    possessive: false,
    index: -1,
    marker: 0,
    markerSets: [],
    next: -1,
    previous: -1,
  };
}

/** `Судан направил Ирану запрос`, "gave Iran a list": between a verb and its object stands who gets it. */
function isIndirectObject({ reading, trigger }: Search, party: PartyPlace): boolean {
  if (reading.arabic || trigger.start - party.end > 2) return false;
  const marked = units(reading, party.end, trigger.start).some(
    (unit) => (unit.categories & ANY_MARKER) !== 0,
  );
  if (marked) return false;
  const from = Math.max(reading.sentence.start, party.start - 2);
  return units(reading, from, party.start).some(
    (unit) => unit.verb && (unit.categories & CATEGORY.saying) === 0,
  );
}

/** `الزيارة التي سيقوم بها ...`: a clause about the noun comes right behind it. */
export function isRelativised({ reading, trigger }: Search): boolean {
  const { sentence, clauses, clauseAt } = reading;
  const next = clauseAt[trigger.end - sentence.start];
  return (
    next !== undefined && clauses[next]?.kind === 'relative' && clauses[next]?.start === trigger.end
  );
}

function relativeSubject(search: Search): PartyPlace | undefined {
  const { end } = search.trigger;
  return firstAfter(search, end, (p) => isUnmarked(p) && p.start - end <= MARKED_REACH);
}

/** `بدأ اليوم زيارة إلى موسكو وفد ليبي`: the subject behind its verb's noun. */
function followingOwner(search: Search): PartyPlace | undefined {
  const { reading, trigger } = search;
  if (!reading.arabic) return undefined;
  return firstAfter(
    search,
    trigger.end,
    (p) =>
      p.marker === 0 &&
      sameClause(search, p) &&
      !isRecipient(search, p) &&
      p.start - trigger.end <= REACH &&
      !verbBetween(reading, trigger.end, p.start),
  );
}
