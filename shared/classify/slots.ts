import { FORM } from '../watchlist/affixes.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { MARKER_HINT } from '../watchlist/code.ts';
import { HINTS } from '../watchlist/item.ts';
import { fits, type PartyPlace } from './party.ts';
import type { Reader, Reading } from './reading.ts';
import type { Unit } from './sentence.ts';

/** The word that a pattern turns on. */
export interface Trigger {
  /** Words [start, end). */
  readonly start: number;
  readonly end: number;
  readonly form: number;
}

/** What a slot asks for. */
export interface Slot {
  readonly kinds: number;
  /** -1 for none, else an index into `ROLES`. */
  readonly role: number;
  readonly hints: readonly number[];
  readonly optional: boolean;
  readonly explicit: boolean;
}

/** How surely a party fills its slot: written there; carried over from the clause before; from a pronoun or an earlier sentence. */
export type Manner = 'written' | 'carried' | 'earlier';

/** What filled a slot. */
export interface Filling {
  readonly role: number;
  readonly manner: Manner;
  readonly sentence: number;
  readonly parties: readonly PartyPlace[];
}

/** A slot being filled. */
interface Search {
  readonly reader: Reader;
  readonly reading: Reading;
  readonly trigger: Trigger;
  readonly slot: Slot;
  /** Parties of this sentence that other slots have. */
  readonly taken: ReadonlySet<number>;
}

type Answer = {
  readonly party: PartyPlace;
  readonly manner: Manner;
  readonly reading: Reading;
} | null;

/** Words between a verb and its subject or object: a name with a long title fits, another clause seldom does. */
const REACH = 10;
/** Words between a trigger and a party that a preposition marks. */
const MARKED_REACH = 15;
/** Sentences back in which an unwritten subject is looked for. */
const SENTENCES_BACK = 2;

/** Fills a hinted slot, or says that nobody can. */
export function fillSlot(search: Search): Filling | null {
  for (const hint of search.slot.hints) {
    const answer = tryHint(search, hint);
    if (answer === null) continue;
    if (search.slot.explicit && answer.manner !== 'written') continue;
    return {
      role: search.slot.role,
      manner: answer.manner,
      sentence: answer.reading.sentence.index,
      parties: enumeration(answer.reading.parties, answer.party, search),
    };
  }
  return null;
}

function tryHint(search: Search, hint: number): Answer {
  if (hint >= MARKER_HINT) {
    return marked(search, (party) => party.markerSets.includes(hint - MARKER_HINT));
  }
  const name = HINTS[hint];
  switch (name) {
    case 'subject':
      return isVerb(search) ? subject(search) : nounSubject(search);
    case 'owner':
      return isVerb(search) ? subject(search) : owner(search);
    case 'object':
      return isVerb(search) ? object(search) : nounObject(search);
    case 'before':
      return written(
        search,
        lastBefore(search, (p) => sameClause(search, p)),
      );
    case 'after':
      return written(
        search,
        firstAfter(search, search.trigger.end, (p) => sameClause(search, p)),
      );
    case 'any':
      return written(search, nearest(search));
    case 'speaker':
      return written(search, speaker(search));
    default: {
      const bit = CATEGORY[name as 'to'];
      return marked(search, (party) => (party.marker & bit) !== 0);
    }
  }
}

/** A trigger whose reading is a noun and a verb (طلب) is tried as a verb first; the two find the same party there. */
function isVerb({ trigger }: Search): boolean {
  return (trigger.form & FORM.verb) !== 0;
}

function written({ reading }: Search, party: PartyPlace | undefined): Answer {
  return party === undefined ? null : { party, manner: 'written', reading };
}

/** The party with all that it is enumerated with, as far as they fit. */
function enumeration(
  parties: readonly PartyPlace[],
  party: PartyPlace,
  { slot, reading, taken }: Search,
): PartyPlace[] {
  const all = [party];
  const ours = parties === reading.parties;
  const free = (p: PartyPlace | undefined): p is PartyPlace =>
    p !== undefined && fits(p, slot.kinds) && !(ours && taken.has(p.index));
  const at = (index: number) => (index < 0 ? undefined : parties[index]);
  for (let p = at(party.previous); free(p); p = at(p.previous)) all.unshift(p);
  for (let p = at(party.next); free(p); p = at(p.next)) all.push(p);
  return all;
}

function isFree({ slot, taken, trigger }: Search, party: PartyPlace): boolean {
  if (taken.has(party.index) || !fits(party, slot.kinds)) return false;
  return party.end <= trigger.start || party.start >= trigger.end;
}

function clauseOf({ clauseAt, sentence }: Reading, word: number): number {
  return clauseAt[word - sentence.start] ?? 0;
}

