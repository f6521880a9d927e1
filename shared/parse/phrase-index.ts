import { LETTER, propertiesOf } from '../text/characters.ts';
import { copyUnits, createUnits } from '../text/text-units.ts';

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

const HEADS = 1 << 14;
/** Two letters begin many words of Arabic, three few. */
const HEAD = 3;
const headOf = (a: number, b: number, c: number): number => ((a * 31 + b) * 31 + c) & (HEADS - 1);

type Sought = readonly [text: string, thing: number];

/** Which things' openings a line may have, as plain data: things are told by their place in a list. */
export interface OpeningIndex {
  /** By what a line begins with. */
  readonly atStart: Readonly<Record<string, readonly number[]>>;
  /** Openings anywhere in a line by the hash of their first letters. */
  readonly anywhere: Readonly<Record<number, readonly Sought[]>>;
  /** Those that have fewer letters. */
  readonly short: readonly Sought[];
  /** Things without openings. */
  readonly always: readonly number[];
}

/** The index of things by their openings; null for a thing that may match any line. */
export function openingIndex(all: readonly (Openings | null)[]): OpeningIndex {
  const atStart: Record<string, number[]> = {};
  const anywhere: Record<number, Sought[]> = {};
  const short: Sought[] = [];
  const always: number[] = [];
  all.forEach((openings, i) => {
    if (openings === null) always.push(i);
    for (const text of openings?.texts ?? []) {
      if (openings?.isAtStart) {
        atStart[text] ??= [];
        atStart[text].push(i);
      } else if (text.length < HEAD) short.push([text, i]);
      else {
        const head = headOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2));
        anywhere[head] ??= [];
        anywhere[head].push([text, i]);
      }
    }
  });
  return { atStart, anywhere, short, always };
}

/** Looks for all openings at once, by their first characters. */
function finderAnywhere({ anywhere, short }: OpeningIndex) {
  const isHead = new Uint8Array(HEADS);
  for (const head of Object.keys(anywhere)) isHead[Number(head)] = 1;
  let room = createUnits(1_024);
  return (line: string, into: number[]): void => {
    for (const [text, i] of short) if (line.includes(text)) into.push(i);
    room = copyUnits(room, line);
    const { units } = room;
    const end = line.length - HEAD;
    let a = units[0] as number;
    let b = units[1] as number;
    for (let at = 0; at <= end; at++) {
      const c = units[at + 2] as number;
      const head = headOf(a, b, c);
      if (isHead[head] === 1)
        for (const [text, i] of anywhere[head] ?? []) if (line.startsWith(text, at)) into.push(i);
      a = b;
      b = c;
    }
  };
}

/**
 * Finds the things whose pattern may match a line, in their order, by what it holds: most lines are like none of them.
 * @param index of the things' openings, in the same order.
 */
export function byOpening<Thing>(
  things: readonly Thing[],
  index: OpeningIndex,
): (line: string) => readonly Thing[] {
  const { atStart, always } = index;
  const findAnywhere = finderAnywhere(index);
  const inOrder = (indexes: readonly number[]) =>
    [...new Set(indexes)].sort((a, b) => a - b).map((i) => things[i] as Thing);
  const usual = inOrder(always);
  return (line) => {
    let at = 0;
    while (at < line.length && !isWordStart(line, at)) at++;
    const found: number[] = [];
    for (let length = 1; length <= AT_START; length++)
      for (const i of atStart[line.slice(at, at + length)] ?? []) found.push(i);
    findAnywhere(line, found);
    return found.length === 0 ? usual : inOrder([...always, ...found]);
  };
}
