import {
  type Build,
  isCommon,
  joinParts,
  literalParts,
  markerSet,
  reportConcept,
} from './build-words.ts';
import { ITEM, MARKER_HINT, MAX_PARTS, OP, packHead, packSlot, packWords } from './code.ts';
import { HINTS, type Item, ROLES, type SlotItem, type WordItem } from './item.ts';
import { type ConceptParts, unique } from './lexicon.ts';
import { type Pattern, type RuleSource, SCOPES } from './source.ts';

/** The code of all rules, and what each needs. */
export interface RuleCode {
  readonly code: readonly number[];
  /**
   * Where each rule's entry stands: its match, then its `unless` and its `none` patterns, each list after its length. A rule
   * with neither has the complement of the place of its match.
   */
  readonly starts: readonly number[];
  /** For each rule the lexemes of which at least one must be in the text. */
  readonly anchors: readonly (readonly number[])[];
}

/** Lays down the patterns of all rules. A rule that no word is needed for is reported. */
export function buildRules(build: Build): RuleCode {
  const code: number[] = [];
  const starts: number[] = [];
  const anchors: (readonly number[])[] = [];
  countUses(build);
  for (const rule of build.source.rules) {
    anchors.push(anchorOf(build, rule));
    const match = emit(build, code, rule.match);
    const unless = rule.unless.map((pattern) => emit(build, code, pattern));
    const none = rule.none.map((pattern) => emit(build, code, pattern));
    if (unless.length + none.length === 0) {
      starts.push(~match);
      continue;
    }
    starts.push(code.length);
    code.push(match, unless.length, ...unless, none.length, ...none);
  }
  return { code, starts, anchors };
}

function anchorOf(build: Build, rule: RuleSource): readonly number[] {
  const anchor = cheapest(build, rule.match);
  if (anchor !== null && anchor.lexemes.length > 0) return anchor.lexemes;
  // A concept that is missing has been told already.
  if (hasMissing(build, rule.match)) return [];
  build.report(
    rule.match.at,
    `rule ${rule.id} needs no word at all`,
    'it would be tried on every sentence: add a concept that must be there',
  );
  return [];
}

/** Whether a pattern names a concept that there is not. */
function hasMissing(build: Build, pattern: Pattern): boolean {
  if ('parts' in pattern) return pattern.parts.some((part) => hasMissing(build, part));
  return pattern.items.some(
    (item) =>
      item.kind === 'words' && item.concepts.some((name) => build.concept(name) === undefined),
  );
}

function emit(build: Build, code: number[], pattern: Pattern): number {
  const scope = SCOPES.indexOf(pattern.scope);
  if ('parts' in pattern) {
    const parts = pattern.parts.map((part) => emit(build, code, part));
    const at = code.length;
    const { length } = parts;
    if (length > MAX_PARTS || pattern.count > 127) {
      build.report(
        pattern.at,
        'too many parts',
        `at most ${MAX_PARTS}, and atleast 127: split the rule`,
      );
    }
    const head = { op: OP[pattern.op], scope, within: 0, trigger: 0, length, count: pattern.count };
    code.push(packHead(head), ...parts);
    return at;
  }
  const items = pattern.items.map((item) => itemCode(build, item));
  const marked = pattern.items.findIndex((i) => i.kind === 'words' && i.trigger);
  const first = pattern.items.findIndex((i) => i.kind === 'words' && !i.negated && !i.optional);
  const at = code.length;
  const trigger = marked >= 0 ? marked : first;
  const { within, op } = pattern;
  const head = { op: OP[op], scope, within, trigger, length: items.length, count: 0 };
  code.push(packHead(head), ...items.flat());
  return at;
}

/** One number for words; for a slot one, and its hints. */
function itemCode(build: Build, item: Item): number[] {
  if (item.kind === 'words') {
    const marks = (item.optional ? ITEM.optional : 0) | (item.negated ? ITEM.negated : 0);
    return [packWords(marks, wordReference(build, item))];
  }
  const marks = (item.optional ? ITEM.optional : 0) | (item.explicit ? ITEM.explicit : 0);
  const role = item.role === null ? -1 : ROLES.indexOf(item.role);
  const hints = hintCodes(build, item);
  return [packSlot(marks, item.kinds, role, hints.length), ...hints];
}