function sameClause({ reading, trigger }: Search, party: PartyPlace): boolean {
  return clauseOf(reading, party.start) === clauseOf(reading, trigger.start);
}

function lastBefore(
  search: Search,
  accept: (party: PartyPlace) => boolean,
): PartyPlace | undefined {
  const { parties } = search.reading;
  for (let i = parties.length - 1; i >= 0; i--) {
    const party = parties[i] as PartyPlace;
    if (party.end <= search.trigger.start && isFree(search, party) && accept(party)) return party;
  }
  return undefined;
}

function firstAfter(
  search: Search,
  from: number,
  accept: (party: PartyPlace) => boolean,
): PartyPlace | undefined {
  for (const party of search.reading.parties) {
    if (party.start >= from && isFree(search, party) && accept(party)) return party;
  }
  return undefined;
}

function nearest(
  search: Search,
  accept: (party: PartyPlace) => boolean = () => true,
): PartyPlace | undefined {
  const { start, end } = search.trigger;
  let best: PartyPlace | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const party of search.reading.parties) {
    if (!isFree(search, party) || !accept(party)) continue;
    const distance = party.start >= end ? party.start - end : start - party.end;
    if (distance < least) {
      least = distance;
      best = party;
    }
  }
  return best;
}

/** Of words in the first person: who leads what stands before a colon (`البرهان من القاهرة: نحتاج`), else the nearest without a preposition. */
function speaker(search: Search): PartyPlace | undefined {
  const { clauses, parties } = search.reading;
  const clause = clauses[clauseOf(search.reading, search.trigger.start)];
  if (clause?.kind === 'break') {
    const lead = parties.find((p) => isUnmarked(p) && isFree(search, p) && p.end <= clause.start);
    if (lead !== undefined) return lead;
  }
  return nearest(search, isUnmarked) ?? nearest(search);
}

/** A party behind the trigger, or in its clause before it, with the mark asked for. */
function marked(search: Search, has: (party: PartyPlace) => boolean): Answer {
  const { end } = search.trigger;
  const near = (party: PartyPlace) => has(party) && party.start - end <= MARKED_REACH;
  const here = firstAfter(search, end, (p) => near(p) && sameClause(search, p));
  if (here !== undefined) return written(search, here);
  const before = lastBefore(search, (p) => has(p) && sameClause(search, p));
  if (before !== undefined) return written(search, before);
  const reaches = isRelativised(search)
    ? near
    : (party: PartyPlace) => near(party) && !verbBetween(search.reading, end, party.start);
  return written(search, firstAfter(search, end, reaches));
}

function units({ sentence }: Reading, from: number, to: number): Unit[] {
  const found: Unit[] = [];
  for (let word = from; word < to; ) {
    const unit = sentence.units[sentence.unitAt[word - sentence.start] as number] as Unit;
    found.push(unit);
    word = unit.end;
  }
  return found;
}

/** A verb of the clause of word `to` between two words: who stands before it is its subject, not a later verb's. */
function verbBetween(reading: Reading, from: number, to: number): boolean {
  if (to <= from) return false;
  const clause = clauseOf(reading, to);
  const inParty = (unit: Unit) =>
    reading.parties.some((p) => p.start <= unit.start && p.end >= unit.end);
  return units(reading, from, to).some(
    (unit) =>
      unit.verb &&
      (unit.categories & CATEGORY.passive) === 0 &&
      clauseOf(reading, unit.start) === clause &&
      !inParty(unit),
  );
}

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

function subject(search: Search): Answer {
  if (isPassive(search)) return agent(search);
  const before = subjectBefore(search);
  if (!search.reading.arabic) return written(search, before) ?? carried(search);
  if (before === undefined && isResumed(search)) {
    // رسالة طلب فيها تزويد قواته: who wrote it, unless somebody is named right behind.
    const near = subjectAfter(search, 1);
    return written(search, near ?? clauseLead(search)) ?? carried(search);
  }
  const after = subjectAfter(search, REACH);
  // زار الرئيس موسكو and الرئيس زار موسكو: what leads the clause comes first, else what follows the verb.
  return written(search, before ?? after) ?? carried(search);
}

function agent(search: Search): Answer {
  return written(search, firstAfter(search, search.trigger.end, isAgent));
}

function isUnmarked(party: PartyPlace): boolean {
  return party.marker === 0 && !party.possessive;
}

/** A verb form that has its subject from the verb before it: "agreed to send", "is considering flying". */
function isOpenVerb({ reading, trigger }: Search): boolean {
  return !reading.arabic && (trigger.form & (FORM.past | FORM.future)) === 0;
}

