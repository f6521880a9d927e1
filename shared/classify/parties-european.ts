import type { Actor } from '../watchlist/artifact.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import type { Kind } from '../watchlist/item.ts';
import { type Chunk, INSIDE, kindOfRole, type PartyContext } from './party.ts';
import {
  apposition,
  comesFrom,
  continues,
  type Draft,
  genitive,
  isName,
  modify,
} from './party-complements.ts';
import type { Unit } from './sentence.ts';

/** Unknown names before a known one that are taken for given names: Касым-Жомарт Токаев. */
const GIVEN_NAMES = 2;

/** The party that starts at a unit of an English, French or Russian sentence, and the unit after it; null if none does. */
export function europeanParty(
  context: PartyContext,
  at: number,
): { chunk: Chunk; next: number } | null {
  const draft: Draft = {
    kind: null,
    aide: false,
    actor: -1,
    pending: -1,
    anonymous: 0,
    titled: false,
    nation: -1,
    of: -1,
    possessive: false,
    end: at,
  };
  let next = at;
  while (next < context.units.length) {
    const taken = extend(context, draft, next, at);
    if (taken === 0) break;
    next += taken;
  }
  return finish(context, draft, at);
}

function finish(
  context: PartyContext,
  draft: Draft,
  at: number,
): { chunk: Chunk; next: number } | null {
  const { actors, units } = context;
  const first = units[at] as Unit;
  if (draft.pending >= 0 && draft.kind === null && draft.actor < 0) draft.actor = draft.pending;
  else if (draft.pending >= 0) modify(context, draft, draft.pending);
  const actor = actors[draft.actor];
  const unknownPerson = draft.anonymous >= 2 || (draft.anonymous > 0 && draft.titled);
  const kind = draft.kind ?? actor?.kind ?? (unknownPerson ? 'person' : null);
  if (kind === null || draft.end === at) return null;
  if (actor === undefined && isOfStrangers(units, at, draft.end)) return null;
  const end = (units[draft.end - 1] as Unit).end;
  const { nation, of, possessive } = draft;
  const chunk = {
    start: first.start,
    end,
    unit: at,
    kind,
    actor: draft.actor,
    nation,
    of,
    pronoun: false,
    possessive,
  };
  return { chunk, next: draft.end };
}

/** `the club president`, `a delegation of players`: whom strangers sent is a stranger. */
function isOfStrangers(units: readonly Unit[], at: number, end: number): boolean {
  const isStranger = (unit: Unit | undefined) =>
    unit !== undefined && (unit.categories & CATEGORY.stranger) !== 0;
  if (at > 0 && isStranger(units[at - 1]) && (units[at] as Unit).gap === 0) return true;
  const of = units[end];
  if (of === undefined || (of.categories & CATEGORY.possessive) === 0) return false;
  return isStranger(units[end + 1]) || isStranger(units[end + 2]);
}

function extend(context: PartyContext, draft: Draft, next: number, at: number): number {
  const unit = context.units[next] as Unit;
  if (next > at) {
    if (draft.possessive) return 0;
    if ((unit.gap & ~INSIDE) !== 0) return apposition(context, draft, next);
  }
  if ((unit.categories & CATEGORY.stranger) !== 0) return 0;
  const role = kindOfRole(unit);
  if (unit.name >= 0 && (role === null || unit.end - unit.start > 1))
    return name(context, draft, next);
  if (role !== null) return head(context, draft, unit, role, next);
  if (unit.people >= 0 && draft.kind === null && draft.actor < 0)
    return people(context, draft, next);
  if (unit.adjective >= 0) {
    if (draft.actor >= 0 || draft.anonymous > 0) return 0;
    // прием в Белом доме сирийского лидера: the adjective is the next party's.
    if (draft.pending >= 0 && !context.nounsModify) return 0;
    if (draft.nation < 0) draft.nation = unit.adjective;
    if (draft.kind !== null) draft.end = next + 1;
    return 1;
  }
  if (draft.kind !== null && (unit.categories & CATEGORY.possessive) !== 0)
    return genitive(context, draft, next);
  if (comesFrom(context, draft, next)) return genitive(context, draft, next);
  if (
    (unit.categories & (CATEGORY.filler | CATEGORY.title)) !== 0 &&
    draft.actor < 0 &&
    !unit.verb
  ) {
    if ((unit.categories & CATEGORY.title) !== 0) draft.titled = true;
    if (draft.kind !== null) draft.end = next + 1;
    return 1;
  }
  return isName(context, unit) ? unknown(draft, unit, next) : 0;
}

