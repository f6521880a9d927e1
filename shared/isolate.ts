/** First-strong isolate and its end: what is inside sets its own direction and cannot turn what is around it. */
const FSI = '\u2068';
const PDI = '\u2069';
/** Before a paragraph whose text is right to left: the paragraph then runs that way too. */
const RLM = '\u200F';

/** Characters that could turn or end an isolate from inside, and C0/C1 controls: escape sequences, line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069]+/g;

/** The text in one line, without anything that could turn the direction of what is around it. */
export function plain(text: string): string {
  return text.replaceAll(UNSAFE, ' ');
}

/** A stretch of somebody else's text, made safe to stand inside a line of ours. */
export function isolate(text: string): string {
  return `${FSI}${plain(text)}${PDI}`;
}

/** Arabic, Hebrew, Syriac and Thaana letters with their presentation forms; the first letter decides. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;

/** A paragraph of somebody else's text that runs in its own direction; an isolate alone would leave it ours. */
export function paragraph(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? RLM + isolate(text) : isolate(text);
}
