import { FORM } from '../watchlist/affixes.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { MARKER_HINT } from '../watchlist/code.ts';
import { HINTS } from '../watchlist/item.ts';
import { carried, earlier } from './antecedents.ts';
import { isRelativised, nounObject, nounSubject, owner } from './owners.ts';
import { fits, type PartyPlace } from './party.ts';
import type { Reading } from './reading.ts';
import {
  type Answer,
  clauseOf,
  type Filling,
  firstAfter,
  isFree,
  isUnmarked,
  lastBefore,
  MARKED_REACH,
  nearest,
  type Search,
  type Slot,
  sameClause,
  type Trigger,
  verbBetween,
  written,
} from './slot-search.ts';
import { object, subject } from './subjects.ts';

/** Whether nobody can fill a slot that must be filled: it takes only who stands in the sentence, and nobody there is of its kind. */
export function hasNobody(slot: Slot, trigger: Trigger, { parties, arabic }: Reading): boolean {
  if (slot.optional || slot.elsewhere === 'always') return false;
  if (slot.elsewhere === 'pronoun' && (!arabic || (trigger.form & FORM.pronoun) !== 0))
    return false;
  return !parties.some((party) => fits(party, slot.kinds));
}

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
    case 'topic':
      return clauseOf(search.reading, search.trigger.start) > 0 ? carried(search) : null;
    case 'speaker':
      return written(search, speaker(search)) ?? earlier(search);
    default: {
      const bit = CATEGORY[name as 'to'];
      return marked(search, (party) => (party.marker & bit) !== 0);
    }
  }
}

/**
 * A trigger that may be a noun and a verb (طلب) is tried as a verb first; the two find the same party there.
 * With a pronoun it is the noun: رفضه لقاء كوبلر is his refusal.
 */
function isVerb({ trigger, reading }: Search): boolean {
  const both = FORM.noun | FORM.pronoun;
  if (reading.arabic && (trigger.form & both) === both) return false;
  return (trigger.form & FORM.verb) !== 0;
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
