/** A code unit that parts words. */
export const SEPARATOR = 0;
/** A code unit that is as if it were not there: a vowel mark, tatweel, a joiner, a soft hyphen. */
export const IGNORED = 1;
/** A code unit that stands for several letters; `expansionOf` has them. */
export const EXPANDED = 2;

const expansions = new Map<number, readonly number[]>();

/** The letters an `EXPANDED` code unit stands for, normalised. */
export function expansionOf(unit: number): readonly number[] {
  return expansions.get(unit) ?? [];
}

/** The one normalisation of words: `وَزيرُهُ` is `وزيره`, `Élysée` is `elysee`, `٤٠٠` is `400`. Separators part words. */
export function normaliseWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const letter = LETTERS[unit] as number;
    if (letter === SEPARATOR) {
      if (word !== '') words.push(word);
      word = '';
    } else if (letter === EXPANDED) word += String.fromCharCode(...expansionOf(unit));
    else if (letter !== IGNORED) word += String.fromCharCode(letter);
  }
  if (word !== '') words.push(word);
  return words;
}

/** Folds of the Arabic script. ة is left alone: folded to ه, وزارة (ministry) would read و+زار+ه (and he visited him). */
const ARABIC_FOLDS = new Map(
  Object.entries({
    أ: 'ا',
    إ: 'ا',
    آ: 'ا',
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ک: 'ك',
    ڪ: 'ك',
    ؤ: 'و',
    ئ: 'ي',
    ہ: 'ه',
    ھ: 'ه',
    ۀ: 'ه',
    ۃ: 'ة',
  }),
);

function buildLetters(): Uint16Array {
  const letters = new Uint16Array(65536);
  // Letters of scripts that we have no rules for stand for themselves; symbols, surrogates and private use part words.
  for (let unit = 0x370; unit < 0x2000; unit++) letters[unit] = unit;
  for (let unit = 0x2c00; unit < 0xd800; unit++) letters[unit] = unit;
  for (let unit = 0xf900; unit < 0xfb00; unit++) letters[unit] = unit;
  letters.fill(SEPARATOR, 0x2e00, 0x2e80);
  letters.fill(SEPARATOR, 0x3000, 0x3040);
  for (const [from, to] of FOLDED_BLOCKS) {
    for (let unit = from; unit <= to; unit++) letters[unit] = foldUnit(unit);
  }
  letters.fill(IGNORED, 0x300, 0x370);
  for (const unit of [0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff]) {
    letters[unit] = IGNORED;
  }
  letters.fill(IGNORED, 0x202a, 0x202f);
  letters.fill(IGNORED, 0x2066, 0x206a);
  letters.fill(IGNORED, 0xfe00, 0xfe10);
  return letters;
}

/** The blocks whose characters are folded one by one: Latin, Cyrillic, Arabic with its presentation forms, wide ASCII. */
const FOLDED_BLOCKS: readonly (readonly [number, number])[] = [
  [0x00, 0x24f],
  [0x400, 0x52f],
  [0x600, 0x6ff],
  [0x750, 0x77f],
  [0x8a0, 0x8ff],
  [0x1e00, 0x1eff],
  [0xfb00, 0xfb06],
  [0xfb50, 0xfdff],
  [0xfe70, 0xfefc],
  [0xff10, 0xff5a],
];

function foldUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  if (/\p{M}/u.test(character) || unit === 0x640) return IGNORED;
  const folded = foldCharacter(character);
  if (folded === '') return SEPARATOR;
  if (folded.length === 1) return folded.charCodeAt(0);
  expansions.set(
    unit,
    [...folded].map((letter) => letter.charCodeAt(0)),
  );
  return EXPANDED;
}

function foldCharacter(character: string): string {
  let folded = '';
  for (const part of character.normalize('NFKC').toLowerCase().normalize('NFKC')) {
    if (!/[\p{L}\p{Nd}]/u.test(part)) continue;
    folded += ARABIC_FOLDS.get(part) ?? digitOf(part) ?? withoutAccent(part);
  }
  return folded;
}

function digitOf(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return undefined;
}

/** é is e and ё is е, as writers leave them out; й stays, being a letter of its own. */
function withoutAccent(character: string): string {
  if (character === 'й') return character;
  if (character >= '\u0600' && character <= '\u08ff') return character;
  return character.normalize('NFD').replace(/\p{M}/gu, '');
}

/** What each UTF-16 code unit becomes in rules and in text alike: `SEPARATOR`, `IGNORED`, `EXPANDED`, or a letter. */
export const LETTERS: Uint16Array = buildLetters();
