import { type Draft, draftOf } from './draft.ts';

/** Plain text: every line as it stands; headline, text and furniture are told apart later. */
export function readText(text: string): Draft {
  // In one piece: it is parted where its characters are put in order, which knows all kinds of line ends.
  const lines = text.includes('\r') ? text.split(/\r\n?/) : [text];
  return draftOf({ visible: text, lines });
}
