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

interface Sought {
  readonly text: string;
  readonly i: number;
}

/** Looks for many phrases at once, by their first characters. */
function phrasesAnywhere() {
  const isHead = new Uint8Array(HEADS);
  const phrases = new Map<number, Sought[]>();
  const short: Sought[] = [];
  let room = createUnits(1_024);
  return {
    add(text: string, i: number): void {
      if (text.length < HEAD) {
        short.push({ text, i });
        return;
      }
      const head = headOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2));
      isHead[head] = 1;
      phrases.set(head, [...(phrases.get(head) ?? []), { text, i }]);
    },
    find(line: string, into: number[]): void {
      for (const { text, i } of short) if (line.includes(text)) into.push(i);
      room = copyUnits(room, line);
      const { units } = room;
      const end = line.length - HEAD;
      let a = units[0] as number;
      let b = units[1] as number;
      for (let at = 0; at <= end; at++) {
        const c = units[at + 2] as number;
        const head = headOf(a, b, c);
        if (isHead[head] === 1)
          for (const { text, i } of phrases.get(head) ?? [])
            if (line.startsWith(text, at)) into.push(i);
        a = b;
        b = c;
      }
    },
  };
}

/**
 * Finds the things whose pattern may match a line, in their order, by what it holds: most lines are like none of them. A
 * thing without openings may match any line.
 */
export function byOpening<Thing extends { readonly openings: Openings | null }>(
  things: readonly Thing[],
): (line: string) => readonly Thing[] {
  const atStart = new Map<string, number[]>();
  const anywhere = phrasesAnywhere();
  const always: number[] = [];
  things.forEach(({ openings }, i) => {
    if (openings === null) always.push(i);
    else if (!openings.isAtStart) for (const text of openings.texts) anywhere.add(text, i);
    else for (const text of openings.texts) atStart.set(text, [...(atStart.get(text) ?? []), i]);
  });
  const inOrder = (indexes: readonly number[]) =>
    [...new Set(indexes)].sort((a, b) => a - b).map((i) => things[i] as Thing);
  const usual = inOrder(always);
  return (line) => {
    let at = 0;
    while (at < line.length && !isWordStart(line, at)) at++;
    const found: number[] = [];
    for (let length = 1; length <= AT_START; length++)
      for (const i of atStart.get(line.slice(at, at + length)) ?? []) found.push(i);
    anywhere.find(line, found);
    return found.length === 0 ? usual : inOrder([...always, ...found]);
  };
}
