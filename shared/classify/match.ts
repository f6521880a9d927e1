import { holdsItems, ITEM, OP, wordsOf } from '../watchlist/code.ts';
import { SCOPES, type Scope } from '../watchlist/source.ts';
import { type ConceptHits, mayHave } from './concept-hits.ts';
import { itemMatches } from './item-match.ts';
import { type Match, type Matcher, unitOf } from './matcher.ts';
import type { Scan } from './scan.ts';
import { isSeen } from './sightings.ts';

/** Whether the words that a pattern cannot do without are in the text: cheap, and enough to rule most rules out. */
export function mayMatch(scan: Scan, hits: ConceptHits, at: number): boolean {
  const { code } = scan.analyses.tables;
  const head = code[at] as number;
  if (holdsItems(head)) {
    let next = at + 1;
    for (let i = (head >>> 15) & 31; i > 0; i--) {
      const item = code[next++] as number;
      if ((item & 1) === 1) next += item >>> 13;
      else if (
        ((item >>> 1) & (ITEM.optional | ITEM.negated)) === 0 &&
        !isPresent(scan, hits, wordsOf(item))
      ) {
        return false;
      }
    }
    return true;
  }
  const op = head & 7;
  if (op === OP.none) return true;
  const parts = head >>> 13;
  const needed = op === OP.all ? parts : op === OP.any ? 1 : (head >>> 6) & 127;
  let present = 0;
  for (let i = 1; i <= parts && present < needed; i++) {
    if (mayMatch(scan, hits, code[at + i] as number)) present++;
    else if (op === OP.all) return false;
  }
  return present >= needed;
}

function isPresent(scan: Scan, hits: ConceptHits, reference: number): boolean {
  if (reference >= 0) return isSeen(scan, reference);
  const { isIndexed, conceptAnchorStart, conceptAnchors, conceptLexemeStart, conceptLexemes } =
    scan.analyses.tables;
  if (isIndexed[~reference] === 1) return mayHave(hits, scan, ~reference);
  return (
    isAnyPresent(scan, conceptLexemeStart, conceptLexemes, ~reference) ||
    isAnyPresent(scan, conceptAnchorStart, conceptAnchors, ~reference)
  );
}

function isAnyPresent(scan: Scan, start: Int32Array, values: Int32Array, row: number): boolean {
  if (row + 1 >= start.length) return false;
  const end = start[row + 1] as number;
  for (let i = start[row] as number; i < end; i++) {
    if (isSeen(scan, values[i] as number)) return true;
  }
  return false;
}

/** All matches of a pattern among the words [from, to). */
export function matchesOf(matcher: Matcher, at: number, from: number, to: number): Match[] {
  const head = matcher.scan.analyses.tables.code[at] as number;
  if (holdsItems(head)) return itemMatches(matcher, at, from, to);
  const parts = partsOf(matcher, at);
  const scope = SCOPES[(head >>> 3) & 7] as Scope;
  const op = head & 7;
  if (op === OP.any && scope === 'sentence') {
    return parts.flatMap((part) => matchesOfPart(matcher, part, from, to));
  }
  return combine(matcher, op, parts, (head >>> 6) & 127, scope, from, to);
}

/** The matches of one of several patterns, most of which have not even their words in the text. */
function matchesOfPart(matcher: Matcher, at: number, from: number, to: number): Match[] {
  return mayMatch(matcher.scan, matcher.hits, at) ? matchesOf(matcher, at, from, to) : [];
}

function partsOf(matcher: Matcher, at: number): number[] {
  const { code } = matcher.scan.analyses.tables;
  return Array.from(code.subarray(at + 1, at + 1 + ((code[at] as number) >>> 13)));
}

function combine(
  matcher: Matcher,
  op: number,
  parts: readonly number[],
  count: number,
  scope: Scope,
  from: number,
  to: number,
): Match[] {
  const { code } = matcher.scan.analyses.tables;
  const isNone = (part: number) => ((code[part] as number) & 7) === OP.none;
  const byUnit = (part: number) => {
    const found = new Map<number, Match[]>();
    for (const match of matchesOfPart(matcher, part, from, to)) {
      const unit = unitOf(matcher, scope, match.trigger.start);
      if (unit < 0) continue;
      const here = found.get(unit);
      if (here === undefined) found.set(unit, [match]);
      else here.push(match);
    }
    return found;
  };
  const positive: Map<number, Match[]>[] = [];
  for (const part of parts) {
    if (isNone(part)) continue;
    const found = byUnit(part);
    // Whoever asks why it failed wants to hear of the others too.
    if (op === OP.all && found.size === 0 && matcher.trace === null) return [];
    positive.push(found);
  }
  const needed = op === OP.all ? positive.length : op === OP.atleast ? count : 1;
  // `none` inside `all`: its own parts must have no match in the unit.
  const excluded = parts
    .filter(isNone)
    .flatMap((none) => partsOf(matcher, none))
    .map(byUnit);
  const unitsSeen = [...new Set(positive.flatMap((found) => [...found.keys()]))].sort(
    (a, b) => a - b,
  );
  return unitsSeen.flatMap((unit) => {
    const here = positive.flatMap((found) => (found.has(unit) ? [found.get(unit) as Match[]] : []));
    if (here.length < needed || excluded.some((found) => found.has(unit))) return [];
    if (op === OP.any) return here.flat();
    const [lead, ...others] = here as [Match[], ...Match[][]];
    const isNear = scope === 'clause' || scope === 'sentence';
    const leads = isNear ? lead : onePerSentence(matcher, lead);
    return leads.map((match) =>
      others.reduce((joined, more) => join(joined, closestTo(joined, more), isNear), match),
    );
  });
}

/** In a wide scope a word may stand anywhere, and does: the first in each sentence tells enough. */
function onePerSentence({ scan }: Matcher, matches: readonly Match[]): Match[] {
  const seen = new Set<number>();
  return matches.filter(({ trigger }) => {
    const sentence = scan.sentence[trigger.start] as number;
    return !seen.has(sentence) && seen.add(sentence);
  });
}

function closestTo(match: Match, others: readonly Match[]): Match {
  const distance = (m: Match) => Math.abs(m.trigger.start - match.trigger.start);
  return others.reduce((best, m) => (distance(m) < distance(best) ? m : best));
}

/** A match with what another adds: its parties, and, when it stands near, its words, which would else make the article the quote. */
function join(a: Match, b: Match, isNear: boolean): Match {
  return {
    trigger: a.trigger,
    start: isNear ? Math.min(a.start, b.start) : a.start,
    end: isNear ? Math.max(a.end, b.end) : a.end,
    words: isNear ? [...a.words, ...b.words] : a.words,
    fillings: [
      ...a.fillings,
      ...b.fillings.filter((f) => a.fillings.every((g) => g.role !== f.role)),
    ],
    empty: a.empty + b.empty,
    bonus: a.bonus + b.bonus,
  };
}
