import type { Term } from './word.ts';

/** Offsets and values of a list of rows; empty rows at the end are left out, since most words of rules have no more to say. */
export function flatten(
  rows: readonly (readonly number[])[],
): [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>] {
  const length = rows.findLastIndex((row) => row.length > 0) + 1;
  const start = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) start[i + 1] = (start[i] as number) + (rows[i]?.length ?? 0);
  const values = new Int32Array(start[length] as number);
  for (let i = 0; i < length; i++) values.set(rows[i] ?? [], start[i]);
  return [start, values];
}

/** What a term became: lexemes of which any will do, or a phrase. */
export interface TermRef {
  readonly lexemes: readonly number[];
  /** The index of the phrase, or -1. */
  readonly phrase: number;
}

/** A concept's parts: lexemes and phrases that count, and those that do not. */
export interface ConceptParts {
  readonly lexemes: readonly number[];
  readonly phrases: readonly number[];
  readonly blocks: readonly number[];
  readonly blockPhrases: readonly number[];
}

/** A stem as the tables have it. */
export interface Lexeme {
  readonly letters: string;
  readonly cls: number;
  readonly capitals: number;
  readonly languages: number;
  readonly forms: number;
}

interface Phrase {
  readonly words: readonly (readonly number[])[];
  readonly gaps: readonly number[];
}

/** Gathers lexemes, phrases and concepts, each once, in the order of their first use. */
export interface Lexicon {
  readonly lexemes: readonly Lexeme[];
  readonly phrases: readonly Phrase[];
  readonly concepts: readonly ConceptParts[];
  readonly lexemeSenses: number[][];
  readonly phraseSenses: number[][];
  readonly watched: Set<number>;
  readonly add: (term: Term) => TermRef;
  readonly addSense: (ref: TermRef, sense: number) => void;
  readonly addConcept: (parts: ConceptParts) => number;
}

/** An empty lexicon. */
export function createLexicon(): Lexicon {
  const lexemes: Lexeme[] = [];
  const phrases: Phrase[] = [];
  const concepts: ConceptParts[] = [];
  const lexemeSenses: number[][] = [];
  const phraseSenses: number[][] = [];
  const watched = new Set<number>();
  const ids = new Map<string, number>();

  const intern = <T>(key: string, list: T[], value: () => T): number => {
    let id = ids.get(key);
    if (id === undefined) {
      id = list.length;
      list.push(value());
      ids.set(key, id);
    }
    return id;
  };
  const lexeme = (stem: Lexeme): number =>
    intern(
      `l ${stem.letters} ${stem.cls} ${stem.capitals} ${stem.languages} ${stem.forms}`,
      lexemes,
      () => {
        lexemeSenses.push([]);
        return stem;
      },
    );
  return {
    lexemes,
    phrases,
    concepts,
    lexemeSenses,
    phraseSenses,
    watched,
    add: (term) => {
      const wordsOf = term.map(({ stems }) => unique(stems.map(lexeme)));
      if (wordsOf.length === 1) return { lexemes: wordsOf[0] ?? [], phrase: -1 };
      const gaps = term.map(({ gap }) => gap);
      const phrase = intern(`p ${JSON.stringify([wordsOf, gaps])}`, phrases, () => {
        phraseSenses.push([]);
        return { words: wordsOf, gaps };
      });
      return { lexemes: [], phrase };
    },
    addSense: (ref, sense) => {
      const rows =
        ref.phrase >= 0
          ? [phraseSenses[ref.phrase] ?? []]
          : ref.lexemes.map((id) => lexemeSenses[id] ?? []);
      for (const row of rows) if (!row.includes(sense)) row.push(sense);
    },
    addConcept: (parts) =>
      intern(`c ${JSON.stringify(parts)}`, concepts, () => {
        for (const id of [...parts.lexemes, ...parts.blocks]) watched.add(id);
        for (const id of [...parts.phrases, ...parts.blockPhrases]) {
          for (const word of phrases[id]?.words ?? []) for (const l of word) watched.add(l);
        }
        return parts;
      }),
  };
}

/** The values, each once, in order of first appearance. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
