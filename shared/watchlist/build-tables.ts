import { CLASS } from './affixes.ts';
import type { Actor, ActorLabel, Cue, Meta, RuleMeta, Tables } from './artifact.ts';
import { writeRuleMeta } from './artifact.ts';
import { buildHits } from './build-hits.ts';
import { conceptAnchor, type RuleCode } from './build-rules.ts';
import { addBlockSenses, addSenses, type Build, partsOf, senseOf } from './build-words.ts';
import { SENSE } from './categories.ts';
import { flatten, type Lexeme } from './lexicon.ts';
import type { ActorSource, CueSource } from './source.ts';
import { buildStems } from './stems.ts';

/** Enters the cue groups of all packs; a cue's words become senses. */
export function buildCues(build: Build): { cues: Cue[]; packs: string[] } {
  const cues: Cue[] = [];
  const packs: string[] = [];
  for (const [name, groups] of build.source.status) {
    for (const group of groups) {
      const index = cues.length;
      const parts = partsOf(build, group.words);
      addSenses(build, parts, senseOf(SENSE.cue, index));
      addBlockSenses(build, parts, senseOf(SENSE.cueBlock, index));
      if (group.unless !== null) {
        addSenses(build, partsOf(build, group.unless), senseOf(SENSE.undo, index));
      }
      cues.push(cueOf(group, packs.length));
    }
    packs.push(name);
  }
  return { cues, packs };
}

function cueOf(group: CueSource, pack: number): Cue {
  const { status, side, reach, within, strength, form, triggerForm } = group;
  const undo = group.unless === null ? -1 : group.unlessWithin;
  return { pack, status, side, reach, within, strength, form, triggerForm, undo };
}

/** The actors with what they inherit through `of`. */
export function actorsOf(build: Build): Actor[] {
  const indexes = new Map(build.source.actors.map(({ id }, index) => [id, index]));
  return build.source.actors.map((actor) => {
    if (actor.of !== null && !indexes.has(actor.of)) {
      build.report(
        actor.at,
        `${actor.id} is of '${actor.of}', whom nobody lists`,
        'add that actor',
      );
    }
    return {
      id: actor.id,
      kind: actor.kind,
      of: indexes.get(actor.of ?? '') ?? -1,
      country: countryOf(build, actor, indexes),
    };
  });
}

/** Own country, or that of whom it belongs to. The bound stops two actors that are of each other. */
function countryOf(build: Build, actor: ActorSource, indexes: ReadonlyMap<string, number>) {
  let current: ActorSource | undefined = actor;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    if (current.country !== null) return current.country;
    current = build.source.actors[indexes.get(current.of ?? '') ?? -1];
  }
  return null;
}

function labelOf(actor: ActorSource): ActorLabel {
  const label: Record<string, string> = {};
  for (const { text, language } of actor.names) {
    const key = language === 'any' ? 'en' : language;
    label[key] ??= text.replace(/[/][^ ]*/g, '').replace(/[~*!>]/g, '');
  }
  return label;
}

/** Puts everything gathered into arrays. */
export function buildTables(
  build: Build,
  rules: RuleCode,
  meta: Meta,
  ruleMetas: readonly RuleMeta[],
  multiplier: number,
): Tables {
  const { lexicon } = build;
  const stems = lexicon.lexemes;
  const words = lexicon.phrases.flatMap((phrase) => phrase.words);
  const [wordStart, wordLexemes] = flatten(words);
  const [phraseStart] = flatten(lexicon.phrases.map((phrase) => phrase.words.map(() => 0)));
  const [lexemeSenseStart, lexemeSenses] = flatten(lexicon.lexemeSenses);
  const [phraseSenseStart, phraseSenses] = flatten(lexicon.phraseSenses);
  const [lexemePhraseStart, lexemePhrases] = flatten(phrasesByFirstWord(build));
  const phrases = { phraseStart, wordStart, wordLexemes };
  const concepts = conceptTables(build);
  const [postStart, posts] = flatten(postings(stems.length, rules.anchors));
  const [ruleMetaStart, ruleMeta] = packTexts(ruleMetas.map(writeRuleMeta));
  return {
    ...buildStems(stems, lexicon.watched, multiplier),
    prefixLengths: prefixLengthsOf(stems),
    lexemeSenseStart,
    lexemeSenses,
    lexemePhraseStart,
    lexemePhrases,
    ...phrases,
    wordGap: Uint8Array.from(lexicon.phrases.flatMap((phrase) => phrase.gaps)),
    phraseSenseStart,
    phraseSenses,
    ...concepts,
    ...buildHits({ ...concepts, ...phrases }, stems.length),
    code: Int32Array.from(rules.code),
    ruleStart: Int32Array.from(rules.starts),
    postStart,
    posts,
    ruleMetaStart,
    ruleMeta,
    actorLabels: new TextEncoder().encode(JSON.stringify(build.source.actors.map(labelOf))),
    meta: new TextEncoder().encode(JSON.stringify(meta)),
  };
}

function conceptTables(build: Build) {
  const { concepts } = build.lexicon;
  const part = (name: 'lexemes' | 'phrases' | 'blocks' | 'blockPhrases') =>
    flatten(concepts.map((parts) => parts[name]));
  const [conceptLexemeStart, conceptLexemes] = part('lexemes');
  const [conceptPhraseStart, conceptPhrases] = part('phrases');
  const [conceptBlockStart, conceptBlocks] = part('blocks');
  const [conceptBlockPhraseStart, conceptBlockPhrases] = part('blockPhrases');
  const [conceptAnchorStart, conceptAnchors] = flatten(
    concepts.map((parts) => conceptAnchor(build, { ...parts, lexemes: [] }).lexemes),
  );
  return {
    conceptLexemeStart,
    conceptLexemes,
    conceptPhraseStart,
    conceptPhrases,
    conceptBlockStart,
    conceptBlocks,
    conceptBlockPhraseStart,
    conceptBlockPhrases,
    conceptAnchorStart,
    conceptAnchors,
  };
}

/** For each lexeme the phrases with a sense that begin with it: what the reader of a sentence looks for. */
function phrasesByFirstWord({ lexicon }: Build): number[][] {
  const rows: number[][] = lexicon.lexemes.map(() => []);
  lexicon.phrases.forEach((phrase, id) => {
    if ((lexicon.phraseSenses[id] ?? []).length === 0) return;
    for (const lexeme of phrase.words[0] ?? []) rows[lexeme]?.push(id);
  });
  return rows;
}

function prefixLengthsOf(stems: readonly Lexeme[]): Int32Array<ArrayBuffer> {
  const any = stems.filter(({ cls }) => cls === CLASS.prefix);
  return Int32Array.from(new Set(any.map(({ letters }) => letters.length))).sort();
}

function postings(lexemes: number, anchors: readonly (readonly number[])[]): number[][] {
  const rows: number[][] = Array.from({ length: lexemes }, () => []);
  anchors.forEach((anchor, rule) => {
    for (const lexeme of anchor) rows[lexeme]?.push(rule);
  });
  return rows;
}

function packTexts(texts: readonly string[]): [Int32Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const start = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, i) => {
    start[i + 1] = (start[i] as number) + bytes.length;
  });
  const all = new Uint8Array(start[texts.length] as number);
  encoded.forEach((bytes, i) => {
    all.set(bytes, start[i]);
  });
  return [start, all];
}
