import { type Draft, draftOf } from './draft.ts';

/** Plain text: every line as it stands; headline, text and furniture are told apart later. */
export function readText(text: string): Draft {
  return draftOf({ visible: text, lines: text.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/) });
}