function subjectBefore(search: Search): PartyPlace | undefined {
  const { reading, trigger } = search;
  const clause = clauseOf(reading, trigger.start);
  const { kind, start, parent } = reading.clauses[clause] ?? { kind: 'main', start: 0, parent: -1 };
  if (reading.arabic && (trigger.form & FORM.conjunction) !== 0) return undefined;
  const accept = (party: PartyPlace) => {
    if (!isUnmarked(party) || !sameClause(search, party)) return false;
    if (!isOpenVerb(search) && verbBetween(reading, party.end, trigger.start)) return false;
    if (!reading.arabic) return true;
    // واشنطن in رفضت واشنطن طلب كييف is the subject of the verb before it.
    if (verbBetween(reading, start, party.start) && !wasOnly(search, start, party.start))
      return false;
    return party.start - start <= 2 || trigger.start - party.end <= 2;
  };
  const found = lastBefore(search, accept);
  if (found !== undefined || kind !== 'relative') return found && leader(search, found);
  // حفتر الذي يزور موسكو: whom the relative pronoun stands for, whatever marks him in his own clause.
  const antecedent = lastBefore(
    search,
    (p) => clauseOf(reading, p.start) === parent && start - p.end <= 2,
  );
  return antecedent;
}

/** `كان حفتر قد زار`: what comes before its subject is only the auxiliary. */
const AUXILIARY = /^[وف]?(?:كان|كانت|كانوا|يكون|تكون|سيكون|ستكون)$/u;

function wasOnly({ reader, reading }: Search, from: number, to: number): boolean {
  const { text, start, end } = reader.scan;
  return units(reading, from, to)
    .filter((unit) => unit.verb)
    .every((unit) => AUXILIARY.test(text.slice(start[unit.start], end[unit.end - 1])));
}

/** Of an enumeration its first. */
function leader({ reading }: Search, party: PartyPlace): PartyPlace {
  let first = party;
  while (first.previous >= 0 && isUnmarked(reading.parties[first.previous] as PartyPlace)) {
    first = reading.parties[first.previous] as PartyPlace;
  }
  return first;
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
      p.start - trigger.end <= reach &&
      !verbBetween(reading, trigger.end, p.start),
  );
}

/** A verbal noun of giving: its genitive is given something. */
const GIVING = /^[وف]?[بل]?(?:تزويد|مد|إمداد|امداد|تسليح|منح|إعطاء|اعطاء|تجهيز|تمكين|دعم|تسليم)$/u;

/** `طلب تزويد قواته بطائرات`: whom the asker wants it for. */
function isRecipient({ reader, reading, trigger }: Search, party: PartyPlace): boolean {
  if (party.start <= trigger.end) return false;
  const { text, start, end } = reader.scan;
  const before = units(reading, party.start - 1, party.start)[0];
  return before !== undefined && GIVING.test(text.slice(start[before.start], end[before.end - 1]));
}

/** What resumes a noun right behind the verb of a clause that tells of it: `رسالة طلب فيها`. */
const RESUMING = /^(?:فيه|فيها|فيهما|فيهم|خلاله|خلالها|خلالهما|بموجبه|بموجبها)$/u;

function isResumed({ reader, reading, trigger }: Search): boolean {
  if (trigger.end >= reading.sentence.end) return false;
  const { text, start, end } = reader.scan;
  return RESUMING.test(text.slice(start[trigger.end], end[trigger.end]));
}

/** Who leads the clause of the trigger. */
function clauseLead(search: Search): PartyPlace | undefined {
  const { parties } = search.reading;
  return parties.find(
    (p) =>
      p.end <= search.trigger.start && isUnmarked(p) && isFree(search, p) && sameClause(search, p),
  );
}

function object(search: Search): Answer {
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
  return (trigger.form & FORM.pronoun) !== 0 ? pronoun(search) : null;
}

/** Of a verbal noun: whoever the verb before it is said of (رفضت أسمرة استقبال ...), else its genitive. */
function nounSubject(search: Search): Answer {
  const before = lastBefore(search, (p) => isUnmarked(p) && sameClause(search, p));
  return before === undefined ? owner(search) : written(search, leader(search, before));
}

/** `تزويد الجيش`, `supplying Mali`: the genitive or object right behind. */
function nounObject(search: Search): Answer {
  const { trigger } = search;
  const near = (p: PartyPlace) => p.marker === 0 && p.start - trigger.end <= 2;
  const found = firstAfter(search, trigger.end, near);
  if (found !== undefined) return written(search, found);
  const to = (p: PartyPlace) => (p.marker & CATEGORY.to) !== 0 && p.start - trigger.end <= 4;
  const dative = search.reading.arabic ? firstAfter(search, trigger.end, to) : undefined;
  if (dative !== undefined) return written(search, dative);
  return (trigger.form & FORM.pronoun) !== 0 ? pronoun(search) : null;
}

