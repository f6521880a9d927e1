import type { Mark } from '../api.ts';

/** A piece of text and the events whose evidence it belongs to; none for plain text. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly events: readonly number[];
}

/** Cuts text[from, to) where evidence begins or ends: the pieces together are the text, and each is marked as one. */
export function piecesOf(
  text: string,
  marks: readonly Mark[],
  from: number,
  to: number,
): readonly Piece[] {
  const cuts = new Set([from, to]);
  for (const { start, end } of marks)
    for (const cut of [start, end]) if (cut > from && cut < to) cuts.add(cut);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1] ?? to;
    const events = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return { text: text.slice(start, end), start, events: events.map(({ event }) => event) };
  });
}

/** Where each paragraph of the text stands; paragraphs are parted by blank lines. */
export function paragraphsOf(text: string, from: number): readonly { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let at = from;
  for (const paragraph of text.slice(from).split('\n\n')) {
    if (paragraph !== '') found.push({ from: at, to: at + paragraph.length });
    at += paragraph.length + 2;
  }
  return found;
}
