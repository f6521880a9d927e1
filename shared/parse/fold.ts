import { countRuns, LETTER, MARK, NUMBER, rewrite, rewriteTable } from '../text/characters.ts';

/** For comparing lines with known phrases: lower case, no marks, tatweel or invisible characters, one alef, yeh, heh, kaf; ASCII digits and apostrophes; single spaces. */
export function fold(text: string): string {
  return rewrite(text, FOLDS) ?? oneSpace(foldCharacters(text)).trim();
}

function foldCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Mn}|\p{Cf}|\u0640/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ');

const FOLDS = rewriteTable((character) => oneSpace(foldCharacters(character)));

/** Joins no letters, but parts no words: می‌شود is one. */
const ZWNJ = 0x200c;

/** Words and numbers in a text. */
export function countWords(text: string): number {
  return countRuns(text, LETTER | MARK | NUMBER, ZWNJ);
}