function unknown(draft: Draft, unit: Unit, next: number): number {
  if (draft.anonymous >= 4) return 0;
  draft.anonymous++;
  draft.end = next + 1;
  if (unit.possessive) draft.possessive = true;
  return 1;
}

function head(context: PartyContext, draft: Draft, unit: Unit, role: Kind, next: number): number {
  if (isModifier(context, next)) return 1;
  // A second head behind a name is another party's: "Putin foreign minister".
  if (draft.actor >= 0 || draft.anonymous > 0) return 0;
  if (draft.pending >= 0 && !context.nounsModify) return 0;
  // прилетевший в столицу министр: a place is no part of a person's title.
  if (draft.kind === 'place' && role !== 'place' && !context.nounsModify) return 0;
  // The Kenyan leader heads to Ankara: a noun elsewhere, a verb here.
  if (draft.kind !== null && unit.verb && isTowards(context.units[next + 1])) return 0;
  // глава Минобороны: where nouns do not stand before what they modify, the first is the head.
  if (draft.kind === null || context.nounsModify) draft.kind = role;
  draft.aide = (unit.categories & CATEGORY.aide) !== 0;
  draft.end = next + 1;
  if (unit.possessive) draft.possessive = true;
  return 1;
}

function isTowards(unit: Unit | undefined): boolean {
  return unit !== undefined && (unit.categories & (CATEGORY.to | CATEGORY.for)) !== 0;
}

function people(context: PartyContext, draft: Draft, next: number): number {
  const unit = context.units[next] as Unit;
  const after = context.units[next + 1];
  draft.nation = unit.people;
  // In "Libyan commander" the people's word is an adjective.
  if (
    after !== undefined &&
    (kindOfRole(after) !== null || (after.categories & CATEGORY.filler) !== 0)
  )
    return 1;
  // A people acts as a state does; it does not travel as a delegation.
  draft.kind = 'org';
  draft.anonymous = 4;
  draft.end = next + 1;
  return 1;
}

function name(context: PartyContext, draft: Draft, next: number): number {
  const unit = context.units[next] as Unit;
  const actor = context.actors[unit.name] as Actor;
  if (draft.actor === unit.name) {
    draft.end = next + 1;
    return 1;
  }
  if (draft.actor >= 0) return 0;
  if (unit.possessive) {
    const goesOn = headFollows(context, next + 1);
    if (goesOn && draft.kind === null) {
      modify(context, draft, unit.name);
      return 1;
    }
    draft.possessive = true;
  }
  if (actor.kind === 'person') {
    // На встрече в Вашингтоне Зеленский попросит: a place is no part of a name.
    if (draft.pending >= 0 && draft.kind === null) return 0;
    if (draft.anonymous > GIVEN_NAMES || (draft.anonymous > 0 && draft.kind !== null)) return 0;
    if (draft.aide) draft.of = unit.name;
    else draft.actor = unit.name;
  } else if (draft.kind === null) {
    if (draft.pending >= 0) return 0;
    draft.pending = unit.name;
  } else if (draft.kind === 'place') {
    draft.actor = unit.name;
    draft.kind = actor.kind;
  } else if (draft.nation < 0 && draft.of < 0 && draft.anonymous === 0)
    modify(context, draft, unit.name);
  else return 0;
  draft.end = next + 1;
  return 1;
}

/** Whether a possessor is followed by a head of its own: "Russia's foreign minister", not "Russia's first official visit". */
function headFollows(context: PartyContext, from: number): boolean {
  for (let at = from; at < context.units.length; at++) {
    const unit = context.units[at] as Unit;
    if ((unit.gap & ~INSIDE) !== 0 || !continues(unit)) return false;
    if (kindOfRole(unit) !== null && !isModifier(context, at)) return true;
  }
  return false;
}

/** A word that is a role elsewhere stands before a plain noun: the official visit, general elections; not: the president plans. */
function isModifier(context: PartyContext, at: number): boolean {
  const unit = context.units[at];
  const after = context.units[at + 1];
  if (unit === undefined || (unit.categories & CATEGORY.filler) === 0 || unit.possessive)
    return false;
  if (!context.nounsModify || after === undefined || (after.gap & ~INSIDE) !== 0) return false;
  const plain = after.categories === 0 && after.adjective < 0 && after.name < 0 && after.people < 0;
  return plain && after.noun;
}
