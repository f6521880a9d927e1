import { GAP } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Actor } from '../watchlist/artifact.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import type { Kind } from '../watchlist/item.ts';
import { type Chunk, INSIDE, kindOfRole, type PartyContext } from './party.ts';
import type { Unit } from './sentence.ts';
import { isPlainUnknown, startsWith, unknownRun, wordOf } from './unknown-names.ts';

interface Draft {
  kind: Kind;
  /** A construct is complete: what follows is no genitive of the head. */
  closed: boolean;
  actor: number;
  /** A name that the watchlist does not know is taken in. */
  anonymous: boolean;
  /** He acts for whom he comes from: an envoy. */
  readonly aide: boolean;
  nation: number;
  of: number;
  pronoun: boolean;
  end: number;
}

/** The party that starts at a unit of an Arabic sentence, and the unit after it; null if none does. */
export function arabicParty(
  context: PartyContext,
  at: number,
): { chunk: Chunk; next: number } | null {
  const { units } = context;
  const first = units[at] as Unit;
  const draft = startOf(context, first, at);
  if (draft === null) return null;
  let next = at + 1;
  while (next < units.length) {
    const taken = extend(context, draft, next);
    if (taken === 0) break;
    next += taken;
  }
  if (isOfStrangers(context, draft, next)) return null;
  const { kind, actor, nation, of, pronoun } = draft;
  const end = (units[next - 1] as Unit).end;
  const chunk = {
    start: first.start,
    end,
    unit: at,
    kind,
    actor,
    nation,
    of,
    pronoun,
    possessive: false,
  };
  return { chunk, next };
}

/** `وفد النادي`, `رئيس الغرفة`, `وفد من رجال الأعمال`: whom strangers sent is a stranger. */
function isOfStrangers({ units }: PartyContext, draft: Draft, next: number): boolean {
  if (draft.actor >= 0) return false;
  const isStranger = (unit: Unit | undefined) =>
    unit !== undefined && unit.gap === 0 && (unit.categories & CATEGORY.stranger) !== 0;
  const after = units[next];
  if (!draft.closed && isStranger(after)) return true;
  const partitive = after !== undefined && (after.categories & CATEGORY.from) !== 0;
  return draft.kind === 'group' && partitive && isStranger(units[next + 1]);
}

function startOf(context: PartyContext, unit: Unit, at: number): Draft | null {
  const after = context.units[at + 1];
  const draft: Draft = {
    kind: 'person',
    closed: (unit.form & (FORM.definite | FORM.pronoun)) !== 0,
    actor: -1,
    anonymous: false,
    aide: (unit.categories & CATEGORY.aide) !== 0,
    nation: -1,
    of: -1,
    pronoun: (unit.form & FORM.pronoun) !== 0,
    end: unit.end,
  };
  if ((unit.categories & CATEGORY.stranger) !== 0) return null;
  const role = kindOfRole(unit);
  const named = unit.name >= 0 ? unit.name : isWeakName(context, unit) ? unit.weak : -1;
  if (named >= 0 && (role === null || unit.name >= 0)) {
    const actor = context.actors[named] as Actor;
    return { ...draft, kind: actor.kind, actor: named, closed: true, pronoun: false };
  }
  if (role !== null) return { ...draft, kind: role };
  // A people acts as a state does; it does not travel as a delegation.
  const people = unit.people >= 0 ? unit.people : peopleOf(context, at);
  if (people >= 0) {
    return { ...draft, kind: 'org', nation: people, closed: true, anonymous: true };
  }
  const titled = (unit.categories & CATEGORY.title) !== 0 && after !== undefined;
  if (titled && (after.name >= 0 || isPlainUnknown(context, after, true)))
    return { ...draft, closed: true };
  return null;
}

/** الليبيون: an adjective in the sound plural that no noun stands before means the people. */
function peopleOf(context: PartyContext, at: number): number {
  const unit = context.units[at] as Unit;
  if (unit.adjective < 0 || !/ي[وي]ن$/.test(wordOf(context, unit))) return -1;
  const before = at > 0 ? context.units[at - 1] : undefined;
  const attribute = before !== undefined && /^(و|ف)?ال/.test(wordOf(context, before));
  return attribute ? -1 : unit.adjective;
}

function isWeakName(context: PartyContext, unit: Unit): boolean {
  return unit.weak >= 0 && context.isNamed(unit.weak);
}

