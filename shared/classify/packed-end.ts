/** The suffixes of a script in flat lists: a new word is compared with the few that its last two letters leave. */
export interface EndingTables {
  /** The code unit before the script's first letter: its letters count from 1, all others as 0. */
  readonly before: number;
  /** The row of a word, by its last two letters. */
  readonly rowOf: Uint8Array;
  /** Row i is [start[i], start[i + 1]) of `entries`, which has `ENTRY` numbers for each suffix. */
  readonly start: Int32Array;
  readonly entries: Int32Array;
}

/** The numbers of an entry: packed letters, which bits they take, how many they are, and the suffix's own. */
export const ENTRY = 6;
export const LETTER_BITS = 6;
export const LETTERS_OF_SCRIPT = 1 << LETTER_BITS;
/** The longest suffix (اتهما) has as many letters. */
const MAX_SUFFIX = 5;

/** The last letters of a word in one number, the last of all lowest. */
export function packEnd(before: number, letters: Uint16Array, length: number): number {
  let packed = 0;
  for (let back = length < MAX_SUFFIX ? length : MAX_SUFFIX; back > 0; back--) {
    const index = (letters[length - back] as number) - before;
    packed = (packed << LETTER_BITS) | (index > 0 && index < LETTERS_OF_SCRIPT ? index : 0);
  }
  return packed;
}
