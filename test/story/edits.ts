/** A reproducible source of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What an editor did to a copy, as shares and counts, so that the distance is stated. */
export interface Edits {
  /** Share of the words replaced by words of other stories. */
  readonly wordsChanged: number;
  /** Share of the words taken out. */
  readonly wordsCut: number;
  /** Paragraphs cut: the last one, or any but the first. */
  readonly paragraphsCut: number;
  /** Lines of page furniture that the cleaner left: a dateline before, a teaser and a signature after. */
  readonly furniture: boolean;
  /** Paragraphs in another order, the first stays. */
  readonly reordered: boolean;
}

/** The body after these edits. `words` are what replaces. */
export function edited(
  body: string,
  edits: Edits,
  words: readonly string[],
  random: () => number,
): string {
  const pick = <Item>(all: readonly Item[]) => all[Math.floor(random() * all.length)] as Item;
  let paragraphs = body.split('\n\n');
  for (let i = 0; i < edits.paragraphsCut && paragraphs.length > 2; i++)
    paragraphs.splice(1 + Math.floor(random() * (paragraphs.length - 1)), 1);
  paragraphs = paragraphs.map((paragraph) =>
    paragraph
      .split(' ')
      .filter(() => random() >= edits.wordsCut)
      .map((word) => (random() < edits.wordsChanged ? pick(words) : word))
      .join(' '),
  );
  const [first = '', ...rest] = paragraphs;
  if (edits.reordered) rest.sort(() => random() - 0.5);
  const lines = [first, ...rest];
  if (!edits.furniture) return lines.join('\n\n');
  const teaser = Array.from({ length: 9 }, () => pick(words)).join(' ');
  return [
    `${pick(words)} – ${pick(words)}`,
    ...lines,
    teaser,
    `${pick(words)} ${pick(words)}`,
  ].join('\n\n');
}
