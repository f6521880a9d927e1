import { LETTER, propertiesOf } from '../text/characters.ts';

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
const headAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) & (HEADS - 1);

/** Looks for many phrases at once, by their first two characters. */
function phrasesAnywhere() {
  const isHead = new Uint8Array(HEADS);
  const phrases = new Map<number, { readonly text: string; readonly i: number }[]>();
  const single: { readonly text: string; readonly i: number }[] = [];
  return {
    add(text: string, i: number): void {
      if (text.length < 2) {
        single.push({ text, i });
        return;
      }
      const head = headAt(text, 0);
      isHead[head] = 1;
      phrases.set(head, [...(phrases.get(head) ?? []), { text, i }]);
    },
    find(line: string, into: Set<number>): void {
      for (const { text, i } of single) if (line.includes(text)) into.add(i);
      for (let at = 0; at + 1 < line.length; at++) {
        const head = headAt(line, at);
        if (isHead[head] === 0) continue;
        for (const { text, i } of phrases.get(head) ?? [])
          if (line.startsWith(text, at)) into.add(i);
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
  return (line) => {
    let at = 0;
    while (at < line.length && !isWordStart(line, at)) at++;
    const found = new Set(always);
    for (let length = 1; length <= AT_START; length++)
      for (const i of atStart.get(line.slice(at, at + length)) ?? []) found.add(i);
    anywhere.find(line, found);
    return [...found].sort((a, b) => a - b).map((i) => things[i] as Thing);
  };
}
