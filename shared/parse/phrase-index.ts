import { LETTER, propertiesOf } from '../text/characters.ts';
import { lay } from '../text/rewriting.ts';

/** At the start of a line three letters tell most lines from most phrases; more would only make the index larger. */
export const AT_START = 3;

/** What every match of a pattern begins with: one of the texts. */
export interface Openings {
  readonly texts: readonly string[];
  /** At the first letter or digit of the line; else anywhere in it. */
  readonly isAtStart: boolean;
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** Whether the first word of a line, or its first number, may begin here. */
export function isWordStart(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const code = text.codePointAt(at) as number;
  return isDigit(code) || (propertiesOf(code) & LETTER) !== 0;
}

/** A text, and the places in their list of the things that it opens. */
type Phrase = readonly [text: string, things: readonly number[]];

/** What things begin with, as plain data, so that a bundle can have it worked out. */
export interface OpeningIndex {
  /** By what a line begins with. */
  readonly atStart: Readonly<Record<string, readonly number[]>>;
  /** By the first letters of what stands anywhere in a line. */
  readonly byHead: Readonly<Record<string, readonly Phrase[]>>;
  /** What stands anywhere and has fewer letters. */
  readonly short: readonly Phrase[];
  /** Things without openings: they may match any line. */
  readonly always: readonly number[];
  /** The hashes of all that is in `atStart`, and in `byHead`. */
  readonly startHashes: readonly number[];
  readonly headHashes: readonly number[];
}

/** The index of things by their openings. */
export function openingIndex(all: readonly (Openings | null)[]): OpeningIndex {
  const atStart: Record<string, number[]> = {};
  const anywhere: Record<string, number[]> = {};
  const always: number[] = [];
  all.forEach((openings, i) => {
    if (openings === null) always.push(i);
    const into = openings?.isAtStart ? atStart : anywhere;
    for (const text of openings?.texts ?? []) into[text] = [...(into[text] ?? []), i];
  });
  const phrases: readonly Phrase[] = Object.entries(anywhere);
  const byHead: Record<string, Phrase[]> = {};
  for (const phrase of phrases) {
    const head = phrase[0].slice(0, HEAD);
    if (head.length === HEAD) byHead[head] = [...(byHead[head] ?? []), phrase];
  }
  return {
    atStart,
    byHead,
    short: phrases.filter(([text]) => text.length < HEAD),
    always,
    startHashes: Object.keys(atStart).map(hashOf),
    headHashes: Object.keys(byHead).map(hashOf),
  };
}

const HASHES = 1 << 14;
/** Four letters begin few words of Arabic; older ones are shifted out of the hash. */
const HEAD = 4;

/** The hash of a text's last units, `HEAD` of them. */
function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = ((hash << 4) ^ text.charCodeAt(i)) & (HASHES - 1);
  return hash;
}

/** By hash, whether there is such a text at all: for most places of a line there is none, and no string is made. */
function setOf(hashes: readonly number[]): Uint8Array {
  const set = new Uint8Array(HASHES);
  for (const hash of hashes) set[hash] = 1;
  return set;
}

/** Looks for many phrases at once, by their first characters; no further when it has found so many. */
function finder({
  byHead,
  short,
  headHashes,
}: OpeningIndex): (line: string, most?: number) => number[] {
  const hashes = setOf(headHashes);
  return (line, most = Number.POSITIVE_INFINITY) => {
    const found = short.flatMap(([text, indexes]) => (line.includes(text) ? indexes : []));
    const { units } = lay(line).from;
    const mask = HASHES - 1;
    const end = line.length;
    let hash = 0;
    for (let i = 0; i < end; i++) {
      hash = ((hash << 4) ^ (units[i] as number)) & mask;
      if (hashes[hash] === 0) continue;
      const at = Math.max(0, i + 1 - HEAD);
      for (const [text, indexes] of byHead[line.slice(at, i + 1)] ?? [])
        if (line.startsWith(text, at)) found.push(...indexes);
      if (found.length >= most) break;
    }
    return found;
  };
}

/** Things by what a line holds that their pattern may match. */
export interface ByOpening<Thing> {
  /** Whether a text holds the opening of something that may stand anywhere. */
  readonly isIn: (text: string) => boolean;
  /** In their order. @param anywhere false for a line of a text that `isIn` denied: only its start is looked at then. */
  readonly like: (line: string, anywhere?: boolean) => readonly Thing[];
}

/**
 * Finds the things whose pattern may match a line: most lines are like none of them.
 * @param index of the things' openings, in the same order.
 */
export function byOpening<Thing>(things: readonly Thing[], index: OpeningIndex): ByOpening<Thing> {
  const { atStart, short, always, startHashes, headHashes } = index;
  const inOrder = (indexes: readonly number[]) =>
    [...new Set(indexes)].sort((a, b) => a - b).map((i) => things[i] as Thing);
  const usual = inOrder(always);
  const starts = setOf(startHashes);
  const findAnywhere = finder(index);
  const hasAnywhere = short.length > 0 || headHashes.length > 0;
  const like = (line: string, isAnywhere = true): readonly Thing[] => {
    let at = 0;
    while (at < line.length && !isWordStart(line, at)) at++;
    const found: number[] = [];
    for (let end = at + 1, hash = 0; end <= at + AT_START && end <= line.length; end++) {
      hash = ((hash << 4) ^ line.charCodeAt(end - 1)) & (HASHES - 1);
      if (starts[hash] === 1) found.push(...(atStart[line.slice(at, end)] ?? []));
    }
    if (isAnywhere && hasAnywhere) found.push(...findAnywhere(line));
    return found.length === 0 ? usual : inOrder([...always, ...found]);
  };
  return { isIn: (text) => findAnywhere(text, 1).length > 0, like };
}
