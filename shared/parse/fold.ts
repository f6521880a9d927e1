/** For comparing lines with known phrases: lower case, no marks, tatweel or invisible characters, one alef, yeh, heh, kaf; ASCII digits and apostrophes; single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Mn}|\p{Cf}|\u0640/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words and numbers in a text. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}\u200c]+/gu)?.length ?? 0;
}
