import type { Place, Report } from './problem.ts';
import { reportChoice } from './reader.ts';

/** The kinds that an actor or a role word may have, as bits. */
export const KINDS = { person: 1, group: 2, org: 4, state: 8, city: 16, place: 32 } as const;
export type Kind = keyof typeof KINDS;

/** Whoever can act: anybody but a mere place. */
export const ACTOR_KINDS = KINDS.person | KINDS.group | KINDS.org | KINDS.state | KINDS.city;

/** What a slot may ask for. `place` takes states and cities in; `known` demands an actor or a country. */
export const SLOT_KINDS: Readonly<Record<string, number>> = {
  person: KINDS.person,
  group: KINDS.group,
  org: KINDS.org,
  state: KINDS.state,
  city: KINDS.city,
  place: KINDS.state | KINDS.city | KINDS.place,
  actor: ACTOR_KINDS,
  known: 64,
};

/** The parts of an event that a slot may fill. */
export const ROLES = ['source', 'target', 'place'] as const;
export type Role = (typeof ROLES)[number];

/** How a party may hang on the trigger. */
export const HINTS = [
  'subject',
  'object',
  'owner',
  'before',
  'after',
  'any',
  'speaker',
  'topic',
  'to',
  'from',
  'in',
  'with',
  'by',
  'for',
  'about',
  'against',
  'on',
] as const;
export type Hint = (typeof HINTS)[number];

/** One item of a `seq` or `near`. */
export type Item = WordItem | SlotItem;

/** Words: concepts by name, and words as they stand. */
export interface WordItem {
  readonly kind: 'words';
  readonly at: Place;
  readonly concepts: readonly string[];
  readonly words: readonly string[];
  readonly optional: boolean;
  readonly negated: boolean;
  readonly trigger: boolean;
}

/** A party; `hints` is empty for one that stands in its place of the order. */
export interface SlotItem {
  readonly kind: 'slot';
  readonly at: Place;
  readonly kinds: number;
  readonly role: Role | null;
  readonly hints: readonly (Hint | { readonly words: readonly string[] })[];
  readonly optional: boolean;
  /** No pronoun, and nobody carried over from before. */
  readonly explicit: boolean;
}

/** Reads one item, such as `to|in @place:target?` or `^visit.noun|(جولة)`; null when it was reported. */
export function readItem(text: string, at: Place, report: Report): Item | null {
  return text.includes('@')
    ? readSlot(text.trim(), at, report)
    : readWords(text.trim(), at, report);
}

const SLOT = /^(?<hints>[^@]*?)\s*(?<kinds>@[@|a-z]+)(?::(?<role>[a-z]+))?(?<marks>[?!]*)$/;

function readSlot(text: string, at: Place, report: Report): SlotItem | null {
  const { hints = '', kinds = '', role, marks = '' } = SLOT.exec(text)?.groups ?? {};
  if (kinds === '') {
    report(at, `'${text}' is not a slot`, "write it as 'subject @person:source'");
    return null;
  }
  let mask = 0;
  for (const kind of kinds.split('|').map((k) => k.replace('@', ''))) {
    const bits = SLOT_KINDS[kind];
    if (bits === undefined)
      reportChoice(at, 'the kind of a slot', kind, Object.keys(SLOT_KINDS), report);
    else mask |= bits;
  }
  if (role !== undefined && !(ROLES as readonly string[]).includes(role)) {
    reportChoice(at, 'the role of a slot', role, ROLES, report);
    return null;
  }
  return {
    kind: 'slot',
    at,
    kinds: mask,
    role: (role as Role | undefined) ?? null,
    hints: readHints(hints, at, report),
    optional: marks.includes('?'),
    explicit: marks.includes('!'),
  };
}

function readHints(text: string, at: Place, report: Report): SlotItem['hints'] {
  return alternativesOf(text).flatMap((part): SlotItem['hints'][number][] => {
    if (part.startsWith('(')) return [{ words: literalsOf(part) }];
    if ((HINTS as readonly string[]).includes(part)) return [part as Hint];
    reportChoice(at, 'a hint', part, HINTS, report);
    return [];
  });
}

function readWords(text: string, at: Place, report: Report): WordItem | null {
  const match = /^([!^]?)(.*?)(\??)$/su.exec(text);
  const [, before = '', inner = '', after = ''] = match ?? [];
  const concepts: string[] = [];
  const words: string[] = [];
  for (const part of alternativesOf(inner)) {
    if (part.startsWith('(')) words.push(...literalsOf(part));
    else if (/^[\w.-]+$/.test(part)) concepts.push(part);
    else {
      report(at, `'${part}' is neither a concept nor words`, `put words in parentheses: (${part})`);
      return null;
    }
  }
  if (concepts.length + words.length === 0) {
    report(at, 'an empty item', 'name a concept, or write words in parentheses');
    return null;
  }
  return {
    kind: 'words',
    at,
    concepts,
    words,
    optional: after === '?',
    negated: before === '!',
    trigger: before === '^',
  };
}

/** Splits at the bars outside parentheses. */
function alternativesOf(text: string): string[] {
  return [...text.matchAll(/\([^)]*\)?|[^|()\s][^|()]*/gu)].map(([part]) => part.trim());
}

function literalsOf(group: string): string[] {
  return group
    .replace(/^\(|\)$/g, '')
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
