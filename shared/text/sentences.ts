/** What stands between two words, as bits. */
export const GAP = {
  comma: 1,
  semicolon: 2,
  colon: 4,
  quote: 8,
  parenthesis: 16,
  dash: 32,
  apostrophe: 64,
  hyphen: 128,
  /** A mark that may end a sentence. */
  stop: 256,
  question: 512,
  line: 1024,
} as const;

/** The gap bits of each code unit that parts words; 0 for a space. */
export const GAPS: Uint16Array = buildGaps();

function buildGaps(): Uint16Array {
  const gaps = new Uint16Array(65536);
  const put = (characters: string, bits: number) => {
    for (const character of characters) gaps[character.charCodeAt(0)] = bits;
  };
  put(',،', GAP.comma);
  put(';؛', GAP.semicolon);
  put(':', GAP.colon);
  put('"“”„«»‹›', GAP.quote);
  put('()[]{}﴾﴿', GAP.parenthesis);
  put('–—―|•', GAP.dash);
  put("'’‘ʼ`´", GAP.apostrophe);
  put('-‐‑/', GAP.hyphen);
  put('.!…。۔', GAP.stop);
  put('?؟', GAP.stop | GAP.question);
  put('\n\r\u2028\u2029\u000b\u000c\u0085', GAP.line);
  return gaps;
}

/** Words that a full stop shortens, in lower case; the next word goes on with the sentence. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr gen lt col maj sgt capt cpl adm sen rep gov st jr sr prof rev hon no nos vs inc ltd corp dept mme mlle mm art им ул гг тыс млн млрд стр см'.split(
    ' ',
  ),
);

/**
 * Whether the full stop at `at` ends a sentence: not in 3.5, example.com, U.S., `د. محمد`, Gen. Haftar; it does in
 * `إضافية.وهو`, where the space is missing. `wordStart` is where the word before it starts. Behind the text stands a space,
 * and then something else.
 */
export function fullStopEnds(units: Uint16Array, at: number, wordStart: number): boolean {
  const next = units[at + 1] as number;
  const length = at - wordStart;
  if (length === 1 && !isDigit(units[wordStart] as number)) return false;
  if (isLetterOrDigit(next)) {
    if (isDigit(next)) return !isDigit(units[at - 1] as number);
    return !isLowerCase(next);
  }
  let after = at + 1;
  while (units[after] === 32) after++;
  if (isLowerCase(units[after] as number)) return false;
  if (length > 4 || isArabic(units[wordStart] as number)) return true;
  return !ABBREVIATIONS.has(String.fromCharCode(...units.subarray(wordStart, at)).toLowerCase());
}

function isDigit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 0x660 && unit <= 0x669);
}

function isLetterOrDigit(unit: number): boolean {
  return isDigit(unit) || isArabic(unit) || isLowerCase(unit) || isUpperCase(unit);
}

function isArabic(unit: number): boolean {
  return unit >= 0x620 && unit <= 0x6d3;
}

/** A small Latin or Cyrillic letter. */
export function isLowerCase(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 0xdf && unit <= 0xff && unit !== 0xf7) ||
    (unit >= 0x430 && unit <= 0x45f)
  );
}

/** A capital Latin or Cyrillic letter. */
export function isUpperCase(unit: number): boolean {
  return (
    (unit >= 65 && unit <= 90) ||
    (unit >= 0xc0 && unit <= 0xde && unit !== 0xd7) ||
    (unit >= 0x400 && unit <= 0x42f)
  );
}
