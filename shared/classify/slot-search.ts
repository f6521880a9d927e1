import { CATEGORY } from '../watchlist/categories.ts';
import { fits, type PartyPlace } from './party.ts';
import type { Reader, Reading } from './reading.ts';
import type { Unit } from './sentence.ts';

/** Words between a verb and its subject or object: a name with a long title fits, another clause seldom does. */
export const REACH = 10;
/** Words between a trigger and a party that a preposition marks. */
export const MARKED_REACH = 15;

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
  /** Whether somebody of another sentence may fill it: never; where a pronoun stands for an object; always. */
  readonly elsewhere: 'never' | 'pronoun' | 'always';
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
export interface Search {
  readonly reader: Reader;
  readonly reading: Reading;
  readonly trigger: Trigger;
  readonly slot: Slot;
  /** Parties of this sentence that other slots have. */
  readonly taken: ReadonlySet<number>;
}

export type Answer = {
  readonly party: PartyPlace;
  readonly manner: Manner;
  readonly reading: Reading;
} | null;

/** A party that stands in the sentence at hand as the answer to a slot. */
export function written({ reading }: Search, party: PartyPlace | undefined): Answer {
  return party === undefined ? null : { party, manner: 'written', reading };
}

/** Whether a party may fill the slot: of its kind, outside the trigger, and in no other slot. */
export function isFree({ slot, taken, trigger }: Search, party: PartyPlace): boolean {
  if (taken.has(party.index) || !fits(party, slot.kinds)) return false;
  return party.end <= trigger.start || party.start >= trigger.end;
}

/** The clause of a word, as an index into `clauses`. */
export function clauseOf({ clauseAt, sentence }: Reading, word: number): number {
  return clauseAt[word - sentence.start] ?? 0;
}

/** Whether a party stands in the clause of the trigger. */
export function sameClause({ reading, trigger }: Search, party: PartyPlace): boolean {
  return clauseOf(reading, party.start) === clauseOf(reading, trigger.start);
}

/** The nearest free party before the trigger that is acceptable. */
export function lastBefore(
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

/** The first free and acceptable party at or behind a word. */
export function firstAfter(
  search: Search,
  from: number,
  accept: (party: PartyPlace) => boolean,
): PartyPlace | undefined {
  for (const party of search.reading.parties) {
    if (party.start >= from && isFree(search, party) && accept(party)) return party;
  }
  return undefined;
}

/** The free and acceptable party with the fewest words between it and the trigger. */
export function nearest(
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

/** Whether no preposition stands before a party and it owns nothing: it can be a subject. */
export function isUnmarked(party: PartyPlace): boolean {
  return party.marker === 0 && !party.possessive;
}

/** Whether a word is written in Cyrillic. */
export function isCyrillic({ scan }: Reader, word: number): boolean {
  const code = scan.text.charCodeAt(scan.start[word] as number);
  return code >= 0x400 && code < 0x530;
}

/** Of an enumeration its first. */
export function leader({ reading }: Search, party: PartyPlace): PartyPlace {
  let first = party;
  while (first.previous >= 0 && isUnmarked(reading.parties[first.previous] as PartyPlace)) {
    first = reading.parties[first.previous] as PartyPlace;
  }
  return first;
}

/** The units of the words [from, to) of a sentence. */
export function units({ sentence }: Reading, from: number, to: number): Unit[] {
  const found: Unit[] = [];
  for (let word = from; word < to; ) {
    const unit = sentence.units[sentence.unitAt[word - sentence.start] as number] as Unit;
    found.push(unit);
    word = unit.end;
  }
  return found;
}

/** A verb of the clause of word `to` between two words: who stands before it is its subject, not a later verb's. */
export function verbBetween(reading: Reading, from: number, to: number): boolean {
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
