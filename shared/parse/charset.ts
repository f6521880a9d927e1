import { scoreText } from './charset-score.ts';

/** Text out of bytes, and how the encoding was found. */
export interface Decoded {
  readonly text: string;
  /** WHATWG name, such as `utf-8` or `windows-1256`. */
  readonly encoding: string;
  readonly how: 'bom' | 'planes' | 'valid' | 'declared' | 'scored';
  readonly warnings: readonly string[];
}

/** What single-byte text in our languages comes in, most likely first. */
const CANDIDATES = ['windows-1256', 'iso-8859-6', 'windows-1251', 'koi8-r', 'windows-1252'];
/** windows-1252, 0x80 to 0x9F: `TextDecoder` on Node 20.20.2 leaves them as C1 controls (nodejs/node#59515). */
const WINDOWS_1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Bytes that are scored; more changes no verdict. */
const SAMPLE_BYTES = 65_536;
/** Below this a decoding is not language: impossible letters weigh -3 and more, letters +2 to +4. */
const MIN_SCORE = 0.5;
/** A declared encoding stands unless another one reads better by this much a character. */
const CLEARLY_BETTER = 1.5;
/** Broken sequences a UTF-8 file may hold for every good one and still be UTF-8: a few quotes pasted from elsewhere. */
const BROKEN_SHARE = 0.02;

/**
 * Reads bytes as text: byte-order mark, UTF-16 by its planes, valid UTF-8, what is declared, then the best reading. Null if
 * none is language. @param declared if left out, what the first kilobytes declare: looked for where it counts.
 */
export function decode(bytes: Uint8Array, declared?: string | null): Decoded | null {
  const marked = byMark(bytes);
  if (marked !== null) return unicode(bytes, marked, 'bom');
  const planes = byPlanes(bytes);
  if (planes !== null) return unicode(bytes, planes, 'planes');
  const utf8 = asUtf8(bytes);
  if (utf8 !== null) return utf8;
  return singleByte(bytes, declared === undefined ? declaredCharset(bytes) : declared);
}

function byMark(b: Uint8Array): string | null {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 'utf-8';
  if (b[0] === 0xff && b[1] === 0xfe) return 'utf-16le';
  if (b[0] === 0xfe && b[1] === 0xff) return 'utf-16be';
  return null;
}

