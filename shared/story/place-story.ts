import { shownEvent } from '../alert.ts';
import type { Dedupe } from '../event.ts';
import type { Outbox } from '../ports.ts';
import { type ArticleRecord, alertOn, type StoredAlert, type StoredEvent } from '../record.ts';
import { isCorrection } from '../status.ts';
import { alikeIn, enteredAs, involving, type Page, pageOf, tellingNews } from './entry.ts';
import { type Account, isSameStory } from './same-story.ts';
import {
  accountOf,
  beginStory,
  couldMean,
  joinStory,
  type Parties,
  partiesOf,
  type Story,
  type Update,
} from './story.ts';

/** Where a topic's stories are listed, one entry each. */
export interface Book {
  /** The pages that hold what was entered since then, and perhaps more. */
  open(topic: string, since: Date): Promise<OpenBook>;
  /** Adds the entry unless somebody else has added one since the book was opened: then false, and one has to look again. */
  enter(book: OpenBook, entry: Page, now: Date): Promise<boolean>;
  /** Pages with what was entered from `since` on which `open` leaves out when it is asked for what came since `until`. */
  before(topic: string, since: Date, until: Date): Promise<readonly Page[]>;
}

/** A book as it was read. */
export interface OpenBook {
  readonly topic: string;
  /** Oldest first; the last one is still written to. */
  readonly pages: readonly Page[];
  /** Changes with every entry; null for a book that is not begun. */
  readonly version: number | null;
  /** The name of the last page but one; empty when there is none. */
  readonly newest: string;
}

/** Where stories are kept. */
export interface StoryBook extends Book {
  /** The story that this article told first; null when no other article has joined it yet. */
  story(articleId: string, topic: string): Promise<Versioned | null>;
  /** Writes the story unless it changed since it was read at `version` (null: there was none). */
  save(story: Story, version: number | null): Promise<boolean>;
  /** What versions before 2026-11-23 remembered, for 14 days, instead of the book: who told last of these people. */
  recall(key: string, topic: string, now: Date): Promise<string | null>;
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

/** Copies come within hours, over a weekend at most; after this a text that comes again is news again. */
const STORY_WINDOW_MS = 3 * 86_400_000;
/** Denials and cancellations take longer. */
const CORRECTION_WINDOW_MS = 14 * 86_400_000;
/** A copy less like all that is entered is entered too: a copy of it may resemble nothing else. */
const FAR = 0.5;
/** A copy of a copy of a copy: chains are short, and end where the first one is. */
const MAX_CHAIN = 8;
/** Writers of one item at one moment are a handful of functions; more failures than this is a fault. */
const MAX_SAVES = 50;

/**
 * Finds out which story an alert belongs to. Correct whoever runs at the same time: an article is the first of its story once
 * it stands in the topic's book, and it is entered only if the book is still as it was when no copy was found in it. So of
 * two copies one always wins, and nobody waits for anybody. May be run again after a crash.
 */
export async function placeStory(
  ports: StoryPorts,
  record: ArticleRecord,
  alert: StoredAlert,
): Promise<Placed> {
  const event = shownEvent(record, alert);
  const read = reader(ports, event.topic);
  const told = await findTold(ports, read, record, alert, event);
  if (told !== null) return join(ports, await firstOf(read, told), record, event);

  const denied = isCorrection(event.status) ? await findDenied(ports, read, record, event) : null;
  if (denied !== null) {
    const placed = await join(ports, await firstOf(read, denied), record, event);
    if (placed.kind === 'update' || alert.correction) return placed;
  }
  return { kind: alert.correction ? 'moot' : 'first' };
}

/** An article of the same story, or null once this one is entered as the first of its own. */
async function findTold(
  ports: StoryPorts,
  read: Reader,
  record: ArticleRecord,
  alert: StoredAlert,
  event: StoredEvent,
): Promise<Telling | null> {
  const { book, now } = ports;
  const mine = accountOf(record, event.topic);
  const { fingerprint } = record;
  const parties = partiesOf(event);
  // What may never be told by itself must not stand in the way of what may: it looks, and enters nothing.
  const news = alert.correction ? null : alert.dedupe;
  const isKnowable = fingerprint !== null || news !== null;
  const isNameless = parties.who.length + parties.whom.length === 0;
  if (!isKnowable && (alert.correction || isNameless)) return null;

  const about = { articleId: record.id, at: now(), parties, fingerprint };
  const entry = { ...about, news: news?.key ?? null };
  for (let tries = 0; tries < MAX_SAVES; tries++) {
    const opened = await book.open(event.topic, before(now(), STORY_WINDOW_MS));
    const entered = enteredAs(opened.pages, record.id);
    if (entered === 'first') return null;
    const copied = await findCopied(read, opened, mine, record.id, now());
    const told = copied?.telling ?? (await findSameNews(read, opened, news, now()));
    const isKnown =
      told !== null && (entered === 'copy' || (copied !== null && copied.share >= FAR));
    if (isKnown || alert.correction) return told;
    const page = pageOf({ ...entry, isCopy: told !== null });
    if (await book.enter(opened, page, now())) return told;
  }
  throw new Error(`the book of ${event.topic} changed ${MAX_SAVES} times while it was read`);
}

/** The likest article that tells the same story. */
async function findCopied(
  read: Reader,
  { pages }: OpenBook,
  mine: Account | null,
  articleId: string,
  now: Date,
): Promise<{ readonly telling: Telling; readonly share: number } | null> {
  if (mine === null) return null;
  for (const alike of alikeIn(pages, mine.fingerprint, before(now, STORY_WINDOW_MS))) {
    const telling = alike.articleId === articleId ? null : await read(alike.articleId);
    if (telling?.account && isSameStory(mine, telling.account))
      return { telling, share: alike.share };
  }
  return null;
}

/** The last article that told the same by the rule's own measure (`dedupe`), if that is not too long ago. */
async function findSameNews(
  read: Reader,
  { pages }: OpenBook,
  news: Dedupe | null,
  now: Date,
): Promise<Telling | null> {
  if (news === null) return null;
  const since = before(now, Math.min(news.hours * HOUR_MS, STORY_WINDOW_MS));
  for (const id of tellingNews(pages, news.key, since)) {
    const told = await read(id);
    if (told?.alert.dedupe?.key === news.key && Date.parse(told.alert.createdAt) > since.getTime())
      return told;
  }
  return null;
}

const HOUR_MS = 3_600_000;
const before = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds);

