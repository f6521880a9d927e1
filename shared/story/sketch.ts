import { type Fingerprint, MAX_NUMBERS, MINIMA } from './fingerprint.ts';
import { MIN_RESEMBLANCE, sharesNumbers } from './same-story.ts';

/**
 * The lower byte of each minimum of a fingerprint, then of each of its numbers: what is equal in two fingerprints is equal in
 * their sketches, and of what is not one in 256 seems so. Half the size, where bodies that cannot be copies of each other are
 * told from those that may.
 */
export type Sketch = Uint8Array;

/** Minima, then numbers; NONE where there are no more. */
export const SKETCH_BYTES = MINIMA + MAX_NUMBERS;
const NONE = 0;

/** The sketch of a fingerprint. */
export function sketchOf(fingerprint: Fingerprint): Sketch {
  const bytes = Buffer.from(fingerprint, 'base64url');
  const lower = bytes.filter((_, i) => i % 2 === 1);
  const sketch = new Uint8Array(SKETCH_BYTES);
  sketch.set(lower);
  for (let i = MINIMA; i < lower.length; i++) sketch[i] = lower[i] || NONE + 1;
  return sketch;
}

/**
 * Whether the sketch at this place of `bytes` may be of a copy: the share of minima in which they agree, or 0 if it may not.
 * Never below the `resemblance` of two bodies that `isSameStory` takes for copies.
 */
export function likeness(sketch: Sketch, bytes: Uint8Array, at: number): number {
  let equal = 0;
  for (let k = 0; k < MINIMA; k++) if (bytes[at + k] === sketch[k]) equal += 1;
  const share = equal / MINIMA;
  return share >= MIN_RESEMBLANCE && numbersMayAgree(sketch, bytes, at) ? share : 0;
}

function numbersMayAgree(sketch: Sketch, bytes: Uint8Array, at: number): boolean {
  const mine = sketch.subarray(MINIMA);
  const theirs = bytes.subarray(at + MINIMA, at + SKETCH_BYTES);
  const shared = mine.filter((number) => number !== NONE && theirs.includes(number)).length;
  return sharesNumbers(shared, Math.min(countIn(mine), countIn(theirs)));
}

const countIn = (numbers: Uint8Array) => numbers.filter((number) => number !== NONE).length;
