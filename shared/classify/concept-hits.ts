import type { Tables } from '../watchlist/artifact.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { grown } from './analyse.ts';
import type { Scan } from './scan.ts';
import { sightWords } from './sightings.ts';

/** What a lexeme is to a concept. */
export const HIT = { lexeme: 0, phrase: 1, block: 2, blockPhrase: 3 } as const;

/** Concepts with fewer terms are quicker looked through than looked up. */
const MIN_TERMS = 16;

/**
 * For concepts of many terms the terms that a text has, found from the text's words: a concept of weapons has hundreds of
 * terms, and a text two of them.
 */
export interface ConceptHits {
  /** Rows by lexeme; entries are three numbers: concept, what the lexeme is to it, and the phrase it begins (or -1). */
  readonly start: Int32Array;
  readonly entries: Int32Array;
  /** Which concepts are looked up here. */
  readonly isIndexed: Uint8Array;
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

/** Turns the concepts of many terms round: from lexemes to concepts. */
export function createConceptHits(tables: Tables): ConceptHits {
  const lists = [
    [HIT.lexeme, tables.conceptLexemeStart, tables.conceptLexemes],
    [HIT.phrase, tables.conceptPhraseStart, tables.conceptPhrases],
    [HIT.block, tables.conceptBlockStart, tables.conceptBlocks],
    [HIT.blockPhrase, tables.conceptBlockPhraseStart, tables.conceptBlockPhrases],
  ] as const;
  const concepts = Math.max(...lists.map(([, start]) => start.length)) - 1;
  const isIndexed = new Uint8Array(concepts);
  const rows = new Map<number, number[]>();
  const put = (lexeme: number, ...entry: number[]) => {
    const row = rows.get(lexeme);
    if (row === undefined) rows.set(lexeme, entry);
    else row.push(...entry);
  };
  for (let concept = 0; concept < concepts; concept++) {
    const size = (start: Int32Array) => rowEnd(start, concept) - rowStart(start, concept);
    if (lists.reduce((sum, [, start]) => sum + size(start), 0) < MIN_TERMS) continue;
    isIndexed[concept] = 1;
    for (const [kind, start, values] of lists) {
      for (const value of values.subarray(rowStart(start, concept), rowEnd(start, concept))) {
        if (kind === HIT.lexeme || kind === HIT.block) put(value, concept, kind, -1);
        else for (const first of firstLexemes(tables, value)) put(first, concept, kind, value);
      }
    }
  }
  const lexemes = tables.stemClass.length;
  const start = new Int32Array(lexemes + 1);
  for (let id = 0; id < lexemes; id++)
    start[id + 1] = (start[id] as number) + (rows.get(id)?.length ?? 0);
  const entries = new Int32Array(start[lexemes] as number);
  for (const [id, row] of rows) entries.set(row, start[id]);
  return {
    start,
    entries,
    isIndexed,
    seen: new Int32Array(concepts),
    head: new Int32Array(concepts),
    next: new Int32Array(1024),
    lexeme: new Int32Array(1024),
    entry: new Int32Array(1024),
    count: 0,
    number: 0,
  };
}

function firstLexemes({ phraseStart, wordStart, wordLexemes }: Tables, phrase: number): Int32Array {
  const word = phraseStart[phrase] as number;
  return wordLexemes.subarray(wordStart[word], wordStart[word + 1]);
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
    const end = start[lexeme + 1] as number;
    for (let at = start[lexeme] as number; at < end; at += 3) {
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
