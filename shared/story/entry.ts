import { type Fingerprint, shortHash } from './fingerprint.ts';
import { likeness, SKETCH_BYTES, sketchOf } from './sketch.ts';
import { couldMean, MAX_SIDE, type Parties } from './story.ts';

/** What a topic's book keeps of an article: enough to tell most others from it without reading it. */
export interface Entry {
  readonly articleId: string;
  readonly at: Date;
  /** It is a copy, and only there so that its own copies are known. */
  readonly isCopy: boolean;
  readonly parties: Parties;
  /** The rule's own key of what is the same news; null when every article is. */
  readonly news: string | null;
  /** null for a body too short to be known again. */
  readonly fingerprint: Fingerprint | null;
}

/** Entries one behind the other, oldest first, each ENTRY_BYTES long. */
export type Page = Buffer;

/** Where the parts of an entry begin: id, seconds since 1970, whether it is a copy, hashes of news, who and whom, sketch. */
const AT = 22;
const COPY = AT + 4;
const NEWS = COPY + 1;
const WHO = NEWS + 2;
const WHOM = WHO + 2 * MAX_SIDE;
const SKETCH = WHOM + 2 * MAX_SIDE;
export const ENTRY_BYTES = SKETCH + SKETCH_BYTES;
/** Raised when any of this changes, or the fingerprint: entries of another format say nothing. */
export const ENTRY_FORMAT = 1;

/** A template's bulletins resemble each other by the hundred; the original of a copy is among its likest. */
const MAX_ALIKE = 12;

/** The entry as the book's pages hold it. */
export function pageOf({ articleId, at, isCopy, parties, news, fingerprint }: Entry): Page {
  const page = Buffer.alloc(ENTRY_BYTES);
  page.write(articleId, 'latin1');
  page.writeUInt32BE(Math.floor(at.getTime() / 1000), AT);
  page.writeUInt8(isCopy ? 1 : 0, COPY);
  if (news !== null) page.writeUInt16BE(hashed(news), NEWS);
  const { who, whom } = hashedParties(parties);
  for (const [i, name] of who.entries()) page.writeUInt16BE(name, WHO + 2 * i);
  for (const [i, name] of whom.entries()) page.writeUInt16BE(name, WHOM + 2 * i);
  if (fingerprint !== null) page.set(sketchOf(fingerprint), SKETCH);
  return page;
}

/** What the article is entered as, by its newest entry; null when it has none. */
export function enteredAs(pages: readonly Page[], articleId: string): 'first' | 'copy' | null {
  const page = pages.findLast((one) => one.includes(articleId, 0, 'latin1'));
  if (page === undefined) return null;
  return isCopyAt(page, page.lastIndexOf(articleId, undefined, 'latin1')) ? 'copy' : 'first';
}

export interface Alike {
  readonly articleId: string;
  readonly isCopy: boolean;
  /** At least the `resemblance` of the two bodies, 0 to 1. */
  readonly share: number;
}

/**
 * Articles entered since then whose bodies may resemble this one: those that told something first, likest first, the older
 * of two that are equally alike; then copies, which say what they are copies of only when they are settled.
 */
export function alikeIn(pages: readonly Page[], fingerprint: Fingerprint, since: Date): Alike[] {
  const sketch = sketchOf(fingerprint);
  const alike: Alike[] = [];
  // Of a flood this looks at tens of thousands.
  for (const page of pages)
    for (let start = 0; start < page.length; start += ENTRY_BYTES) {
      const share = likeness(sketch, page, start + SKETCH);
      if (share > 0 && isSince(page, start, since))
        alike.push({ articleId: idAt(page, start), isCopy: isCopyAt(page, start), share });
    }
  alike.sort((one, other) => other.share - one.share);
  const [firsts, copies] = [false, true].map((kind) =>
    alike.filter(({ isCopy }) => isCopy === kind).slice(0, MAX_ALIKE),
  );
  return [...(firsts ?? []), ...(copies ?? [])];
}

/** Articles, newest first, that told something first and could be of these people; hashes err, so look whether they are. */
export function involving(pages: readonly Page[], parties: Parties, since: Date): string[] {
  const asked = hashedParties(parties);
  const namesAt = (page: Page, start: number) =>
    [0, 1].map((i) => page.readUInt16BE(start + 2 * i)).filter((name) => name !== NOBODY);
  return firstsIn(pages, since, (page, start) =>
    couldMean(asked, { who: namesAt(page, start + WHO), whom: namesAt(page, start + WHOM) }),
  );
}

/** Articles, newest first, that told something first under this key; hashes err, so look whether they did. */
export function tellingNews(pages: readonly Page[], news: string, since: Date): string[] {
  const asked = hashed(news);
  return firstsIn(pages, since, (page, start) => page.readUInt16BE(start + NEWS) === asked);
}

/** When the newest of its entries was entered. */
export function newestIn(page: Page): Date {
  let newest = 0;
  for (const { start } of entriesBackwards([page]))
    newest = Math.max(newest, secondsAt(page, start));
  return new Date(newest * 1000);
}

/** The page without what it knows of the article. */
export function struckFrom(page: Page, articleId: string): Page {
  const struck = Buffer.from(page);
  for (const { start } of entriesBackwards([page]))
    if (idAt(page, start) === articleId) struck.fill(0, start, start + ENTRY_BYTES);
  return struck;
}

const NOBODY = 0;

const hashed = (name: string): number => shortHash(name) || 1;
const hashedParties = ({ who, whom }: Parties): Parties<number> => ({
  who: who.map(hashed),
  whom: whom.map(hashed),
});

function firstsIn(
  pages: readonly Page[],
  since: Date,
  isWanted: (page: Page, start: number) => boolean,
): string[] {
  const found: string[] = [];
  for (const { page, start } of entriesBackwards(pages))
    if (!isCopyAt(page, start) && isSince(page, start, since) && isWanted(page, start))
      found.push(idAt(page, start));
  return found;
}

const idAt = (page: Page, start: number) => page.toString('latin1', start, start + AT);
const isCopyAt = (page: Page, start: number) => page[start + COPY] === 1;
const isSince = (page: Page, start: number, since: Date) =>
  secondsAt(page, start) * 1000 >= since.getTime();
const secondsAt = (page: Page, start: number) => page.readUInt32BE(start + AT);

function* entriesBackwards(pages: readonly Page[]) {
  for (let i = pages.length - 1; i >= 0; i--) {
    const page = pages[i] as Page;
    for (let start = page.length - ENTRY_BYTES; start >= 0; start -= ENTRY_BYTES)
      yield { page, start };
  }
}