/** In UTF-16 every second byte is one of few planes: Latin 00-02, Cyrillic 04, Hebrew 05, Arabic 06; rarely signs 20 and forms FB-FE. No ASCII text has the former. */
function byPlanes(bytes: Uint8Array): string | null {
  const units = Math.min(bytes.length, 4096) >> 1;
  if (units < 4 || bytes.length % 2 !== 0) return null;
  const big = planesOn(0, bytes, units);
  const little = planesOn(1, bytes, units);
  if (big === little) return null;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** How many units have the plane of a letter on that side; 0 where some have none at all, which other texts show at once. */
function planesOn(side: 0 | 1, bytes: Uint8Array, units: number): number {
  let others = 0;
  let strange = 0;
  for (let i = side; i < units * 2; i += 2) {
    const byte = bytes[i] as number;
    if (byte < 7) continue;
    others++;
    if (byte === 0x20 || byte === 0x21 || byte >= 0xfb) continue;
    if (units - ++strange < units * 0.97) return 0;
  }
  const letters = units - others;
  return letters >= units * 0.7 ? letters : 0;
}

function unicode(bytes: Uint8Array, encoding: string, how: 'bom' | 'planes'): Decoded | null {
  if (encoding === 'utf-8') {
    const read = asUtf8(bytes);
    return read === null ? null : { ...read, how };
  }
  const whole = bytes.length % 2 === 0 ? bytes : bytes.subarray(0, bytes.length - 1);
  const text = new TextDecoder(encoding).decode(whole);
  const warnings: string[] = [];
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  if (broken > Math.max(1, text.length * BROKEN_SHARE)) return null;
  if (broken > 0 || whole !== bytes) warnings.push('Some characters at a damaged place were lost.');
  return { text, encoding, how, warnings };
}

function asUtf8(bytes: Uint8Array): Decoded | null {
  const found = { encoding: 'utf-8', how: 'valid' } as const;
  const fatal = new TextDecoder('utf-8', { fatal: true });
  try {
    return { text: fatal.decode(bytes), ...found, warnings: [] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  let good = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) good++;
  good -= broken;
  if (broken > Math.max(1, good * BROKEN_SHARE) || good < 8) return null;
  const warning = `${broken} damaged character${broken === 1 ? '' : 's'} in the file ${broken === 1 ? 'was' : 'were'} left out.`;
  return { text: repairBroken(bytes), ...found, warnings: [warning] };
}

/** Walks UTF-8 by hand and reads the bytes that do not fit as windows-1252 punctuation (’ “ – pasted from Word) or nothing. */
function repairBroken(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  let start = 0;
  const flush = (end: number): void => {
    if (end > start) parts.push(strict.decode(bytes.subarray(start, end)));
  };
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    flush(i);
    const stray = oneByte(bytes[i] as number);
    if (/[\p{P}\p{Zs}]/u.test(stray)) parts.push(stray);
    start = ++i;
  }
  flush(bytes.length);
  return parts.join('');
}

/** Bytes of the well-formed UTF-8 sequence at `i`; 0 if there is none. */
function sequenceLength(b: Uint8Array, i: number): number {
  const lead = b[i] as number;
  const tail = (k: number, low = 0x80, high = 0xbf): boolean => {
    const byte = b[i + k];
    return byte !== undefined && byte >= low && byte <= high;
  };
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const first = tail(1, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf);
    return first && tail(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const first = tail(1, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf);
    return first && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

const oneByte = (byte: number): string =>
  byte >= 0x80 && byte < 0xa0
    ? (WINDOWS_1252_HIGH[byte - 0x80] as string)
    : String.fromCharCode(byte);

function singleByte(bytes: Uint8Array, declared: string | null): Decoded | null {
  const named = knownEncoding(declared);
  const sample = sampleOf(bytes);
  let best = { encoding: '', score: Number.NEGATIVE_INFINITY };
  for (const encoding of CANDIDATES) {
    const score = scoreText(decodeAs(sample, encoding), encoding === 'windows-1252');
    if (score > best.score) best = { encoding, score };
  }
  if (named !== null && !named.startsWith('utf')) {
    const text = decodeAs(bytes, named);
    const score = scoreText(decodeAs(sample, named), /125[0247]|8859-(?:1|2|9|15)$/.test(named));
    const damaged = text.includes('\ufffd');
    const known = CANDIDATES.includes(named) || score > 0;
    if (!damaged && (known ? best.score < score + CLEARLY_BETTER : best.score < MIN_SCORE)) {
      return { text, encoding: named, how: 'declared', warnings: [] };
    }
  }
  if (best.score < MIN_SCORE) return null;
  const text = decodeAs(bytes, best.encoding);
  const warnings: string[] = [];
  if (declared !== null && named !== best.encoding) {
    warnings.push(`Declared as ${declared.slice(0, 40)}, but it reads as ${best.encoding}.`);
  }
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  if (damaged > text.length * BROKEN_SHARE) return null;
  if (damaged > 0) warnings.push(`${damaged} damaged characters in the file were left out.`);
  return { text, encoding: best.encoding, how: 'scored', warnings };
}

/** The part with characters beyond ASCII: a page may open with 200 KB of script. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const from = Math.max(0, first - 64);
  return bytes.subarray(from, from + SAMPLE_BYTES);
}

/** The WHATWG name for a declared label; null for none or one nobody knows. */
export function knownEncoding(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_NOT_SUPPORTED') return null;
    throw error;
  }
}

/** Bytes in a known encoding; what does not fit becomes U+FFFD. */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'windows-1252') return new TextDecoder(encoding).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (c) => WINDOWS_1252_HIGH[c.charCodeAt(0) - 0x80] as string);
}

/** The charset that the first kilobytes name: HTML meta, XML declaration or a mail's Content-Type. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8192));
  const ascii = head.toString('latin1');
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(ascii);
  const meta = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(ascii);
  return xml?.[1] ?? meta?.[1] ?? null;
}