const PROCLITICS = FORM.b | FORM.l | FORM.k;
/** Takes the unit at `next`, and what belongs to it, into the party; says how many units. */
function extend(context: PartyContext, draft: Draft, next: number): number {
  const unit = context.units[next] as Unit;
  if ((unit.gap & ~INSIDE) !== 0) return apposition(context, draft, next);
  if ((unit.categories & CATEGORY.possessive) !== 0 && draft.actor < 0)
    return connector(context, draft, next);
  if ((unit.categories & CATEGORY.from) !== 0) return senders(context, draft, next);
  if ((unit.form & PROCLITICS) !== 0) return servant(context, draft, unit);
  const joined = (unit.form & FORM.conjunction) !== 0;
  if (unit.adjective >= 0 && !joined && unit.name < 0) return adjective(draft, unit);
  if (joined) return draft.actor < 0 && !draft.anonymous && isOnlyFiller(unit) ? 1 : 0;
  if (unit.name >= 0) return name(context, draft, unit);
  // مالي is an adjective elsewhere; behind an open head (رئيس مالي) it is the state.
  const weak = isWeakName(context, unit) || (unit.weak >= 0 && !draft.closed);
  if (weak && draft.actor < 0) return name(context, draft, { ...unit, name: unit.weak });
  if (draft.actor >= 0) return 0;
  if ((unit.categories & CATEGORY.title) !== 0) {
    draft.closed = true;
    return 1;
  }
  return common(context, draft, next);
}

/** `وفد من الجيش الإسرائيلي`, `مبعوث من الرئيس الروسي`: a group or an envoy, and whom they come from. */
function senders(context: PartyContext, draft: Draft, next: number): number {
  const { units, actors } = context;
  const body = units[next + 1];
  if (draft.actor >= 0 || draft.nation >= 0 || draft.anonymous) return 0;
  if (body === undefined || body.gap !== 0) return 0;
  if (draft.kind === 'person') return draft.aide ? sender(context, draft, next) : 0;
  if (draft.kind !== 'group') return 0;
  if (body.name < 0) return kindOfRole(body) === 'org' ? 2 : 0;
  const { kind } = actors[body.name] as Actor;
  if (kind !== 'org' && kind !== 'state') return 0;
  if (kind === 'org') draft.of = body.name;
  else draft.nation = body.name;
  draft.closed = true;
  return 2;
}

/** Whom an envoy comes from: a whole party of its own. */
function sender(context: PartyContext, draft: Draft, next: number): number {
  const found = arabicParty(context, next + 1);
  if (found === null) return 0;
  const { actor, nation, of } = found.chunk;
  if (actor < 0 && nation < 0 && of < 0) return 0;
  draft.of = actor >= 0 ? actor : of;
  draft.nation = nation;
  draft.closed = true;
  draft.anonymous = true;
  return found.next - next;
}

/** `القائد العام للجيش`, `الأمين العام للأمم المتحدة`: a role that its ال closed, and the body that it serves. */
function servant({ actors }: PartyContext, draft: Draft, unit: Unit): number {
  const serves = draft.kind === 'person' && draft.closed && draft.actor < 0 && !draft.anonymous;
  if (!serves || (unit.form & FORM.l) === 0) return 0;
  if (unit.name >= 0) {
    if (actors[unit.name]?.kind !== 'org' || draft.nation >= 0 || draft.of >= 0) return 0;
    draft.of = unit.name;
    return 1;
  }
  return (unit.categories & (CATEGORY.roleOrg | CATEGORY.filler)) !== 0 ? 1 : 0;
}

function adjective(draft: Draft, unit: Unit): number {
  if (draft.actor >= 0 && draft.nation >= 0) return 0;
  if (draft.nation < 0) draft.nation = unit.adjective;
  draft.closed = true;
  return 1;
}

function isOnlyFiller(unit: Unit): boolean {
  return (unit.categories & CATEGORY.filler) !== 0 && kindOfRole(unit) === null && !unit.verb;
}

function name(context: PartyContext, draft: Draft, unit: Unit): number {
  const actor = context.actors[unit.name] as Actor;
  if (draft.actor === unit.name) return 1;
  if (draft.actor >= 0 || draft.anonymous) return 0;
  if (draft.kind === 'place') {
    if (actor.kind === 'person') return 0;
    draft.actor = unit.name;
    draft.kind = actor.kind;
    return 1;
  }
  if (!draft.closed) {
    draft.closed = true;
    if (actor.kind === 'person' || actor.kind === 'group' || actor.kind === 'org')
      draft.of = unit.name;
    else draft.nation = unit.name;
    return 1;
  }
  if (actor.kind !== 'person') return 0;
  draft.actor = unit.name;
  return 1;
}

