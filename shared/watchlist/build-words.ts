import { normaliseWords } from '../text/normalise.ts';
import { CLASS } from './affixes.ts';
import { CATEGORY_OF_LIST, SENSE } from './categories.ts';
import type { WordItem } from './item.ts';
import { type ConceptParts, createLexicon, type Lexicon, type TermRef, unique } from './lexicon.ts';
import type { Place, Report } from './problem.ts';
import { closest } from './reader.ts';
import type { WatchlistSource, WordEntry, WordList } from './source.ts';
import { type Language, WordError } from './word.ts';
import { readTerm } from './words.ts';

/** What the later steps of a compilation share. */
export interface Build {
  readonly source: WatchlistSource;
  readonly lexicon: Lexicon;
  readonly particles: ReadonlySet<string>;
  readonly report: Report;
  /** The parts of a concept by name; undefined when there is none of that name. */
  readonly concept: (name: string) => ConceptParts | undefined;
  /** Sets of marker words by content. */
  readonly markers: Map<string, number>;
  /** How many rules ask for each lexeme. */
  readonly uses: Map<number, number>;
  /** The parts of pattern items already worked out. */
  readonly items: Map<WordItem, ConceptParts>;
  /** Where each lexeme was first written. */
  readonly places: Map<number, Place>;
}

/** A sense as it is stored. */
export function senseOf(type: number, value: number): number {
  return (type << 24) | value;
}

/** Starts a compilation: an empty lexicon, and the concepts at hand by name. */
export function startBuild(source: WatchlistSource, report: Report): Build {
  const particles = new Set(
    ['particles', 'clauses.complement', 'clauses.relative']
      .flatMap((name) => source.grammar.get(name)?.entries ?? [])
      .filter(({ text }) => !/\s/.test(text))
      .flatMap(({ text }) => text.split('/').flatMap((form) => normaliseWords(form))),
  );
  for (const name of Object.keys(CATEGORY_OF_LIST).filter((n) => n.startsWith('markers.'))) {
    for (const { text } of source.grammar.get(name)?.entries ?? []) {
      if (!/\s/.test(text))
        for (const form of text.split('/')) particles.add(normaliseWords(form)[0] ?? '');
    }
  }
  const cache = new Map<string, ConceptParts>();
  const build: Build = {
    source,
    lexicon: createLexicon(),
    particles,
    report,
    markers: new Map(),
    uses: new Map(),
    items: new Map(),
    places: new Map(),
    concept: (name) => {
      const known = cache.get(name);
      if (known !== undefined) return known;
      const list = source.lexicon.get(name)?.list ?? source.grammar.get(name);
      if (list === undefined) return undefined;
      // A placeholder first: a concept that includes itself through another is then empty there, not endless.
      cache.set(name, { lexemes: [], phrases: [], blocks: [], blockPhrases: [] });
      const parts = partsOf(build, list);
      cache.set(name, parts);
      return parts;
    },
  };
  return build;
}

/** The lexemes and phrases of a list, with those of the concepts that it includes. */
export function partsOf(build: Build, list: WordList): ConceptParts {
  const own = refsOf(build, list.entries);
  const block = refsOf(build, list.block);
  const blockPhrases = refsOf(build, list.blockPhrases);
  const parts: ConceptParts[] = [
    {
      lexemes: own.flatMap((r) => r.lexemes),
      phrases: own.flatMap((r) => (r.phrase < 0 ? [] : [r.phrase])),
      blocks: block.flatMap((r) => r.lexemes),
      blockPhrases: [...block, ...blockPhrases].flatMap((r) => (r.phrase < 0 ? [] : [r.phrase])),
    },
  ];
  for (const { name, at } of list.includes) {
    const included = build.concept(name);
    if (included === undefined) reportConcept(build, name, at);
    else parts.push(included);
  }
  return joinParts(parts);
}

/** The union of several concepts. */
export function joinParts(parts: readonly ConceptParts[]): ConceptParts {
  return {
    lexemes: unique(parts.flatMap((p) => p.lexemes)),
    phrases: unique(parts.flatMap((p) => p.phrases)),
    blocks: unique(parts.flatMap((p) => p.blocks)),
    blockPhrases: unique(parts.flatMap((p) => p.blockPhrases)),
  };
}

/** Says that there is no concept of a name. */
export function reportConcept(build: Build, name: string, at: Place): void {
  const near = closest(name, build.source.lexicon.keys());
  build.report(
    at,
    `there is no concept '${name}'`,
    near === undefined
      ? 'add it to the lexicon, or put words in parentheses'
      : `did you mean '${near}'?`,
  );
}

