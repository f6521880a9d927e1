import { shownEvent } from '../alert.ts';
import type { Outbox } from '../ports.ts';
import { type ArticleRecord, alertOn, type StoredAlert, type StoredEvent } from '../record.ts';
import { isCorrection } from '../status.ts';
import { bandsOf } from './fingerprint.ts';
import { type Account, isSameStory } from './same-story.ts';
import { accountOf, beginStory, joinStory, partyKeys, type Story, type Update } from './story.ts';

/** Where stories are kept. */
export interface StoryBook {
  /** Takes the key for the article unless it is taken and not expired. @returns whose it is now. */
  claim(key: StoryKey, articleId: string, now: Date): Promise<string>;
  /** Whose the keys of a band are, by slot; null where one is nobody's, or expired. */
  holders(band: string, topic: string, now: Date): Promise<readonly (string | null)[]>;
  /** Takes the key over from an article that is there no more; false when somebody was quicker. */
  takeOver(key: StoryKey, from: string, articleId: string, now: Date): Promise<boolean>;
  /** The story that this article told first; null when no other article has joined it yet. */
  story(articleId: string, topic: string): Promise<Versioned | null>;
  /** Writes the story unless it changed since it was read at `version` (null: there was none). */
  save(story: Story, version: number | null): Promise<boolean>;
  /** Notes under these keys which article told of these people last. */
  remember(keys: readonly string[], topic: string, articleId: string, now: Date): Promise<void>;
  /** The article that told of these people last, if that is not too long ago. */
  recall(key: string, topic: string, now: Date): Promise<string | null>;
}

/** A band key and how many other stories that share it stand before: bulletins by a template do. */
export interface StoryKey {
  readonly band: string;
  readonly topic: string;
  readonly slot: number;
}

export interface Versioned {
  readonly story: Story;
  readonly version: number;
}

/**
 * `first`: nobody was told yet. `copy`: it is told already. `update`: it is told, but this adds to it. `moot`: it takes
 * back what nobody was told.
 */
export type Placed =
  | { readonly kind: 'first' | 'moot' }
  | { readonly kind: 'copy'; readonly story: Story }
  | {
      readonly kind: 'update';
      readonly story: Story;
      readonly update: Update;
      first: ArticleRecord;
    };

export interface StoryPorts {
  readonly book: StoryBook;
  readonly outbox: Pick<Outbox, 'read'>;
  readonly now: () => Date;
}

/** So many other stories may share one band key; beyond that the article's other bands must do. */
const MAX_SLOTS = 12;
/** A copy of a copy of a copy: chains come from races only, and end where the first one is. */
const MAX_CHAIN = 8;
/** Writers of one story at one moment are a handful of functions; more failures than this is a fault. */
const MAX_SAVES = 25;

/**
 * Finds out which story an alert belongs to. Correct whoever runs at the same time: keys are claimed one by one in one
 * order for all, so that of two copies one always wins, and nobody waits for anybody. May be run again after a crash.
 */
export async function placeStory(
  ports: StoryPorts,
  record: ArticleRecord,
  alert: StoredAlert,
): Promise<Placed> {
  const event = shownEvent(record, alert);
  const first =
    (await findFirst(ports, record, alert, event.topic)) ??
    (await findTold(ports, record, alert, event.topic));
  if (first !== null) return join(ports, first, record, event);

  const denied = isCorrection(event.status) ? await findDenied(ports, record, event) : null;
  if (denied !== null) {
    const placed = await join(ports, denied, record, event);
    if (placed.kind === 'update' || alert.correction) return placed;
  }
  if (alert.correction) return { kind: 'moot' };
  const { pairs, sides } = partyKeys(event);
  await ports.book.remember([...pairs, ...sides], event.topic, record.id, ports.now());
  return { kind: 'first' };
}

/** The article that tells this story already, or null once every band is this article's own. */
async function findFirst(
  ports: StoryPorts,
  record: ArticleRecord,
  alert: StoredAlert,
  topic: string,
): Promise<ArticleRecord | null> {
  const mine = accountOf(record, topic);
  if (mine === null) return null;
  const read = reader(ports, topic);
  // What may never be told by itself must not stand in the way of what may: it looks, and claims nothing.
  const visit = alert.correction ? lookAtBand : claimBand;
  for (const band of bandsOf(mine.fingerprint)) {
    const owner = await visit(ports, read, band, record.id, topic, mine);
    if (owner !== null) return firstOf(read, owner);
  }
  return null;
}

