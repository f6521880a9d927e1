import { at, characterTable } from './characters.ts';

/** White space that is not single spaces: most texts have none, and need no copy. */
const UNEVEN = /[^\S ]| {2}/;

/** Runs of white space as one space each, none at the ends. */
export function withSingleSpaces(text: string): string {
  return (UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

const SPACES = characterTable((character) => (/\s/.test(character) ? 1 : 0));

/** How many code units of a text are no white space. */
export function countVisible(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) count -= at(SPACES, text.charCodeAt(i));
  return count;
}