function refsOf(build: Build, entries: readonly WordEntry[]): TermRef[] {
  return entries.flatMap((entry) => {
    const ref = refOf(build, entry);
    return ref === null ? [] : [ref];
  });
}

function refOf(build: Build, { text, cls, language, at }: WordEntry): TermRef | null {
  try {
    const ref = build.lexicon.add(readTerm(text, cls, language, build.particles));
    for (const id of ref.lexemes) if (!build.places.has(id)) build.places.set(id, at);
    return ref;
  } catch (error) {
    if (!(error instanceof WordError)) throw error;
    build.report(at, error.message, error.hint);
    return null;
  }
}

/** The parts of words as they stand in a pattern: the language is that of their script. */
export function literalParts(build: Build, words: readonly string[], at: Place): ConceptParts {
  const entries = words.map((text): WordEntry => {
    const language: Language = /[\u0600-\u06ff]/.test(text)
      ? 'ar'
      : /[\u0400-\u052f]/.test(text)
        ? 'ru'
        : 'any';
    const particle = build.particles.has(normaliseWords(text)[0] ?? '');
    const bare = text.startsWith('=') || (particle && !/\s/.test(text));
    const cls = bare
      ? 'exact'
      : text.startsWith('~')
        ? 'verb'
        : /\s/.test(text)
          ? 'phrase'
          : 'noun';
    return { text, cls, language, at };
  });
  return partsOf(build, { entries, block: [], blockPhrases: [], includes: [] });
}

/** The index of a set of words that mark a slot, such as `(نحو|باتجاه)`. */
export function markerSet(build: Build, words: readonly string[], at: Place): number {
  const key = words.join('|');
  let index = build.markers.get(key);
  if (index === undefined) {
    index = build.markers.size;
    build.markers.set(key, index);
    const parts = literalParts(build, words, at);
    addSenses(build, parts, senseOf(SENSE.marker, index));
  }
  return index;
}

/** Gives every lexeme and phrase of a concept a sense. */
export function addSenses(build: Build, parts: ConceptParts, sense: number): void {
  build.lexicon.addSense({ lexemes: parts.lexemes, phrase: -1 }, sense);
  for (const phrase of parts.phrases) build.lexicon.addSense({ lexemes: [], phrase }, sense);
}

/** Gives what a concept blocks a sense. */
export function addBlockSenses(build: Build, parts: ConceptParts, sense: number): void {
  const { blocks, blockPhrases } = parts;
  addSenses(build, { lexemes: blocks, phrases: blockPhrases, blocks: [], blockPhrases: [] }, sense);
}

/** Enters the grammar packs. The marker bits of the proclitics come back, since a lone letter is no word. */
export function buildGrammar(build: Build): { b: number; l: number; k: number } {
  const clitics = { b: 0, l: 0, k: 0 };
  for (const [name, list] of build.source.grammar) {
    const bits = CATEGORY_OF_LIST[name] ?? 0;
    const entries = list.entries.filter(({ text }) => {
      const clitic = ({ ب: 'b', ل: 'l', ك: 'k' } as const)[text.replace(/ـ/g, '')];
      if (clitic !== undefined) clitics[clitic] |= bits;
      return clitic === undefined;
    });
    const parts = partsOf(build, { ...list, entries });
    addBlockSenses(build, parts, senseOf(SENSE.block, 0));
    for (let bit = 0; bit < 32; bit++) {
      if (bits & (1 << bit)) addSenses(build, parts, senseOf(SENSE.category, bit));
    }
  }
  return clitics;
}

/** Enters the actors' names, adjectives, peoples and weak titles. */
export function buildActors(build: Build): void {
  build.source.actors.forEach((actor, index) => {
    const enter = (entries: readonly WordEntry[], type: number) => {
      for (const ref of refsOf(build, entries)) build.lexicon.addSense(ref, senseOf(type, index));
    };
    enter(actor.names, SENSE.name);
    enter(actor.adjectives, SENSE.adjective);
    enter(actor.people, SENSE.people);
    enter(actor.weak, SENSE.weak);
    enter(actor.block, SENSE.block);
  });
}

/** Whether a lexeme is a word of grammar: too common to find rules by. */
export function isCommon(build: Build, lexeme: number): boolean {
  const { cls } = build.lexicon.lexemes[lexeme] ?? { cls: 0 };
  return (
    (cls & CLASS.exact) !== 0 &&
    (build.lexicon.lexemeSenses[lexeme] ?? []).some((sense) => sense >>> 24 === SENSE.category)
  );
}