/** Claims one band. @returns the article of the same story that has it, or null when there is none. */
async function claimBand(
  { book, now }: StoryPorts,
  read: Reader,
  band: string,
  articleId: string,
  topic: string,
  mine: Account,
): Promise<Telling | null> {
  // Most bands are free: one claim. Where one is not, one look tells of the others, which cost a write each to try.
  let known: readonly (string | null)[] | null = null;
  for (let slot = 0; slot < MAX_SLOTS; slot++) {
    if (slot > 0) known ??= await book.holders(band, topic, now());
    const key = { band, topic, slot };
    const owner: string = known?.[slot] ?? (await book.claim(key, articleId, now()));
    if (owner === articleId) return null;
    const other = await read(owner);
    if (other === null) {
      if (await book.takeOver(key, owner, articleId, now())) return null;
      known = null;
      slot -= 1;
      continue;
    }
    if (isSameStory(mine, other.account)) return other;
  }
  return null;
}

/** The article of the same story that has the band, or null; the band stays as it is. */
async function lookAtBand(
  { book, now }: StoryPorts,
  read: Reader,
  band: string,
  articleId: string,
  topic: string,
  mine: Account,
): Promise<Telling | null> {
  const known = await book.holders(band, topic, now());
  for (const owner of known.slice(0, MAX_SLOTS)) {
    if (owner === null || owner === articleId) return null;
    const other = await read(owner);
    if (other !== null && isSameStory(mine, other.account)) return other;
  }
  return null;
}

interface Telling {
  readonly record: ArticleRecord;
  readonly alert: StoredAlert;
  readonly account: Account;
}

type Reader = (id: string) => Promise<Telling | null>;

/** Reads articles by their ids, each once: bands of one article mostly belong to the same other one. */
function reader({ outbox }: StoryPorts, topic: string): Reader {
  const read = new Map<string, Telling | null>();
  return async (id) => {
    if (!read.has(id)) {
      const record = await outbox.read(id);
      const alert = record ? alertOn(record, topic) : undefined;
      const account = record && alert ? accountOf(record, topic) : null;
      read.set(id, record && alert && account ? { record, alert, account } : null);
    }
    return read.get(id) ?? null;
  };
}

/** From a copy to the article that told it first. */
async function firstOf(read: Reader, { record, alert }: Telling): Promise<ArticleRecord> {
  let first = record;
  let next = alert.story;
  for (let steps = 0; next !== null && steps < MAX_CHAIN; steps++) {
    const earlier = await read(next);
    if (earlier === null) break;
    first = earlier.record;
    next = earlier.alert.story;
  }
  return first;
}

/** The article that told the same by the rule's own measure (`dedupe`), or null once the key is this article's. */
async function findTold(
  { book, outbox, now }: StoryPorts,
  record: ArticleRecord,
  { dedupe, correction }: StoredAlert,
  topic: string,
): Promise<ArticleRecord | null> {
  if (dedupe === null || correction) return null;
  const key = { band: `D#${dedupe.key}`, topic, slot: 0 };
  for (let tries = 0; tries < MAX_SAVES; tries++) {
    const owner = await book.claim(key, record.id, now());
    if (owner === record.id) return null;
    const told = await outbox.read(owner);
    const since = told === null ? undefined : alertOn(told, topic)?.createdAt;
    const isFresh =
      since !== undefined && now().getTime() - Date.parse(since) < dedupe.hours * HOUR_MS;
    if (isFresh) return told;
    if (await book.takeOver(key, owner, record.id, now())) return null;
  }
  throw new Error(`the key ${key.band} of ${topic} changed ${MAX_SAVES} times while it was read`);
}

const HOUR_MS = 3_600_000;

/** What a denial or cancellation takes back: the last thing told of the same people by the same rule. */
async function findDenied(
  { book, outbox, now }: StoryPorts,
  record: ArticleRecord,
  event: StoredEvent,
): Promise<ArticleRecord | null> {
  const { pairs, sides } = partyKeys(event);
  // Who names one side only may mean anybody on the other; who names both means these two.
  for (const key of pairs.length > 0 ? pairs : sides) {
    const id = await book.recall(key, event.topic, now());
    const told = id === null || id === record.id ? null : await outbox.read(id);
    if (told !== null) return told;
  }
  return null;
}

async function join(
  { book }: StoryPorts,
  first: ArticleRecord,
  record: ArticleRecord,
  event: StoredEvent,
): Promise<Placed> {
  const alert = alertOn(first, event.topic);
  if (alert === undefined) return { kind: 'first' };
  for (let tries = 0; tries < MAX_SAVES; tries++) {
    const found = await book.story(first.id, event.topic);
    const before = found?.story ?? beginStory(first, shownEvent(first, alert));
    const { story, update } = joinStory(before, record, event);
    if (story === before || (await book.save(story, found?.version ?? null)))
      return update === null ? { kind: 'copy', story } : { kind: 'update', story, update, first };
  }
  throw new Error(
    `story ${first.id} of ${event.rule} changed ${MAX_SAVES} times while it was read`,
  );
}
