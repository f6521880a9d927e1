import { GAP } from '../text/sentences.ts';
import { FORM } from '../watchlist/affixes.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { fits, type PartyPlace } from './party.ts';
import {
  type Answer,
  clauseOf,
  firstAfter,
  isCyrillic,
  isFree,
  isUnmarked,
  lastBefore,
  leader,
  type Search,
  sameClause,
  units,
  verbBetween,
} from './slot-search.ts';

/** A form listed as it stands (وجوده) comes without an analysis. */
const PRONOUN = /^(?!(?:[وف]?(?:ال|بال|لل)))\p{L}{3,}(?:ه|ها|هم|هما)$/u;

/** Whether a pronoun at the trigger says whose it is, or who does it. */
export function hasPronoun({ reader, reading, trigger }: Search): boolean {
  if ((trigger.form & FORM.pronoun) !== 0) return true;
  if (reading.arabic) {
    const { text, start, end } = reader.scan;
    return trigger.form === 0 && PRONOUN.test(text.slice(start[trigger.start], end[trigger.start]));
  }
  const from = Math.max(reading.sentence.start, trigger.start - 3);
  return units(reading, from, trigger.start).some((u) => (u.categories & CATEGORY.pronoun) !== 0);
}

/** Whom a pronoun means: who stands before it, else (في زيارته إلى موسكو قال حفتر) who comes after, else who was spoken of. */
export function pronoun(search: Search): Answer {
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
  if (trigger.start - reading.sentence.start > OPENS_WITHIN) return false;
  if (verbBetween(reading, trigger.end, party.start)) return true;
  // During her stay in Tunis, Italy's minister: behind a comma, an article between.
  const { units: all, unitAt, start } = reading.sentence;
  const at = unitAt[party.start - start] as number;
  return all.slice(Math.max(0, at - 1), at + 1).some(({ gap }) => (gap & GAP.comma) !== 0);
}

/** Nobody is written: who leads the clauses before, else the sentences before. */
export function carried(search: Search): Answer {
  const { reading, trigger } = search;
  const clause = clauseOf(reading, trigger.start);
  const before = lastBefore(search, (p) => isUnmarked(p) && clauseOf(reading, p.start) !== clause);
  if (before !== undefined && clause > 0) {
    const lead = reading.arabic ? before : (leadOfClause(search, before) ?? before);
    return { party: leader(search, lead), manner: 'carried', reading };
  }
  const impersonal = clause > 0 ? impersonalPlace(search) : undefined;
  if (impersonal !== undefined) return { party: impersonal, manner: 'carried', reading };
  if (reading.arabic && reading.clauses[clause]?.kind === 'relative') {
    // من واشنطن التي يزورها أكد الوزير: whom the sentence is about comes behind the clause.
    const behind = firstAfter(
      search,
      trigger.end,
      (p) => isUnmarked(p) && clauseOf(reading, p.start) !== clause,
    );
    if (behind !== undefined) return { party: behind, manner: 'carried', reading };
  }
  // Lebanon denied it had requested missiles: the pronoun stands for who leads the sentence.
  if (!reading.arabic && before === undefined && hasPronoun(search)) {
    const first = lastBefore(search, isUnmarked);
    if (first !== undefined) return { party: leader(search, first), manner: 'carried', reading };
  }
  // Arabic verbs need no subject; elsewhere a pronoun must stand for it.
  return reading.arabic || hasPronoun(search) ? earlier(search) : null;
}

/** "The king visited Astana, where he met ...": where the verb comes second, who leads the clause is its subject. */
function leadOfClause(search: Search, party: PartyPlace): PartyPlace | undefined {
  const { reading } = search;
  const clause = clauseOf(reading, party.start);
  return reading.parties.find(
    (p) => isUnmarked(p) && isFree(search, p) && clauseOf(reading, p.start) === clause,
  );
}

/** `В Пхеньяне заявили, что никогда не просили`: a capital or an office stands for those who speak there. */
function impersonalPlace(search: Search): PartyPlace | undefined {
  const { reader, reading } = search;
  const first = reading.parties[0];
  if (first === undefined || !isCyrillic(reader, first.start)) return undefined;
  const leads = first.start - reading.sentence.start <= 1 && (first.marker & CATEGORY.in) !== 0;
  return leads && isFree(search, first) ? first : undefined;
}

/** Sentences back in which an unwritten subject is looked for. */
const SENTENCES_BACK = 2;

/** Who leads a sentence before. */
export function earlier({ reader, reading, slot }: Search): Answer {
  const { index } = reading.sentence;
  for (let back = 1; back <= SENTENCES_BACK && index - back >= 0; back++) {
    const before = reader.read(index - back);
    const party = before.parties.find((p) => isUnmarked(p) && fits(p, slot.kinds));
    if (party !== undefined) return { party, manner: 'earlier', reading: before };
  }
  return null;
}