function hintCodes(build: Build, item: SlotItem): number[] {
  return item.hints.map((hint) =>
    typeof hint === 'string'
      ? HINTS.indexOf(hint)
      : MARKER_HINT + markerSet(build, hint.words, item.at),
  );
}

/** A lexeme as itself, a concept as its complement: most literal words are one lexeme, and cost no concept. */
function wordReference(build: Build, item: WordItem): number {
  const parts = itemParts(build, item);
  const only = parts.lexemes[0];
  const plain = parts.phrases.length + parts.blocks.length + parts.blockPhrases.length === 0;
  if (only !== undefined && plain && parts.lexemes.length === 1) {
    build.lexicon.watched.add(only);
    return only;
  }
  return ~build.lexicon.addConcept(parts);
}

/** The lexemes and phrases of an item; worked out once, since laying down, counting and anchoring all ask. */
function itemParts(build: Build, item: WordItem): ConceptParts {
  let parts = build.items.get(item);
  if (parts === undefined) {
    parts = readItemParts(build, item);
    build.items.set(item, parts);
  }
  return parts;
}

function readItemParts(build: Build, item: WordItem): ConceptParts {
  const parts: ConceptParts[] = [];
  for (const name of item.concepts) {
    const concept = build.concept(name);
    if (concept === undefined) reportConcept(build, name, item.at);
    else parts.push(concept);
  }
  if (item.words.length > 0) parts.push(literalParts(build, item.words, item.at));
  return joinParts(parts);
}

interface Anchor {
  readonly cost: number;
  readonly lexemes: readonly number[];
}

/** The words of which one must be there: a conjunction gives its cheapest part, a disjunction all of its parts. */
function cheapest(build: Build, pattern: Pattern): Anchor | null {
  if (pattern.op === 'none') return null;
  if ('items' in pattern) {
    const needed = pattern.items.flatMap((item) =>
      item.kind === 'words' && !item.negated && !item.optional
        ? [conceptAnchor(build, itemParts(build, item))]
        : [],
    );
    return least(needed);
  }
  const parts = pattern.parts.map((part) => cheapest(build, part));
  if (pattern.op === 'all') return least(parts.filter((part) => part !== null));
  if (parts.some((part) => part === null)) return null;
  return union(parts.filter((part) => part !== null));
}

/** The words of which one must be there for a concept: every lexeme, and the rarest word of every phrase. */
export function conceptAnchor(build: Build, parts: ConceptParts): Anchor {
  const singles = parts.lexemes.map((l) => ({ cost: costOf(build, l), lexemes: [l] }));
  const phrases = parts.phrases.map((id) => {
    const words = build.lexicon.phrases[id]?.words ?? [];
    return (
      least(words.map((w) => union(w.map((l) => ({ cost: costOf(build, l), lexemes: [l] }))))) ?? {
        cost: 0,
        lexemes: [],
      }
    );
  });
  return union([...singles, ...phrases]);
}

function union(anchors: readonly Anchor[]): Anchor {
  const cost = anchors.reduce((sum, anchor) => sum + anchor.cost, 0);
  return { cost, lexemes: unique(anchors.flatMap((anchor) => anchor.lexemes)) };
}

function least(anchors: readonly Anchor[]): Anchor | null {
  return anchors.reduce<Anchor | null>(
    (best, anchor) => (best === null || anchor.cost < best.cost ? anchor : best),
    null,
  );
}

/** How common a word may be, guessed: what many rules ask for is (they share topics, not names), and so are short words and grammar. */
function costOf(build: Build, lexeme: number): number {
  const length = build.lexicon.lexemes[lexeme]?.letters.length ?? 0;
  const uses = build.uses.get(lexeme) ?? 1;
  return ((isCommon(build, lexeme) ? 100 : 1) * uses) / (length * length + 1);
}

/** Counts for every lexeme the rules whose patterns have it. */
function countUses(build: Build): void {
  const count = (pattern: Pattern): void => {
    if ('parts' in pattern) {
      for (const part of pattern.parts) count(part);
      return;
    }
    for (const item of pattern.items) {
      if (item.kind !== 'words') continue;
      const { lexemes, phrases } = itemParts(build, item);
      const words = phrases.flatMap((id) => build.lexicon.phrases[id]?.words.flat() ?? []);
      for (const id of [...lexemes, ...words]) build.uses.set(id, (build.uses.get(id) ?? 0) + 1);
    }
  };
  for (const { match } of build.source.rules) count(match);
}
