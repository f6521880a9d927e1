/** By the name of a table, what it says of each of `COMMON`, one after the other. */
export type Known = Readonly<Record<string, readonly number[]>>;

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The characters that nearly all texts are made of: ASCII, quotes and dashes, Russian, the Arabic block. */
export const COMMON: readonly number[] = [
  0x0a,
  ...range(0x20, 0x7e),
  0xa0,
  0xab,
  0xbb,
  ...range(0x410, 0x44f),
  0x401,
  0x451,
  ...range(0x60c, 0x6d5),
  ...range(0x6f0, 0x6f9),
  ...range(0x200b, 0x200f),
  ...range(0x2010, 0x2026),
];
