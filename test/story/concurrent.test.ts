import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamodbArchive } from '../../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../../shared/aws/dynamodb-outbox.ts';
import { dynamodbStories } from '../../shared/aws/dynamodb-stories.ts';
import type { ArticleRecord } from '../../shared/record.ts';
import { ENTRY_BYTES, pageOf } from '../../shared/story/entry.ts';
import { type Placed, placeStory } from '../../shared/story/place-story.ts';
import { event, party, record } from '../samples.ts';
import { startTable } from '../table.ts';
import { edited, seeded } from './edits.ts';
import { type Actor, inEveryOrder, inSomeOrders, type Step } from './interleaving.ts';
import { STORIES } from './tellings.ts';

const PROVE = process.env['PROVE'] !== undefined;
const NOW = new Date('2026-03-02T10:00:00Z');

let host: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  host = await startTable();
});
afterAll(() => host.stop());

let topics = 0;

/** An article that tells the story in words that an editor changed a little. */
function telling(n: number, copy: number, topic: string): ArticleRecord {
  const { body, source, target } = STORIES[n] ?? { body: '', source: '', target: '' };
  const edits = { wordsChanged: 0.04, wordsCut: 0, paragraphsCut: 0, furniture: true };
  const said = { rule: topic, topic, source: [party(source)], target: [party(target)] };
  const copied = edited(body, { ...edits, reordered: false }, ['word'], seeded(copy));
  return record({ body: copied }, [event(said)], { now: NOW });
}

/** Only the topic's book is shared by those who place at the same moment; what else they do needs no order. */
const isOfBook = (input: unknown) => JSON.stringify(input).includes('"B1#');

/** A relay of its own that places one article, and waits for its turn before each call to the book. */
function relayOf(article: ArticleRecord, isKilled: () => boolean): Actor<Placed> {
  return async (step) => {
    for (;;) {
      const client = host.newClient();
      try {
        gate(client, step, isKilled);
        return await placed(client, article);
      } catch (error) {
        if (!(error instanceof Error && error.message === 'killed')) throw error;
      } finally {
        client.destroy();
      }
    }
  };
}

function gate(client: DynamoDBClient, step: Step, isKilled: () => boolean): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      if (!isOfBook(args.input)) return next(args);
      await step();
      if (isKilled()) throw new Error('killed');
      const answer = await next(args);
      if (isKilled()) throw new Error('killed');
      return answer;
    },
    { step: 'initialize' },
  );
}

async function placed(client: DynamoDBClient, article: ArticleRecord): Promise<Placed> {
  const [alert] = article.alerts;
  if (alert === undefined) throw new Error('no alert');
  const book = dynamodbStories(client, host.table);
  const outbox = dynamodbOutbox(client, host.table);
  return placeStory({ book, outbox, now: () => NOW }, article, alert);
}

interface Scene {
  /** Stories by number, each told by an article that comes now. */
  readonly tellings: readonly number[];
  /** A story that was told before, and stands in the open page. */
  readonly told: number;
  /** How many entries the open page still takes. */
  readonly room: number;
  readonly isKilled: () => boolean;
}

/** A relay for each of the tellings. */
async function relays({ tellings, told, room, isKilled }: Scene): Promise<Actor<Placed>[]> {
  const topic = `concurrent-${++topics}`;
  const archive = dynamodbArchive(host.dynamodb, host.table);
  const before = telling(told, 99, topic);
  const articles = tellings.map((n, copy) => telling(n, copy, topic));
  for (const article of [before, ...articles]) await archive.add(article);
  const { id: articleId, fingerprint } = before;
  const parties = { who: [], whom: [] };
  const entry = pageOf({ articleId, at: NOW, isCopy: false, parties, news: null, fingerprint });
  const others = Buffer.alloc((ENTRIES_IN_PAGE - 1 - room) * ENTRY_BYTES);
  await host.dynamodb.send(
    new UpdateItemCommand({
      TableName: host.table,
      Key: marshall({ pk: `B1#${topic}`, sk: 'OPEN' }),
      UpdateExpression: 'SET version = :version, newest = :newest, stories = :stories',
      ExpressionAttributeValues: marshall({
        ':version': ENTRIES_IN_PAGE - room,
        ':newest': '',
        ':stories': Buffer.concat([entry, others]),
      }),
    }),
  );
  return articles.map((article) => relayOf(article, isKilled));
}

/** As `shared/aws/dynamodb-book.ts` fills them. */
const ENTRIES_IN_PAGE = 9;

/** Each story but the one that was told before is told by one of its articles, and the others know which. */
function toldOnce({ tellings, told }: Scene) {
  return (results: readonly Placed[], order: string) => {
    for (const n of new Set(tellings)) {
      const mine = results.filter((_, i) => tellings[i] === n);
      const copies = mine.flatMap((one) => (one.kind === 'copy' ? [one.story.id] : []));
      const firsts = mine.filter(({ kind }) => kind === 'first').length;
      expect({ order, n, firsts }).toEqual({ order, n, firsts: n === told ? 0 : 1 });
      expect(copies).toHaveLength(mine.length - firsts);
      expect(new Set(copies).size).toBeLessThanOrEqual(1);
    }
  };
}

test.each([
  ['two copies', [0, 0]],
  ['a story and a copy of what stands on the page that it ends', [0, 2]],
])('at the same moment, whatever the order: %s', async (_, tellings) => {
  const scene = { tellings, told: 2, room: 0, isKilled: () => false };
  expect(await inEveryOrder(() => relays(scene), toldOnce(scene))).toBeGreaterThan(3);
});

test('of copies and other stories each is told once, whoever dies on the way and comes again', async () => {
  const random = seeded(7);
  const scene = {
    tellings: [0, 1, 0, 1, 2, 3, 0],
    told: 3,
    room: 2,
    isKilled: () => random() < 0.1,
  };
  await inSomeOrders(PROVE ? 300 : 4, random, () => relays(scene), toldOnce(scene));
}, 600_000);
