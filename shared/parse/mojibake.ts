import { decodeAs } from './charset.ts';
import { scoreText } from './charset-score.ts';
import { ODD, odditiesOf } from './oddities.ts';

/** Text that was decoded wrongly before it was saved: which encoding was assumed, which one it was. */
const MISTAKES = [
  ['windows-1252', 'utf-8'],
  ['windows-1256', 'utf-8'],
  ['windows-1251', 'utf-8'],
  ['windows-1252', 'windows-1256'],
  ['windows-1252', 'windows-1251'],
] as const;
/** Mean gain a character that a repair must bring; right text loses by every repair. */
const MIN_GAIN = 2;
/** Enough to tell; the whole text is repaired. */
const SAMPLE_CHARS = 20_000;
/** Undoes a wrong decoding (`Ø³Ù„Ø§Ø­` was `سلاح`); null when the text is as it should be. */
export function repairMojibake(text: string): { text: string; warning: string } | null {
  if ((odditiesOf(text) & ODD.misread) === 0) return null;
  const now = scoreText(text.slice(0, SAMPLE_CHARS), true);
  let best: { text: string; gain: number; warning: string } | null = null;
  for (const [assumed, real] of MISTAKES) {
    const bytes = encodeAs(text, assumed);
    if (bytes === null) continue;
    const repaired = decodeAs(bytes, real);
    if (repaired.includes('\ufffd')) continue;
    const gain = scoreText(repaired.slice(0, SAMPLE_CHARS), true) - now;
    if (gain < Math.max(MIN_GAIN, best?.gain ?? 0)) continue;
    const warning = `The text had been read as ${assumed} where it was ${real}; this was undone.`;
    best = { text: repaired, gain, warning };
  }
  return best;
}

const encoders = new Map<string, ReadonlyMap<string, number>>();

/** Single-byte encoding; null when a character has no place in it. */
function encodeAs(text: string, encoding: string): Uint8Array | null {
  let table = encoders.get(encoding);
  if (table === undefined) {
    const all = decodeAs(
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      encoding,
    );
    table = new Map([...all].map((character, byte) => [character, byte]));
    encoders.set(encoding, table);
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    // Browsers pass C1 bytes through that the code page leaves open.
    const byte = table.get(c) ?? (c.charCodeAt(0) < 0xa0 ? c.charCodeAt(0) : undefined);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}
