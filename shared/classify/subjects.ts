import { GAP } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { carried, pronoun } from './antecedents.ts';
import {
  AUXILIARY,
  isGenitive,
  isMessage,
  isPronounOpened,
  isRecipient,
  isResumed,
} from './arabic-words.ts';
import type { PartyPlace } from './party.ts';
import type { Reading } from './reading.ts';
import {
  type Answer,
  clauseOf,
  firstAfter,
  isCyrillic,
  isFree,
  isUnmarked,
  lastBefore,
  leader,
  REACH,
  type Search,
  sameClause,
  units,
  verbBetween,
  written,
} from './slot-search.ts';

/** A form of "to be" before a past form, or an agent behind it ("hosted by"): what is written first is whom it befalls. */
function isPassive(search: Search): boolean {
  const { reading, trigger } = search;
  if (reading.arabic || (trigger.form & FORM.past) === 0) return false;
  const from = Math.max(reading.sentence.start, trigger.start - 3);
  const auxiliary = units(reading, from, trigger.start).some(
    (unit) => (unit.categories & CATEGORY.passive) !== 0,
  );
  const { parties } = reading;
  return (
    auxiliary ||
    parties.some((p) => isAgent(p) && p.start - trigger.end <= 3 && p.start >= trigger.end)
  );
}

function isAgent(party: PartyPlace): boolean {
  return (party.marker & CATEGORY.by) !== 0;
}

/** Who does what the trigger says: before or behind an Arabic verb, before any other, the agent of a passive. */
export function subject(search: Search): Answer {
  if (isPassive(search)) return agent(search);
  const before = subjectBefore(search);
  if (!search.reading.arabic) return written(search, before) ?? carried(search);
  if (before === undefined && isResumed(search)) {
    // رسالة طلب فيها تزويد قواته: who wrote it, unless somebody is named right behind.
    const near = subjectAfter(search, 1);
    return written(search, near ?? clauseLead(search)) ?? carried(search);
  }
  if (before === undefined && isPronounOpened(search)) return carried(search);
  const after = subjectAfter(search, REACH);
  // زار الرئيس موسكو and الرئيس زار موسكو: what leads the clause comes first, else what follows the verb.
  return written(search, before ?? after) ?? carried(search);
}

/** By whom; Russian says it by a case alone: принят новым руководством. */
function agent(search: Search): Answer {
  const { reader, trigger } = search;
  const by = firstAfter(search, trigger.end, isAgent);
  if (by !== undefined || !isCyrillic(reader, trigger.start)) return written(search, by);
  return written(search, subjectAfter(search, REACH));
}

/** A verb form that has its subject from the verb before it: "agreed to send", "is considering flying". */
function isOpenVerb(search: Search): boolean {
  const { reading, trigger } = search;
  if (reading.arabic) return false;
  return (trigger.form & (FORM.past | FORM.future)) === 0 || isPerfectInfinitive(search);
}

/** What makes a participle depend on the verb before: "denied having asked", `a démenti avoir livré`. */
const PERFECT = /^(?:having|have|avoir|être)$/iu;

function isPerfectInfinitive({ reader, reading, trigger }: Search): boolean {
  const { text, start, end } = reader.scan;
  const from = Math.max(reading.sentence.start, trigger.start - 2);
  return units(reading, from, trigger.start).some((unit) =>
    PERFECT.test(text.slice(start[unit.start], end[unit.end - 1])),
  );
}

function subjectBefore(search: Search): PartyPlace | undefined {
  const { reading, trigger } = search;
  const clause = clauseOf(reading, trigger.start);
  const { kind, start, parent } = reading.clauses[clause] ?? { kind: 'main', start: 0, parent: -1 };
  if (reading.arabic && (trigger.form & FORM.conjunction) !== 0) return undefined;
  const accept = (party: PartyPlace) => {
    if (!(isUnmarked(party) || leadsBreak(reading, party))) return false;
    if (!sameClause(search, party)) return false;
    if (isGenitive(search, party)) return false;
    if (!isOpenVerb(search) && verbBetween(reading, party.end, trigger.start)) return false;
    if (!reading.arabic) return true;
    // واشنطن in رفضت واشنطن طلب كييف is the subject of the verb before it.
    if (verbBetween(reading, start, party.start) && !wasOnly(search, start, party.start))
      return false;
    return party.start - start <= 2 || trigger.start - party.end <= 2;
  };
  const found = lastBefore(search, accept);
  if (found !== undefined) return leader(search, found);
  if (kind !== 'relative') return reading.arabic ? undefined : behindParticiple(search);
  // The clause of a place (Astana, where he met Tokayev) has its own subject.
  if (!reading.arabic && isOfPlace(reading, start)) return undefined;
  // حفتر الذي يزور موسكو: whom the relative pronoun stands for, whatever marks him in his own clause.
  const antecedent = lastBefore(
    search,
    (p) => clauseOf(reading, p.start) === parent && start - p.end <= 1,
  );
  return antecedent;
}