/** A further head noun, a filler, or an unknown word: `وزير الخارجية`, `مدير مكتب`, `رئيس الحكومة يوسف الشاهد`. */
function common(context: PartyContext, draft: Draft, next: number): number {
  const unit = context.units[next] as Unit;
  if (unit.verb) return 0;
  const definite = (unit.form & (FORM.definite | FORM.pronoun)) !== 0;
  const role = kindOfRole(unit);
  if (role === 'person' && draft.closed && (unit.form & (FORM.definite | FORM.pronoun)) !== 0) {
    // التقى رئيس المجلس الليبي السفير الإيطالي, قائد الجيش نظيره الأردني: two people.
    return 0;
  }
  // دعا وزير خارجية ليتوانيا الدول الأوروبية: whom he called on is no part of him.
  const body = role !== null && role !== 'person' && definite;
  if (body && (draft.nation >= 0 || draft.of >= 0) && (unit.categories & CATEGORY.filler) === 0)
    return 0;
  if ((unit.categories & CATEGORY.filler) !== 0 || (role !== null && (!draft.closed || definite))) {
    if (draft.anonymous) return 0;
    if (definite) draft.closed = true;
    if ((unit.form & FORM.pronoun) !== 0) draft.pronoun = true;
    return 1;
  }
  if (!isPlainUnknown(context, unit, draft.closed) || draft.kind === 'org') return 0;
  if (!draft.closed) {
    // A genitive that nobody listed: رئيس بلدية سرت.
    draft.closed = startsWith(context, unit, 'ال');
    return isPlainUnknown(context, unit, false) && draft.kind !== 'group' ? 1 : 0;
  }
  if (draft.kind === 'group') return 0;
  draft.anonymous = true;
  return unknownRun(context, next);
}

/** `وزير الخارجية الفرنسي، جان إيف لودريان،`: a name between commas or in parentheses. */
function apposition(context: PartyContext, draft: Draft, next: number): number {
  const unit = context.units[next] as Unit;
  const parted = (unit.gap & (GAP.comma | GAP.parenthesis)) !== 0;
  if (!parted || (unit.gap & (GAP.stop | GAP.line | GAP.semicolon | GAP.colon)) !== 0) return 0;
  if (draft.kind !== 'person' || !draft.closed || draft.actor >= 0 || draft.anonymous) return 0;
  if ((unit.form & PROCLITICS) !== 0 || (unit.form & FORM.conjunction) !== 0) return 0;
  if (unit.name >= 0 && context.actors[unit.name]?.kind === 'person') {
    // مدير مكتب اللواء الليبي، خليفة حفتر: the name is the general's, not his director's.
    if (isOffice(context, next)) draft.of = unit.name;
    else draft.actor = unit.name;
    return 1;
  }
  const run = isPlainUnknown(context, unit, true) ? unknownRun(context, next) : 0;
  const after = context.units[next + run];
  const closes = after !== undefined && (after.gap & (GAP.comma | GAP.parenthesis)) !== 0;
  if (run < 2 || !closes) return 0;
  draft.anonymous = true;
  return run;
}

/** Words of one party before a name that may say whose office it is. */
const OFFICE_WITHIN = 4;

function isOffice(context: PartyContext, next: number): boolean {
  return context.units
    .slice(Math.max(0, next - OFFICE_WITHIN), next)
    .some((unit) => wordOf(context, unit) === 'مكتب');
}

/** `المتحدث باسم حفتر`: a word that goes on to whom it belongs. */
function connector(context: PartyContext, draft: Draft, next: number): number {
  const after = context.units[next + 1];
  if (after === undefined || draft.anonymous) return 0;
  if (after.name >= 0) {
    const { kind } = context.actors[after.name] as Actor;
    if (kind === 'state' || kind === 'city') draft.nation = after.name;
    else draft.of = after.name;
    draft.closed = true;
    return 2;
  }
  const noun = (after.categories & CATEGORY.filler) !== 0 || kindOfRole(after) !== null;
  return noun ? 2 : 0;
}
