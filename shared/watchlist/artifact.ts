import { createHash } from 'node:crypto';
import type { Severity, Status } from '../event.ts';
import { FORM } from './affixes.ts';
import { CATEGORY, SENSE } from './categories.ts';
import { HIT, ITEM, OP } from './code.ts';
import { HINTS, KINDS, type Kind, ROLES, SLOT_KINDS } from './item.ts';
import { SCOPES } from './source.ts';
import { STEM, STEM_MARKS } from './stems.ts';

/** Raised when an engine reads the same artifact otherwise than the one before. */
const ENGINE = 3;

const MAGIC = 0x57445352; // "RSDW", little-endian
const HEADER_WORDS = 5;
/** Bytes before the arrays' places: enough for `versionIn`. */
export const HEADER_BYTES = HEADER_WORDS * 4;

/** The arrays of an artifact, in order. `...Start` arrays are offsets: row i is [start[i], start[i + 1]). */
const LAYOUT = {
  /** `STEM.size` numbers a lexeme. */
  stems: Int32Array,
  pool: Uint16Array,
  slots: Int32Array,
  stemBits: Int32Array,
  /** Lengths at which a stem of any ending may end, sorted. */
  prefixLengths: Int32Array,
  lexemeSenseStart: Int32Array,
  lexemeSenses: Int32Array,
  lexemePhraseStart: Int32Array,
  lexemePhrases: Int32Array,
  phraseStart: Int32Array,
  wordStart: Int32Array,
  wordLexemes: Int32Array,
  wordGap: Uint8Array,
  phraseSenseStart: Int32Array,
  phraseSenses: Int32Array,
  conceptLexemeStart: Int32Array,
  conceptLexemes: Int32Array,
  conceptPhraseStart: Int32Array,
  conceptPhrases: Int32Array,
  conceptBlockStart: Int32Array,
  conceptBlocks: Int32Array,
  conceptBlockPhraseStart: Int32Array,
  conceptBlockPhrases: Int32Array,
  /** By lexeme, three numbers an entry: concept, what the lexeme is to it (`HIT`), and the phrase it begins (or -1). */
  hitStart: Int32Array,
  hits: Int32Array,
  /** By concept, whether `hits` has it. */
  isIndexed: Uint8Array,
  conceptAnchorStart: Int32Array,
  conceptAnchors: Int32Array,
  code: Int32Array,
  ruleStart: Int32Array,
  postStart: Int32Array,
  posts: Int32Array,
  ruleMetaStart: Int32Array,
  ruleMeta: Uint8Array,
  /** Read by people only: apart, so that a cold start need not. */
  actorLabels: Uint8Array,
  meta: Uint8Array,
} as const;

/** Numbers that mean something in an artifact. Whoever adds a hint or moves an array need not think of the version. */
const DIALECT = createHash('sha256')
  .update(JSON.stringify([OP, ITEM, HIT, HINTS, ROLES, KINDS, SLOT_KINDS, SCOPES]))
  .update(JSON.stringify([CATEGORY, SENSE, FORM, STEM, STEM_MARKS, Object.keys(LAYOUT)]))
  .digest()
  .readUIntLE(0, 3);

/** Names the engine, what its numbers mean and the layout of its artifacts; one built for another is refused. */
export const ENGINE_VERSION = versionName(ENGINE | (DIALECT << 8));

function versionName(word: number): string {
  return `${word & 0xff}-${(word >>> 8).toString(16).padStart(6, '0')}`;
}

/** The arrays of a compiled watchlist. */
export type Tables = {
  readonly [name in keyof typeof LAYOUT]: InstanceType<(typeof LAYOUT)[name]>;
};

/** An actor as the engine knows it. */
export interface Actor {
  readonly id: string;
  readonly kind: Kind;
  /** The index of the actor it belongs to, or -1. */
  readonly of: number;
  /** ISO 3166 alpha-3, its own or inherited. */
  readonly country: string | null;
}

/** What an actor is called, by language: the first name of each. */
export type ActorLabel = Readonly<Record<string, string>>;

/** A cue group as the engine knows it. */
export interface Cue {
  readonly pack: number;
  readonly status: Status;
  readonly side: 'before' | 'after' | 'either';
  readonly reach: 'next' | 'clause' | 'complement' | 'sentence';
  readonly within: number;
  readonly strength: number;
  readonly form: number;
  readonly triggerForm: number;
  /** Words after it in which a word may undo it; -1 if none can. */
  readonly undo: number;
}

/** What a compiled watchlist says beside its arrays. */
export interface Meta {
  readonly actors: readonly Actor[];
  readonly cues: readonly Cue[];
  readonly packs: readonly string[];
  /** The marker bits of the proclitics. */
  readonly clitics: { readonly b: number; readonly l: number; readonly k: number };
}

/** What a rule says beside its pattern. */
export interface RuleMeta {
  readonly id: string;
  readonly topic: string;
  readonly version: number;
  readonly title: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly confidence: number;
  readonly foreign: 'no' | 'yes' | 'known';
  /** The index of the status pack, or -1. */
  readonly pack: number;
  readonly defaultStatus: Status;
  readonly alertWhen: { readonly status: readonly Status[]; readonly minConfidence: number } | null;
  readonly dedupe: { readonly key: readonly string[]; readonly windowHours: number } | null;
  readonly shadow: boolean;
}

/** A compiled watchlist, opened: views into the artifact's bytes. */
export interface Watchlist {
  /** The short hash of its content. */
  readonly version: string;
  readonly engine: string;
  readonly tables: Tables;
  readonly meta: Meta;
  readonly ruleCount: number;
  /** The odd factor of the rolling hash; it comes from the content, so that a text cannot be made to collide. */
  readonly multiplier: number;
  /** What the actors are called, in their order; parsed whenever asked for. */
  readonly actorLabels: () => readonly ActorLabel[];
  /** The rule of an index; parsed when first asked for. */
  readonly rule: (index: number) => RuleMeta;
}

