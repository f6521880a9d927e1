import { shownEvent } from '../alert.ts';
import type { Dedupe } from '../event.ts';
import type { ArticleRecord, StoredAlert, StoredEvent } from '../record.ts';
import type { OpenBook, StoryBook, StoryPorts } from './book.ts';
import { alikeIn, enteredAs, involving, type Page, pageOf, tellingNews } from './entry.ts';
import { type Account, isSameStory } from './same-story.ts';
import { accountOf, couldMean, type Parties, partiesOf } from './story.ts';

/** An article that tells something on a topic. */
export interface Telling {
  readonly record: ArticleRecord;
  readonly alert: StoredAlert;
  /** null for a body too short to know again. */
  readonly account: Account | null;
}

/** Reads an article by its id; null for one that is gone, or tells nothing on the topic any more. */
export type Reader = (id: string) => Promise<Telling | null>;

/** Copies come within hours, over a weekend at most; after this a text that comes again is news again. */
const STORY_WINDOW_MS = 3 * 86_400_000;
/** Denials and cancellations take longer. */
const CORRECTION_WINDOW_MS = 14 * 86_400_000;
/** A copy less like all that is entered is entered too: a copy of it may resemble nothing else. */
const FAR = 0.6;
/** Entries are made by a handful of functions; more than this in one moment is a fault. */
const MAX_ENTERS = 50;

/**
 * The article that told this story before, or that belongs to the same one; null once this one is entered as the first of
 * its own. Two articles are never both first of what each would take for the other's story: an entry is only made in the
 * book as it was when nothing was found in it.
 */
export async function findTold(
  { book, now }: StoryPorts,
  read: Reader,
  record: ArticleRecord,
  alert: StoredAlert,
  event: StoredEvent,
): Promise<Telling | null> {
  const mine = accountOf(record, event.topic);
  const { fingerprint } = record;
  const parties = partiesOf(event);
  const news = alert.correction ? null : alert.dedupe;
  const isNameless = parties.who.length + parties.whom.length === 0;
  // Nothing to know it by, neither it nor, should it be denied, what it says.
  if (fingerprint === null && news === null && (alert.correction || isNameless)) return null;

  const about = { articleId: record.id, at: now(), parties, fingerprint };
  const entry = { ...about, news: news?.key ?? null };
  for (let tries = 0; tries < MAX_ENTERS; tries++) {
    const opened = await book.open(event.topic, before(now(), STORY_WINDOW_MS));
    const entered = enteredAs(opened.pages, record.id);
    if (entered === 'first') return null;
    const copied = await findCopied(read, opened, mine, record.id, now());
    const told = copied?.from ?? (await findSameNews(read, opened, news, now()));
    const isFar = fingerprint !== null && entered === null && !(copied?.isNear ?? false);
    // What may never be told by itself must not stand in the way of what may: it looks, and enters nothing.
    if (alert.correction || (told !== null && !isFar)) return told;
    const page = pageOf({ ...entry, isCopy: told !== null });
    if (await book.enter(opened, page, now())) return told;
  }
  throw new Error(`the book of ${event.topic} changed ${MAX_ENTERS} times while it was read`);
}

/** The article that tells the same story, the first one if it is alike enough; and whether anything is near to this one. */
async function findCopied(
  read: Reader,
  { pages }: OpenBook,
  mine: Account | null,
  articleId: string,
  now: Date,
): Promise<{ readonly from: Telling; readonly isNear: boolean } | null> {
  if (mine === null) return null;
  const since = before(now, STORY_WINDOW_MS);
  const alike = alikeIn(pages, mine.fingerprint, since).filter(
    (one) => one.articleId !== articleId,
  );
  for (const { articleId: id } of alike) {
    const from = await read(id);
    if (from?.account && isSameStory(mine, from.account))
      return { from, isNear: alike.some(({ share }) => share >= FAR) };
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
export async function findDenied(
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

/** The same from what versions without a book remembered. */
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
