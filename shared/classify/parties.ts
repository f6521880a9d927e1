import { GAP } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Meta } from '../watchlist/artifact.ts';
import { ANY_MARKER, CATEGORY } from '../watchlist/categories.ts';
import { arabicParty } from './parties-arabic.ts';
import { europeanParty } from './parties-european.ts';
import type { Chunk, PartyContext, PartyPlace } from './party.ts';
import type { Sentence, Unit } from './sentence.ts';

/** Finds the parties of a sentence, with the prepositions before them and the enumerations that they are in. */
export function readParties(
  sentence: Sentence,
  context: PartyContext,
  clitics: Meta['clitics'],
): PartyPlace[] {
  const parties: PartyPlace[] = [];
  let at = 0;
  while (at < sentence.units.length) {
    const read = isArabic(context, sentence.units[at] as Unit) ? arabicParty : europeanParty;
    const found = read(context, at);
    if (found === null) {
      at++;
      continue;
    }
    const { first, second, next } = bothNations(sentence, found);
    for (const chunk of first === null ? [found.chunk] : [first, second]) {
      const party = place(sentence, chunk, parties.length, clitics);
      const before = parties.at(-1);
      parties.push(before !== undefined && chunk.pronoun ? inherit(party, before) : party);
    }
    at = Math.max(next, at + 1);
  }
  link(sentence, parties);
  return parties;
}

interface Found {
  readonly chunk: Chunk;
  readonly next: number;
}

/** "Iraqi and Kuwaiti officials", `les ministres rwandais et congolais`: two parties with one head; `first` is null for one. */
function bothNations(
  { units }: Sentence,
  { chunk, next }: Found,
): { first: Chunk | null; second: Chunk; next: number } {
  const one = { first: null, second: chunk, next };
  if (chunk.nation < 0 || chunk.actor >= 0 || chunk.pronoun) return one;
  const nationAt = (index: number, join: number) => {
    const conjunction = units[join];
    if (conjunction === undefined || conjunction.gap !== 0) return -1;
    if ((conjunction.categories & CATEGORY.conjunction) === 0) return -1;
    const adjective = units[index]?.adjective ?? -1;
    return adjective === chunk.nation ? -1 : adjective;
  };
  const like = (index: number, nation: number): Chunk => {
    const { start, end } = units[index] as Unit;
    return { ...chunk, start, end, unit: index, nation, possessive: false };
  };
  const before = units[chunk.unit]?.gap === 0 ? nationAt(chunk.unit - 2, chunk.unit - 1) : -1;
  if (before >= 0) return { first: like(chunk.unit - 2, before), second: chunk, next };
  const after = units[next + 1]?.gap === 0 ? nationAt(next + 1, next) : -1;
  if (after < 0 || units[next - 1]?.adjective !== chunk.nation) return one;
  return { first: chunk, second: like(next + 1, after), next: next + 2 };
}

function isArabic(context: PartyContext, unit: Unit): boolean {
  return context.text.charCodeAt(context.charStart(unit.start)) >= 0x600;
}

/** `ووزير دفاعه`: his minister is of his country. */
function inherit(party: PartyPlace, before: PartyPlace): PartyPlace {
  const nation =
    party.nation >= 0 ? party.nation : before.actor >= 0 ? before.actor : before.nation;
  return { ...party, nation: party.actor >= 0 ? party.nation : nation };
}

function place(
  { units, markers }: Sentence,
  chunk: Chunk,
  index: number,
  clitics: Meta['clitics'],
): PartyPlace {
  const { form } = units[chunk.unit] as Unit;
  let marker = 0;
  if ((form & FORM.b) !== 0) marker |= clitics.b | CATEGORY.other;
  if ((form & FORM.l) !== 0) marker |= clitics.l | CATEGORY.other;
  if ((form & FORM.k) !== 0) marker |= clitics.k | CATEGORY.other;
  let start = chunk.start;
  let before = chunk.unit - 1;
  // Articles and possessives may stand between a preposition and its noun.
  while (before >= 0 && chunk.unit - before <= 2 && isDeterminer(units[before] as Unit)) {
    start = (units[before] as Unit).start;
    before--;
  }
  // Reading an array at -1 is a look-up by name, and slow.
  const unit = before < 0 ? undefined : units[before];
  const adjacent = unit !== undefined && !isParted(units, before + 1);
  if (adjacent) {
    marker |= unit.categories & ANY_MARKER;
    if ((unit.categories & CATEGORY.possessive) !== 0) marker |= CATEGORY.possessive;
    if (isPartitive(units, before, chunk)) marker = 0;
  }
  const markerSets: number[] = [];
  for (const { set, start: from, end } of markers) {
    if (end === start || (from === chunk.start && end > from)) markerSets.push(set);
  }
  const { start: from, end, unit: first, kind, actor, nation, of, pronoun, possessive } = chunk;
  return {
    start: from,
    end,
    unit: first,
    kind,
    actor,
    nation,
    of,
    pronoun,
    possessive,
    index,
    marker,
    markerSets,
    next: -1,
    previous: -1,
  };
}

function isDeterminer({ categories, name }: Unit): boolean {
  const determines = (categories & (CATEGORY.particle | CATEGORY.pronoun)) !== 0;
  return determines && (categories & (ANY_MARKER | CATEGORY.possessive)) === 0 && name < 0;
}

/** `Des sénateurs américains étaient`: nothing stands before it to be whose, it is an article. */
function isPartitive(units: readonly Unit[], at: number, { kind }: Chunk): boolean {
  const unit = units[at] as Unit;
  const place = kind === 'city' || kind === 'state' || kind === 'place';
  if (place || (unit.categories & CATEGORY.possessive) === 0) return false;
  return at === 0 || (unit.gap & ~(GAP.apostrophe | GAP.hyphen)) !== 0;
}

function isParted(units: readonly Unit[], at: number): boolean {
  return ((units[at] as Unit).gap & ~(GAP.quote | GAP.apostrophe | GAP.hyphen)) !== 0;
}

/** Joins what stands in one enumeration: بوتين ووزير دفاعه; Russia, Turkey and Egypt. */
function link({ units }: Sentence, parties: PartyPlace[]): void {
  for (let i = 1; i < parties.length; i++) {
    const left = parties[i - 1] as PartyPlace;
    const right = parties[i] as PartyPlace;
    const first = units[right.unit] as Unit;
    const adjacent = left.end === right.start;
    const clitic = adjacent && (first.form & FORM.conjunction) !== 0 && right.marker === 0;
    const between = units[Math.max(right.unit - 1, 0)] as Unit;
    const word =
      right.start - left.end === between.end - between.start &&
      left.end === between.start &&
      (between.categories & CATEGORY.conjunction) !== 0;
    const comma =
      adjacent && (first.gap & GAP.comma) !== 0 && right.marker === 0 && right.kind === left.kind;
    if (!left.possessive && (clitic || word || comma)) {
      left.next = i;
      right.previous = i - 1;
      // برئيس الأركان وقادة الجيش: the preposition stands before them all.
      if (clitic && right.kind === left.kind) {
        right.marker = left.marker;
        right.markerSets = left.markerSets;
      }
    }
  }
}
