import { tokensOf } from './tokens.ts';

/**
 * What is kept of a body to know its copies again: 48 minima over its word pairs (a MinHash sketch), then up to 12 hashes
 * of the numbers in it, two bytes each, base64url. 160 characters at most.
 */
export type Fingerprint = string;

/** With 48 minima the estimate of the share of common word pairs has a standard error of at most 0.072. */
export const MINIMA = 48;
/** Beside words, numbers tell bulletins apart that share a template; the smallest hashes are a fair sample. */
export const MAX_NUMBERS = 12;
/** Fewer words than this say too little: every "breaking news" line would be a copy of the next. */
const MIN_WORDS = 12;

/** The fingerprint of a cleaned body (no headline, so that a new one changes nothing); null for a very short one. */
export function fingerprintOf(body: string): Fingerprint | null {
  const words = tokensOf(body);
  if (words.length < MIN_WORDS) return null;
  const minima = new Uint32Array(MINIMA).fill(0xffffffff);
  // A pair that comes again changes no minimum.
  const pairs = new Set<number>();
  for (let i = 1; i < words.length; i++) pairs.add(hash(`${words[i - 1]} ${words[i]}`));
  for (const pair of pairs) {
    for (let k = 0; k < MINIMA; k++) {
      const value = mix(pair ^ imul(k + 1, 0x9e3779b1));
      if (value < (minima[k] as number)) minima[k] = value;
    }
  }
  const numbers = [...new Set(words.filter((word) => /\d/.test(word)))]
    .map(shortHash)
    .sort((a, b) => a - b)
    .slice(0, MAX_NUMBERS);
  const words16 = [...minima].map((value) => value & 0xffff).concat(numbers);
  return Buffer.from(words16.flatMap((value) => [value >> 8, value & 0xff])).toString('base64url');
}

/** Estimated share of word pairs that two bodies have in common, 0 to 1. */
export function resemblance(a: Fingerprint, b: Fingerprint): number {
  const [one, other] = [Buffer.from(a, 'base64url'), Buffer.from(b, 'base64url')];
  let equal = 0;
  for (let k = 0; k < MINIMA; k++)
    if (one.readUInt16BE(k * 2) === other.readUInt16BE(k * 2)) equal += 1;
  return equal / MINIMA;
}

/** The sampled hashes of the numbers in a body. */
export function numbersOf(fingerprint: Fingerprint): ReadonlySet<number> {
  const bytes = Buffer.from(fingerprint, 'base64url');
  const numbers = new Set<number>();
  for (let at = MINIMA * 2; at + 1 < bytes.length; at += 2) numbers.add(bytes.readUInt16BE(at));
  return numbers;
}

// A name of our own: looking `Math` up for every product is most of the time where globals are proxied, as under jest.
const { imul } = Math;

/** Two bytes that stand for a text. */
export function shortHash(text: string): number {
  return mix(hash(text)) & 0xffff;
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let h = value;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
