import type { Tables } from '../watchlist/artifact.ts';
import { HIT } from '../watchlist/code.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { grown } from './analyse.ts';
import type { Scan } from './scan.ts';
import { isSeen, sightWords } from './sightings.ts';

/**
 * For concepts of many terms the terms that a text has, found from the text's words: a concept of weapons has hundreds of
 * terms, and a text two of them.
 */
export interface ConceptHits {
  /** The watchlist's own `hitStart` and `hits`. */
  readonly start: Int32Array;
  readonly entries: Int32Array;
  /** By concept: the text of the first hit, and the hit. */
  readonly seen: Int32Array;
  readonly head: Int32Array;
  /** By hit: the next one, its lexeme, its entry. */
  next: Int32Array;
  lexeme: Int32Array;
  entry: Int32Array;
  count: number;
  number: number;
}

/** Room for the hits of a text. */
export function createConceptHits({ hitStart, hits, isIndexed }: Tables): ConceptHits {
  return {
    start: hitStart,
    entries: hits,
    seen: new Int32Array(isIndexed.length),
    head: new Int32Array(isIndexed.length),
    next: new Int32Array(1024),
    lexeme: new Int32Array(1024),
    entry: new Int32Array(1024),
    count: 0,
    number: 0,
  };
}

/** Notes for every indexed concept which of its terms the text may have; once for a text. */
export function collectHits(hits: ConceptHits, scan: Scan): void {
  if (hits.number === scan.number) return;
  hits.number = scan.number;
  hits.count = 0;
  sightWords(scan);
  const { start, entries, seen, head } = hits;
  for (let i = 0; i < scan.seenCount; i++) {
    const lexeme = scan.seen[i] as number;
    const end = rowEnd(start, lexeme);
    for (let at = rowStart(start, lexeme); at < end; at += 3) {
      if (hits.count === hits.next.length) {
        hits.next = grown(hits.next);
        hits.lexeme = grown(hits.lexeme);
        hits.entry = grown(hits.entry);
      }
      const concept = entries[at] as number;
      const hit = hits.count++;
      hits.lexeme[hit] = lexeme;
      hits.entry[hit] = at;
      hits.next[hit] = seen[concept] === scan.number ? (head[concept] as number) : -1;
      seen[concept] = scan.number;
      head[concept] = hit;
    }
  }
}

/** Whether a text has what one of the terms of an indexed concept needs: the word, or every word of the phrase. */
export function mayHave(hits: ConceptHits, scan: Scan, concept: number): boolean {
  collectHits(hits, scan);
  if (hits.seen[concept] !== hits.number) return false;
  for (let hit = hits.head[concept] as number; hit >= 0; hit = hits.next[hit] as number) {
    const at = hits.entry[hit] as number;
    const kind = hits.entries[at + 1];
    if (kind === HIT.lexeme) return true;
    if (kind === HIT.phrase && hasWords(scan, hits.entries[at + 2] as number)) return true;
  }
  return false;
}

function hasWords(scan: Scan, phrase: number): boolean {
  const { phraseStart, wordStart, wordLexemes } = scan.analyses.tables;
  const last = phraseStart[phrase + 1] as number;
  for (let word = phraseStart[phrase] as number; word < last; word++) {
    let i = wordStart[word] as number;
    const end = wordStart[word + 1] as number;
    while (i < end && !isSeen(scan, wordLexemes[i] as number)) i++;
    if (i === end) return false;
  }
  return true;
}

/** Visits the terms of an indexed concept that the text may have. */
export function eachHit(
  hits: ConceptHits,
  concept: number,
  visit: (kind: number, lexeme: number, phrase: number) => void,
): void {
  if (hits.seen[concept] !== hits.number) return;
  for (let hit = hits.head[concept] as number; hit >= 0; hit = hits.next[hit] as number) {
    const at = hits.entry[hit] as number;
    visit(
      hits.entries[at + 1] as number,
      hits.lexeme[hit] as number,
      hits.entries[at + 2] as number,
    );
  }
}
