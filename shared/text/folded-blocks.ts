/** A code unit that parts words. */
export const SEPARATOR = 0;
/** A code unit that is as if it were not there: a vowel mark, tatweel, a joiner, a soft hyphen. */
export const IGNORED = 1;
/** A code unit that stands for several letters; `EXPANSIONS` has them. */
export const EXPANDED = 2;

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

/** The blocks whose characters are folded one by one: Latin, Cyrillic, Arabic with its presentation forms, wide ASCII. */
const BLOCKS: readonly (readonly [number, number])[] = [
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

/** One letter for each code unit of a block from `from` on; the three values above where there is none. */
interface FoldedBlock {
  readonly from: number;
  readonly folded: string;
}

const expansions: [number, number[]][] = [];

/** A whole block with one call each: character by character, it takes ten times as long. */
function foldBlock([from, to]: readonly [number, number]): FoldedBlock {
  const units = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const written = String.fromCharCode(...units.flatMap((unit) => [unit, 0]));
  const marks = new Set(written.replace(/[^\p{M}\u0640]/gu, ''));
  const parts = foldCharacters(written).split(PART);
  const codes = units.map((unit, i) => {
    const letter = parts[i] ?? '';
    if (marks.has(String.fromCharCode(unit))) return IGNORED;
    if (letter === '') return SEPARATOR;
    if (letter.length === 1) return letter.charCodeAt(0);
    expansions.push([unit, [...letter].map((one) => one.charCodeAt(0))]);
    return EXPANDED;
  });
  return { from, folded: String.fromCharCode(...codes) };
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

/** The folded blocks. Worked out when a bundle is built (`infra/evaluated.ts`), so that a start need not. */
export const FOLDED_BLOCKS: readonly FoldedBlock[] = BLOCKS.map(foldBlock);

/** The letters that each `EXPANDED` code unit stands for. */
export const EXPANSIONS: readonly (readonly [number, readonly number[]])[] = expansions;
