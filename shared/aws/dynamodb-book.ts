import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Book, OpenBook } from '../story/book.ts';
import { ENTRY_BYTES, ENTRY_FORMAT, newestIn, type Page, struckFrom } from '../story/entry.ts';
import { updateItem } from './update-item.ts';

/** A page and its item's other attributes stay under 1 KB, which is one write unit. */
const PAGE_BYTES = 9 * ENTRY_BYTES;
/** 45,000 stories of a topic, 4 MB: more in three days is a flood, in which what is older is forgotten sooner. */
const MAX_PAGES = 5_000;
/** Of all topics together, in a function of 256 MB. */
const MAX_KEPT_PAGES = 20_000;
/** Longer than anybody looks back; the table removes what is older. */
const KEPT_S = 15 * 86_400;

const OPEN = 'OPEN';
/** Sorts behind every closed page. */
const BEHIND_ALL = 'P~';

/** The format stands in the key: a book of another one is not read, and the topic begins anew. */
const bookKey = (topic: string) => `B${ENTRY_FORMAT}#${topic}`;
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
/** Sorts before the pages that were closed since. */
const closedSince = (since: Date) => `P#${seconds(since)}`;

interface ClosedPage {
  readonly sk: string;
  readonly page: Page;
}

/** Takes an article out of a book. */
interface Eraser {
  /** @param since nothing of it was entered before. @returns how many pages knew of it. */
  strike(topic: string, articleId: string, since: Date, now: Date): Promise<number>;
}

/**
 * The books of all topics in the one table. The open page is one item, and an entry is one write of it, on the condition that
 * it is as it was read: of two who would enter the same story one comes second, and reads the other's entry first. Once
 * full it is copied to an item of its own, which nobody changes again, so that a warm function reads each of them once.
 */
export function dynamodbBook(dynamodb: DynamoDBClient, table: string): Book & Eraser {
  const kept = new Map<string, readonly ClosedPage[]>();

  function keep(topic: string, pages: readonly ClosedPage[]): void {
    kept.set(topic, pages);
    let count = [...kept.values()].reduce((sum, one) => sum + one.length, 0);
    for (const [other, { length }] of kept) {
      if (count <= MAX_KEPT_PAGES) return;
      if (other === topic) continue;
      kept.delete(other);
      count -= length;
    }
  }

  /** Closed pages with keys above `after` and below `before`, oldest first, of too many the newest. */
  async function closedPages(topic: string, after: string, before: string): Promise<ClosedPage[]> {
    const input = {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :after AND :before',
      ExpressionAttributeValues: marshall({
        ':pk': bookKey(topic),
        ':after': after,
        ':before': before,
      }),
      ScanIndexForward: false,
      ConsistentRead: true,
    };
    const found: ClosedPage[] = [];
    for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input)) {
      for (const item of Items) found.push({ sk: item['sk']?.S ?? '', page: pageIn(item) });
      if (found.length >= MAX_PAGES) break;
    }
    return found.filter(({ sk }) => sk > after && sk < before).reverse();
  }

  async function openPage(topic: string) {
    const { Item } = await dynamodb.send(
      new GetItemCommand({
        TableName: table,
        Key: marshall({ pk: bookKey(topic), sk: OPEN }),
        ConsistentRead: true,
      }),
    );
    return {
      version: Item === undefined ? null : Number(Item['version']?.N),
      newest: Item?.['newest']?.S ?? '',
      open: Item === undefined ? Buffer.alloc(0) : pageIn(Item),
    };
  }

  async function put(topic: string, sk: string, stories: Page, now: Date): Promise<void> {
    await updateItem(dynamodb, {
      TableName: table,
      Key: marshall({ pk: bookKey(topic), sk }),
      UpdateExpression: 'SET stories = :stories, expiresAt = :expiresAt',
      ExpressionAttributeValues: marshall({
        ':stories': stories,
        ':expiresAt': seconds(now) + KEPT_S,
      }),
    });
  }

  /** Replaces the open page; false when it is not as it was read. */
  async function rewrite(
    { topic, version, newest }: Pick<OpenBook, 'topic' | 'version' | 'newest'>,
    stories: Page,
    now: Date,
  ): Promise<boolean> {
    const values = {
      ':next': (version ?? 0) + 1,
      ':newest': newest,
      ':stories': stories,
      ':expiresAt': seconds(now) + KEPT_S,
      ...(version === null ? {} : { ':version': version }),
    };
    const rewritten = await updateItem(dynamodb, {
      TableName: table,
      Key: marshall({ pk: bookKey(topic), sk: OPEN }),
      UpdateExpression:
        'SET version = :next, newest = :newest, stories = :stories, expiresAt = :expiresAt',
      ConditionExpression: version === null ? 'attribute_not_exists(pk)' : 'version = :version',
      ExpressionAttributeValues: marshall(values),
    });
    return rewritten !== null;
  }

  return {
    async open(topic, since) {
      // First the open page: what is closed while the others are read is in both, and in neither it cannot be.
      const { version, newest, open } = await openPage(topic);
      const first = closedSince(since);
      let closed = (kept.get(topic) ?? []).filter(({ sk }) => sk > first);
      const last = closed.at(-1)?.sk ?? first;
      if (newest > last) {
        closed = [...closed, ...(await closedPages(topic, last, BEHIND_ALL))].slice(-MAX_PAGES);
        keep(topic, closed);
      }
      return { topic, version, newest, pages: [...closed.map(({ page }) => page), open] };
    },
    async enter(book, entry, now) {
      const open = book.pages.at(-1) ?? Buffer.alloc(0);
      if (open.length + entry.length <= PAGE_BYTES)
        return rewrite(book, Buffer.concat([open, entry]), now);
      // Before the open page lets go of it. Two who close the same page write the same.
      const newest = closedKey(book, open);
      await put(book.topic, newest, open, now);
      return rewrite({ ...book, newest }, entry, now);
    },
    async before(topic, since, until) {
      const pages = await closedPages(topic, closedSince(since), closedSince(until));
      return pages.map(({ page }) => page);
    },
    async strike(topic, articleId, since, now) {
      let struck = 0;
      for (let isDone = false; !isDone; ) {
        const { open, ...book } = await openPage(topic);
        if (!open.includes(articleId, 0, 'latin1')) break;
        isDone = await rewrite({ topic, ...book }, struckFrom(open, articleId), now);
        if (isDone) struck += 1;
      }
      for (const { sk, page } of await closedPages(topic, closedSince(since), BEHIND_ALL)) {
        if (!page.includes(articleId, 0, 'latin1')) continue;
        await put(topic, sk, struckFrom(page, articleId), now);
        struck += 1;
      }
      return struck;
    },
  };
}

function pageIn(item: Readonly<Record<string, AttributeValue>>): Page {
  return Buffer.from(item['stories']?.B ?? []);
}

/** Closed pages are in the order in which they were closed, whatever the clocks of those who closed them. */
function closedKey({ newest, version }: OpenBook, open: Page): string {
  const first = closedSince(newestIn(open));
  const time = newest.slice(0, first.length) > first ? newest.slice(0, first.length) : first;
  return `${time}#${String(version).padStart(12, '0')}`;
}
