import { GAP } from '../text/sentences.ts';
import type { Actor } from '../watchlist/artifact.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import type { Kind } from '../watchlist/item.ts';
import { KINDS } from '../watchlist/item.ts';
import type { Unit } from './sentence.ts';

/** What the reading of a party needs to know. */
export interface PartyContext {
  readonly actors: readonly Actor[];
  readonly units: readonly Unit[];
  readonly text: string;
  readonly charStart: (word: number) => number;
  /** Whether the article has a strong name of an actor. */
  readonly isNamed: (actor: number) => boolean;
  /** Whether capitals tell names from other words here: not in a headline in capitals. */
  readonly capitalsTell: boolean;
  /** A noun may stand before the one that it modifies, as in English: Kremlin spokesman. */
  readonly nounsModify: boolean;
}

/** What may stand between the words of one party. */
export const INSIDE = GAP.quote | GAP.hyphen | GAP.apostrophe;

/** Somebody or some place in a sentence: a whole noun phrase. Actors are indexes into the watchlist's, or -1. */
export interface Chunk {
  /** Words [start, end). */
  readonly start: number;
  readonly end: number;
  /** The unit that it starts with. */
  readonly unit: number;
  readonly kind: Kind;
  /** The actor that it is. */
  readonly actor: number;
  /** The actor whose country it is of, by adjective or genitive. */
  readonly nation: number;
  /** The actor it belongs to. */
  readonly of: number;
  /** It carries a pronoun that says whose it is: ووزير دفاعه. */
  readonly pronoun: boolean;
  /** 's follows it: it owns what comes next. */
  readonly possessive: boolean;
}

/** A party where it stands in its sentence. */
export interface PartyPlace extends Chunk {
  readonly index: number;
  /** `CATEGORY` marker bits of the preposition before it; 0 if there is none. */
  marker: number;
  /** Sets of marker words before it. */
  markerSets: readonly number[];
  /** The next party of an enumeration, or -1. */
  next: number;
  /** The one before it in an enumeration, or -1. */
  previous: number;
}

/** The kind of a head noun. */
export function kindOfRole({ categories }: Unit): Kind | null {
  if ((categories & CATEGORY.rolePerson) !== 0) return 'person';
  if ((categories & CATEGORY.roleGroup) !== 0) return 'group';
  if ((categories & CATEGORY.roleOrg) !== 0) return 'org';
  return (categories & CATEGORY.rolePlace) !== 0 ? 'place' : null;
}

/** Whether a party is of one of the kinds that a slot takes. */
export function fits(party: Chunk, kinds: number): boolean {
  if ((KINDS[party.kind] & kinds) !== 0) return true;
  const known = party.actor >= 0 || party.nation >= 0 || party.of >= 0;
  return (kinds & KNOWN) !== 0 && known;
}

const KNOWN = 64;