/** Writes the arrays as one artifact: the same tables give the same bytes. */
export function writeArtifact(tables: Tables, multiplier: number): Uint8Array {
  const names = Object.keys(LAYOUT) as (keyof Tables)[];
  const headerBytes = (HEADER_WORDS + names.length * 2) * 4;
  let size = headerBytes;
  for (const name of names) size += (tables[name].byteLength + 3) & ~3;
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer);
  let offset = headerBytes;
  names.forEach((name, index) => {
    const array = tables[name];
    words[HEADER_WORDS + index * 2] = offset;
    words[HEADER_WORDS + index * 2 + 1] = array.length;
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += (array.byteLength + 3) & ~3;
  });
  words[0] = MAGIC;
  words[1] = ENGINE | (DIALECT << 8);
  words[4] = multiplier;
  const [high, low] = checksum(bytes);
  words[2] = high;
  words[3] = low;
  return bytes;
}

/**
 * Opens an artifact: views, no copy (but of bytes that do not lie on a multiple of four).
 * @throws Error for bytes that are no artifact, are damaged, or were built for another engine.
 */
export function openWatchlist(artifact: Uint8Array): Watchlist {
  const bytes = artifact.byteOffset % 4 === 0 ? artifact : artifact.slice();
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const names = Object.keys(LAYOUT) as (keyof Tables)[];
  const rebuild = 'build it again with `rasid watchlist build`';
  if (words[0] !== MAGIC || words.length < HEADER_WORDS + names.length * 2) {
    throw new Error(`this is not a compiled watchlist: ${rebuild}`);
  }
  const engine = versionName(words[1] as number);
  if (engine !== ENGINE_VERSION) {
    throw new Error(`compiled for engine ${engine}, this is engine ${ENGINE_VERSION}: ${rebuild}`);
  }
  const [high, low] = checksum(bytes);
  if (bytes.byteLength % 4 !== 0 || words[2] !== high || words[3] !== low) {
    throw new Error(`the compiled watchlist is damaged or cut short: ${rebuild}`);
  }
  // A copy, so that the engine knows the names: one that gets forty by and by is a slow dictionary to it.
  const tables: Record<string, unknown> = { ...LAYOUT };
  names.forEach((name, index) => {
    const start = bytes.byteOffset + (words[HEADER_WORDS + index * 2] as number);
    const length = words[HEADER_WORDS + index * 2 + 1] as number;
    tables[name] = new LAYOUT[name](bytes.buffer as ArrayBuffer, start, length);
  });
  return watchlistOf(tables as unknown as Tables, versionOf(high, low), words[4] as number);
}

function watchlistOf(tables: Tables, version: string, multiplier: number): Watchlist {
  const decoder = new TextDecoder();
  const rules: (RuleMeta | undefined)[] = [];
  return {
    version,
    engine: ENGINE_VERSION,
    tables,
    meta: JSON.parse(decoder.decode(tables.meta)) as Meta,
    ruleCount: tables.ruleStart.length,
    multiplier,
    actorLabels: () => JSON.parse(decoder.decode(tables.actorLabels)) as ActorLabel[],
    rule: (index) => {
      const start = tables.ruleMetaStart[index] as number;
      const end = tables.ruleMetaStart[index + 1] as number;
      rules[index] ??= readRuleMeta(decoder.decode(tables.ruleMeta.subarray(start, end)));
      return rules[index];
    },
  };
}

/** What most rules say; only what differs is stored, since there may be 100,000 of them. */
const USUAL: Omit<RuleMeta, 'id' | 'topic'> = {
  version: 1,
  title: {},
  severity: 'notice',
  codes: {},
  confidence: 0.9,
  foreign: 'no',
  pack: -1,
  defaultStatus: 'asserted',
  alertWhen: null,
  dedupe: null,
  shadow: false,
};

function readRuleMeta(json: string): RuleMeta {
  // An id alone stands without the braces: no id begins with one.
  const rule = (json.startsWith('{') ? JSON.parse(json) : { id: json }) as RuleMeta;
  return { ...USUAL, ...rule, topic: rule.topic ?? rule.id };
}

/** The stored form of a rule's meta. */
export function writeRuleMeta(rule: RuleMeta): string {
  const stored = Object.entries(rule).filter(([key, value]) => {
    if (key === 'topic') return value !== rule.id;
    return JSON.stringify(value) !== JSON.stringify((USUAL as Record<string, unknown>)[key]);
  });
  return stored.length === 1 ? rule.id : JSON.stringify(Object.fromEntries(stored));
}

/** The version that an artifact's first bytes name; whether the rest is whole, opening it tells. */
export function versionIn(header: Uint8Array): string {
  const view = new DataView(header.buffer, header.byteOffset);
  return versionOf(view.getUint32(8, true), view.getUint32(12, true));
}

/** The version that an artifact's header words spell: 12 hexadecimal digits. */
function versionOf(high: number, low: number): string {
  return ((high & 0xffff).toString(16).padStart(4, '0') + low.toString(16).padStart(8, '0')).slice(
    0,
    12,
  );
}

/** Where the checksum stands, in bytes. */
const CHECKSUM = [8, 16] as const;

/** Two words of a hash over everything but themselves. SHA-256, since it is the machine's own: a cold start waits for it. */
function checksum(bytes: Uint8Array): [number, number] {
  const digest = createHash('sha256')
    .update(bytes.subarray(0, CHECKSUM[0]))
    .update(bytes.subarray(CHECKSUM[1]))
    .digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
