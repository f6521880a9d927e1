import { GAP } from '../text/sentences.ts';
import type { Actor } from '../watchlist/artifact.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import type { Kind } from '../watchlist/item.ts';
import { INSIDE, kindOfRole, type PartyContext } from './party.ts';
import type { Unit } from './sentence.ts';

/** A European party while it is read, unit by unit. */
export interface Draft {
  kind: Kind | null;
  /** The head is an envoy or a spokesman: a name behind it is whom it serves. */
  aide: boolean;
  actor: number;
  /** A state or body named before the head is known: it is the party, or only modifies the head. */
  pending: number;
  anonymous: number;
  titled: boolean;
  nation: number;
  of: number;
  possessive: boolean;
  /** The unit after the last that surely belongs to it. */
  end: number;
}

/** A state gives the party its country, anybody else is whom it belongs to. */
export function modify(context: PartyContext, draft: Draft, index: number): void {
  const { kind } = context.actors[index] as Actor;
  if (kind === 'state' || kind === 'city') {
    if (draft.nation < 0) draft.nation = index;
  } else if (draft.of < 0) draft.of = index;
}

/** Whether a unit is a word of a name that nobody knows. */
export function isName(context: PartyContext, unit: Unit): boolean {
  return context.capitalsTell && unit.unknown && unit.capitals > 0;
}

/** Whether a party goes on behind a possessor: "Russia's foreign minister", not "Russia's visit". */
export function continues(unit: Unit): boolean {
  const inside = CATEGORY.filler | CATEGORY.title;
  return kindOfRole(unit) !== null || unit.adjective >= 0 || (unit.categories & inside) !== 0;
}

/** "commander of the Libyan National Army", "ministre des Affaires étrangères": up to the noun behind the preposition. */
export function genitive(context: PartyContext, draft: Draft, next: number): number {
  const { units } = context;
  let at = next + 1;
  while (at < units.length && isDeterminer(units[at] as Unit)) at++;
  let end = -1;
  for (; at < units.length; at++) {
    const unit = units[at] as Unit;
    if ((unit.gap & ~INSIDE) !== 0 || unit.verb) break;
    if (unit.name >= 0) {
      modify(context, draft, unit.name);
      end = at + 1;
      break;
    }
    if (unit.adjective >= 0) {
      if (draft.nation < 0) draft.nation = unit.adjective;
    } else if (end === at && (unit.categories & CATEGORY.possessive) !== 0) {
      // délégation des rebelles du M23
      while (isDeterminer(units[at + 1] ?? unit)) at++;
      continue;
    } else if (!continues(unit) && !isName(context, unit)) break;
    end = at + 1;
  }
  if (end < 0) return 0;
  draft.end = end;
  return end - next;
}

/** `сенаторы из США`, "a delegation from Mali": which state's they are, right behind the head; a city is where they come from. */
export function comesFrom({ actors, units }: PartyContext, draft: Draft, next: number): boolean {
  const sent = draft.kind === 'person' || draft.kind === 'group';
  if (!sent || draft.end !== next || draft.nation >= 0 || draft.actor >= 0) return false;
  if (((units[next] as Unit).categories & CATEGORY.from) === 0) return false;
  let at = next + 1;
  while (units[at] !== undefined && isDeterminer(units[at] as Unit)) at++;
  const name = units[at]?.name ?? -1;
  return name >= 0 && actors[name]?.kind === 'state';
}

function isDeterminer(unit: Unit): boolean {
  return (unit.categories & CATEGORY.particle) !== 0 && unit.name < 0 && kindOfRole(unit) === null;
}

/** "the foreign minister, Sergei Lavrov,": a name between commas. */
export function apposition(context: PartyContext, draft: Draft, next: number): number {
  const { units, actors } = context;
  const unit = units[next] as Unit;
  const parted = (unit.gap & (GAP.comma | GAP.parenthesis)) !== 0;
  if (!parted || (unit.gap & (GAP.stop | GAP.line | GAP.semicolon | GAP.colon)) !== 0) return 0;
  if (draft.kind !== 'person' || draft.actor >= 0 || draft.anonymous > 0 || draft.pending >= 0)
    return 0;
  if (unit.name >= 0 && actors[unit.name]?.kind === 'person') {
    draft.actor = unit.name;
    draft.end = next + 1;
    return 1;
  }
  let run = 0;
  while (run < 4 && units[next + run] !== undefined && isName(context, units[next + run] as Unit))
    run++;
  const after = units[next + run];
  if (run < 2 || (after !== undefined && (after.gap & (GAP.comma | GAP.parenthesis)) === 0))
    return 0;
  draft.anonymous = run;
  draft.end = next + run;
  return run;
}