/** Whose: the genitive, a possessive, the subject of the verb that carries the noun, who was spoken of. */
function owner(search: Search): Answer {
  const genitive = search.reading.arabic ? arabicGenitive(search) : europeanGenitive(search);
  if (genitive !== undefined) return written(search, genitive);
  if (hasPronoun(search)) return pronoun(search);
  const doer = search.reading.arabic ? doerBehind(search) : undefined;
  if (doer !== undefined) return written(search, doer);
  if (isRelativised(search)) {
    const inside = relativeSubject(search);
    if (inside !== undefined) return written(search, inside);
  }
  const inClause = lastBefore(search, (p) => isUnmarked(p) && sameClause(search, p));
  if (inClause !== undefined) return written(search, leader(search, inClause));
  const dative = search.reading.arabic ? dativeOwner(search) : undefined;
  if (dative !== undefined) return written(search, dative);
  const following = followingOwner(search);
  if (following !== undefined) return written(search, following);
  return carried(search);
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
  const { text } = search.reader.scan;
  const cyrillic = text.charCodeAt(search.reader.scan.start[trigger.start] as number) >= 0x400;
  return firstAfter(search, trigger.end, (p) => {
    const far = p.start - trigger.end;
    if (cyrillic) return p.marker === 0 && far === 0;
    const of = (p.marker & (CATEGORY.possessive | CATEGORY.by)) !== 0;
    return of && far <= 4 && !verbBetween(reading, trigger.end, p.start);
  });
}

function hasPronoun({ reading, trigger }: Search): boolean {
  if ((trigger.form & FORM.pronoun) !== 0) return true;
  if (reading.arabic) return false;
  const from = Math.max(reading.sentence.start, trigger.start - 3);
  return units(reading, from, trigger.start).some((u) => (u.categories & CATEGORY.pronoun) !== 0);
}

/** `الزيارة التي سيقوم بها ...`: a clause about the noun comes right behind it. */
function isRelativised({ reading, trigger }: Search): boolean {
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

/** Whom a pronoun means: who stands before it, else (في زيارته إلى موسكو قال حفتر) who comes after, else who was spoken of. */
function pronoun(search: Search): Answer {
  const before = lastBefore(search, isUnmarked);
  if (before !== undefined) {
    // The German chancellor met the opposition during her visit: who leads the clause, rather than whom he met.
    const first = search.reading.parties.find(
      (p) =>
        isUnmarked(p) &&
        isFree(search, p) &&
        clauseOf(search.reading, p.start) === clauseOf(search.reading, before.start),
    );
    const party = leader(search, first ?? before);
    return { party, manner: 'carried', reading: search.reading };
  }
  const after = firstAfter(
    search,
    search.trigger.end,
    (p) => isUnmarked(p) && (!sameClause(search, p) || opensSentence(search, p)),
  );
  if (after !== undefined) return { party: after, manner: 'carried', reading: search.reading };
  return earlier(search);
}

/** Words before a noun that opens its sentence with a pronoun that looks ahead: `خلال وجوده في بيروت، عقد المبعوث`. */
const OPENS_WITHIN = 3;

function opensSentence({ reading, trigger }: Search, party: PartyPlace): boolean {
  const opens = trigger.start - reading.sentence.start <= OPENS_WITHIN;
  return opens && verbBetween(reading, trigger.end, party.start);
}

/** Nobody is written: who leads the clauses before, else the sentences before. */
function carried(search: Search): Answer {
  const { reading, trigger } = search;
  const clause = clauseOf(reading, trigger.start);
  const before = lastBefore(search, (p) => isUnmarked(p) && clauseOf(reading, p.start) !== clause);
  if (before !== undefined && clause > 0) {
    return { party: leader(search, before), manner: 'carried', reading };
  }
  // Lebanon denied it had requested missiles: the pronoun stands for who leads the sentence.
  if (!reading.arabic && before === undefined && hasPronoun(search)) {
    const first = lastBefore(search, isUnmarked);
    if (first !== undefined) return { party: leader(search, first), manner: 'carried', reading };
  }
  // Arabic verbs need no subject; elsewhere a pronoun must stand for it.
  return reading.arabic || hasPronoun(search) ? earlier(search) : null;
}

function earlier({ reader, reading, slot }: Search): Answer {
  const { index } = reading.sentence;
  for (let back = 1; back <= SENTENCES_BACK && index - back >= 0; back++) {
    const before = reader.read(index - back);
    const party = before.parties.find((p) => isUnmarked(p) && fits(p, slot.kinds));
    if (party !== undefined) return { party, manner: 'earlier', reading: before };
  }
  return null;
}
