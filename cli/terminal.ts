import { isolate } from '../shared/isolate.ts';

/** Colours only where a person looks, and never where NO_COLOR asks for none. */
const isColoured = process.stdout.isTTY === true && !process.env['NO_COLOR'];

const colour = (code: number) => (text: string) =>
  isColoured ? `\u001B[${code}m${text}\u001B[0m` : text;

export const paint = {
  bold: colour(1),
  dim: colour(2),
  red: colour(31),
  green: colour(32),
  yellow: colour(33),
  magenta: colour(35),
  cyan: colour(36),
};

/** Somebody else's text for the terminal: no escape sequence gets through, and right-to-left stays in its place. */
export function safe(text: string): string {
  return isolate(text);
}
