import type { Tables } from './artifact.ts';
import { HIT } from './code.ts';
import { flatten } from './lexicon.ts';
import { rowEnd, rowStart } from './rows.ts';

/** Concepts with fewer terms are quicker looked through than looked up. */
const MIN_TERMS = 16;

/** The tables that it reads. */
type Concepts = Pick<
  Tables,
  | 'conceptLexemeStart'
  | 'conceptLexemes'
  | 'conceptPhraseStart'
  | 'conceptPhrases'
  | 'conceptBlockStart'
  | 'conceptBlocks'
  | 'conceptBlockPhraseStart'
  | 'conceptBlockPhrases'
  | 'phraseStart'
  | 'wordStart'
  | 'wordLexemes'
>;

/** Turns the concepts of many terms round: from lexemes to concepts. */
export function buildHits(
  tables: Concepts,
  lexemes: number,
): Pick<Tables, 'hitStart' | 'hits' | 'isIndexed'> {
  const lists = [
    [HIT.lexeme, tables.conceptLexemeStart, tables.conceptLexemes],
    [HIT.phrase, tables.conceptPhraseStart, tables.conceptPhrases],
    [HIT.block, tables.conceptBlockStart, tables.conceptBlocks],
    [HIT.blockPhrase, tables.conceptBlockPhraseStart, tables.conceptBlockPhrases],
  ] as const;
  const concepts = Math.max(...lists.map(([, start]) => start.length)) - 1;
  const isIndexed = new Uint8Array(concepts);
  const rows: number[][] = Array.from({ length: lexemes }, () => []);
  for (let concept = 0; concept < concepts; concept++) {
    const size = (start: Int32Array) => rowEnd(start, concept) - rowStart(start, concept);
    if (lists.reduce((sum, [, start]) => sum + size(start), 0) < MIN_TERMS) continue;
    isIndexed[concept] = 1;
    for (const [kind, start, values] of lists) {
      for (const value of values.subarray(rowStart(start, concept), rowEnd(start, concept))) {
        if (kind === HIT.lexeme || kind === HIT.block) rows[value]?.push(concept, kind, -1);
        else for (const id of firstLexemes(tables, value)) rows[id]?.push(concept, kind, value);
      }
    }
  }
  const [hitStart, hits] = flatten(rows);
  return { hitStart, hits, isIndexed };
}

function firstLexemes({ phraseStart, wordStart, wordLexemes }: Concepts, phrase: number) {
  const word = phraseStart[phrase] as number;
  return wordLexemes.subarray(wordStart[word], wordStart[word + 1]);
}
