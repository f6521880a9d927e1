/** The rolling hash that finds stems; the scanner computes the same over the text. */
export function hashLetters(letters: string, multiplier: number): number {
  let hash = 0;
  for (let i = 0; i < letters.length; i++) {
    hash = (Math.imul(hash, multiplier) + letters.charCodeAt(i)) | 0;
  }
  return hash;
}

/** Spreads a hash over the slots of a table. */
export function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