/** `Venu à Conakry, le président`, "Arriving in Ankara, the minister": a participle opens the sentence, its subject follows a comma. */
export function behindParticiple(search: Search): PartyPlace | undefined {
  const { reading, trigger } = search;
  const { start, units: all, unitAt } = reading.sentence;
  if (trigger.start - start > OPENS_WITHIN) return undefined;
  const followsComma = (p: PartyPlace) => {
    const at = unitAt[p.start - start] as number;
    const gaps = all.slice(Math.max(0, at - 1), at + 1).map(({ gap }) => gap);
    return gaps.some((gap) => (gap & GAP.comma) !== 0);
  };
  return firstAfter(
    search,
    trigger.end,
    (p) => isUnmarked(p) && sameClause(search, p) && followsComma(p),
  );
}

/** Words before a participle that opens its sentence: "Accompanied by ..." 0, "Arriving" 0, `Tout juste arrivé` 2. */
const OPENS_WITHIN = 2;

/** "after the president left": what reads as a preposition opens the clause that he leads. */
function leadsBreak(reading: Reading, party: PartyPlace): boolean {
  if (reading.arabic || party.possessive || party.marker !== CATEGORY.other) return false;
  const { kind, start } = reading.clauses[clauseOf(reading, party.start)] ?? {
    kind: 'main',
    start: 0,
  };
  return kind === 'break' && party.start - start <= 2;
}

function isOfPlace({ sentence }: Reading, at: number): boolean {
  const unit = sentence.units[sentence.unitAt[at - sentence.start] as number];
  return unit !== undefined && (unit.categories & CATEGORY.adjunct) !== 0;
}

/** `كان حفتر قد زار`: what comes before its subject is only the auxiliary. */
function wasOnly({ reader, reading }: Search, from: number, to: number): boolean {
  const { text, start, end } = reader.scan;
  return units(reading, from, to)
    .filter((unit) => unit.verb)
    .every((unit) => AUXILIARY.test(text.slice(start[unit.start], end[unit.end - 1])));
}

function subjectAfter(search: Search, reach: number): PartyPlace | undefined {
  const { reading, trigger } = search;
  return firstAfter(
    search,
    trigger.end,
    (p) =>
      isUnmarked(p) &&
      sameClause(search, p) &&
      !isRecipient(search, p) &&
      !isMessage(search, p) &&
      p.start - trigger.end <= reach &&
      !verbBetween(reading, trigger.end, p.start),
  );
}

/** Who leads the clause of the trigger, if it stands before it. */
export function clauseLead(search: Search): PartyPlace | undefined {
  const { parties } = search.reading;
  return parties.find(
    (p) =>
      p.end <= search.trigger.start && isUnmarked(p) && isFree(search, p) && sameClause(search, p),
  );
}

/** Whom the trigger befalls: who follows the verb without a preposition, or leads a passive. */
export function object(search: Search): Answer {
  const { reading, trigger } = search;
  if (isPassive(search)) return written(search, subjectBefore(search)) ?? carried(search);
  const after = (party: PartyPlace) => {
    if (party.marker !== 0 || !sameClause(search, party)) return false;
    return (
      party.start - trigger.end <= REACH * 2 && !verbBetween(reading, trigger.end, party.start)
    );
  };
  const found = firstAfter(search, trigger.end, after);
  if (found !== undefined) return written(search, found);
  // A headline leaves the auxiliary out: "Le dirigeant syrien reçu à la Maison Blanche".
  if (!reading.arabic && (trigger.form & FORM.past) !== 0)
    return written(search, subjectBefore(search));
  return (trigger.form & FORM.pronoun) !== 0 ? pronoun(search) : null;
}
