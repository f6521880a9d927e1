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
  for (const [from, to] of FOLDED_BLOCKS) foldBlock(letters, from, to);
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
  [0x01, 0x24f],
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

/** Parts the characters of a block, so that none joins its neighbour. */
const PART = '\0';

/** A whole block with one call each: asked character by character, this took a third of what the engine needs to start. */
function foldBlock(letters: Uint16Array, from: number, to: number): void {
  const units = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const written = String.fromCharCode(...units.flatMap((unit) => [unit, 0]));
  const marks = written.replace(/[^\p{M}\u0640]/gu, '');
  const folded = foldCharacters(written).split(PART);
  units.forEach((unit, i) => {
    const letter = folded[i] ?? '';
    if (letter === '') letters[unit] = SEPARATOR;
    else if (letter.length === 1) letters[unit] = letter.charCodeAt(0);
    else {
      letters[unit] = EXPANDED;
      expansions.set(
        unit,
        [...letter].map((one) => one.charCodeAt(0)),
      );
    }
  });
  for (const mark of marks) letters[mark.charCodeAt(0)] = IGNORED;
}

function foldCharacters(characters: string): string {
  return characters
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{Nd}\0]/gu, '')
    .replace(/[أإآٱىیکڪؤئہھۀۃ]/g, (letter) => ARABIC_FOLDS.get(letter) ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(WITH_ACCENTS, (some) => some.normalize('NFD').replace(/\p{M}/gu, ''));
}

/** é is e and ё is е, as writers leave them out; й stays, being a letter of its own, and so do letters of the Arabic script. */
const WITH_ACCENTS = /[^й\0\u0600-\u08ff]+/gu;

/** What each UTF-16 code unit becomes in rules and in text alike: `SEPARATOR`, `IGNORED`, `EXPANDED`, or a letter. */
export const LETTERS: Uint16Array = buildLetters();