/** What a denial or cancellation takes back: the last thing told of the same people by the same rule. */
async function findDenied(
  { book, now }: StoryPorts,
  read: Reader,
  record: ArticleRecord,
  event: StoredEvent,
): Promise<Telling | null> {
  const asked = partiesOf(event);
  if (asked.who.length + asked.whom.length === 0) return null;
  const recent = before(now(), STORY_WINDOW_MS);
  const since = before(now(), CORRECTION_WINDOW_MS);
  const lastIn = async (pages: readonly Page[]) => {
    for (const id of involving(pages, asked, since)) {
      const told = id === record.id ? null : await read(id);
      if (told !== null && couldMean(asked, partiesOf(shownEvent(told.record, told.alert))))
        return told;
    }
    return null;
  };
  return (
    (await lastIn((await book.open(event.topic, recent)).pages)) ??
    (await lastIn(await book.before(event.topic, since, recent))) ??
    (await recalled(book, read, record.id, event.topic, asked, now()))
  );
}

/** The same from what versions before 2026-11-23 remembered. */
async function recalled(
  book: StoryBook,
  read: Reader,
  articleId: string,
  topic: string,
  { who, whom }: Parties,
  now: Date,
): Promise<Telling | null> {
  const pairs = who.flatMap((a) => whom.map((b) => `${a}>${b}`));
  const sides = [...who.map((a) => `${a}>`), ...whom.map((b) => `>${b}`)];
  for (const key of pairs.length > 0 ? pairs : sides) {
    const id = await book.recall(key, topic, now);
    const told = id === null || id === articleId ? null : await read(id);
    if (told !== null) return told;
  }
  return null;
}

interface Telling {
  readonly record: ArticleRecord;
  readonly alert: StoredAlert;
  /** null for a body too short to know again. */
  readonly account: Account | null;
}

type Reader = (id: string) => Promise<Telling | null>;

/** Reads articles by their ids, each once; null for one that is gone, or tells nothing on the topic any more. */
function reader({ outbox }: StoryPorts, topic: string): Reader {
  const read = new Map<string, Telling | null>();
  return async (id) => {
    if (!read.has(id)) {
      const record = await outbox.read(id);
      const alert = record ? alertOn(record, topic) : undefined;
      read.set(id, record && alert ? { record, alert, account: accountOf(record, topic) } : null);
    }
    return read.get(id) ?? null;
  };
}

/** From a copy to what was told first. */
async function firstOf(read: Reader, told: Telling): Promise<Telling> {
  let first = told;
  for (let steps = 0; first.alert.story !== null && steps < MAX_CHAIN; steps++) {
    const earlier = await read(first.alert.story);
    if (earlier === null) break;
    first = earlier;
  }
  return first;
}

async function join(
  { book }: StoryPorts,
  { record: first, alert }: Telling,
  record: ArticleRecord,
  event: StoredEvent,
): Promise<Placed> {
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
