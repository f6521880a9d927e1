/** Letters of the scripts that are written from right to left: Hebrew, Arabic and their presentation forms. */
const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/g;
const LETTER = /\p{L}/gu;

/** How a stretch of somebody's text runs: as most of its letters do, so that a Latin name at its start turns nothing. */
export function directionOf(text: string): 'rtl' | 'ltr' {
  // A page of text tells its direction long before its end.
  const start = text.slice(0, 2000);
  const rtl = start.match(RTL)?.length ?? 0;
  const letters = start.match(LETTER)?.length ?? 0;
  return rtl * 2 > letters ? 'rtl' : 'ltr';
}

/** Embeddings, overrides and isolates, which could turn the text around them, and control characters but the line's end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const TURNING = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** Somebody else's text with such characters blanked, one for one: offsets stay what they were. */
export function inert(text: string): string {
  return text.replaceAll(TURNING, ' ');
}
