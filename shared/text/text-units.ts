/** The code units of the text at hand in an array of their own. */
export interface TextUnits {
  readonly units: Uint16Array;
  /** The same memory, for reading two units at once wherever they lie. */
  readonly view: DataView;
  readonly bytes: Buffer;
}

/** Units behind the text that a look at a word's first units may read: it never asks where the text ends. */
const BEHIND = 16;
const SPACE = 0x20;
const END = 0;

/** Room for a text of so many code units. */
export function createUnits(length: number): TextUnits {
  const units = new Uint16Array(length + BEHIND);
  const { buffer } = units;
  return { units, view: new DataView(buffer), bytes: Buffer.from(buffer) };
}

/** The same room, or a larger one where it is too small for so many code units. */
export function roomFor(room: TextUnits, length: number): TextUnits {
  return room.units.length >= length + BEHIND ? room : createUnits(length * 2);
}

/**
 * The text, copied, and behind it a space and a NUL, so that every word ends before the text does and every run of spaces ends. The copy costs next to nothing, being
 * the machine's own, and reading it half of what asking a string for its characters does.
 */
export function copyUnits(room: TextUnits, text: string): TextUnits {
  const { length } = text;
  const into = roomFor(room, length);
  into.bytes.write(text, 'utf16le');
  into.units[length] = SPACE;
  into.units[length + 1] = END;
  return into;
}

/** The first units as a string. */
export function textOf({ bytes }: TextUnits, length: number): string {
  return bytes.toString('utf16le', 0, length * 2);
}
