import type { Article } from '../../shared/article.ts';
import { dynamodbArchive } from '../../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../../shared/aws/dynamodb-outbox.ts';
import { dynamodbStories } from '../../shared/aws/dynamodb-stories.ts';
import type { Event } from '../../shared/event.ts';
import type { ArticleRecord } from '../../shared/record.ts';
import type { StoryPorts } from '../../shared/story/book.ts';
import { type Placed, placeStory } from '../../shared/story/place-story.ts';
import { event, party, record } from '../samples.ts';
import { startTable } from '../table.ts';
import { edited, seeded } from './edits.ts';
import { STORIES, type Telling } from './tellings.ts';

export let host: Awaited<ReturnType<typeof startTable>>;
/** What time it is; tests put it forward. */
export const clock = { now: new Date('2026-03-02T10:00:00Z') };
export let ports: StoryPorts;

beforeAll(async () => {
  host = await startTable();
  ports = {
    book: dynamodbStories(host.dynamodb, host.table),
    outbox: dynamodbOutbox(host.dynamodb, host.table),
    now: () => clock.now,
  };
});
afterAll(() => host.stop());

/** A rule and topic of its own for each test, so that they do not meet in the table. */
let rules = 0;
export const newRule = () => `rule-${++rules}`;

/** An article that tells a story, under a rule and topic of that name. */
export function telling(
  { body, source, target }: Telling,
  rule: string,
  given: Partial<Event> = {},
  article: Partial<Article> = {},
  seen?: Date,
): ArticleRecord {
  const said = { rule, topic: rule, source: [party(source)], target: [party(target)], ...given };
  return record({ body, ...article }, [event(said)], seen ? { now: seen } : {});
}

/** Stores it and decides about its alert, as the relay would; then marks it as decided. */
export async function place(article: ArticleRecord): Promise<Placed> {
  const archive = dynamodbArchive(host.dynamodb, host.table);
  await archive.add(article);
  return decide(article);
}

/** Decides about its alert, and marks it as decided. */
export async function decide(article: ArticleRecord): Promise<Placed> {
  const [alert] = article.alerts;
  if (alert === undefined) throw new Error('no alert');
  const placed = await placeStory(ports, article, alert);
  const outbox = dynamodbOutbox(host.dynamodb, host.table);
  const isCopy = placed.kind === 'copy' || placed.kind === 'moot';
  const settled = {
    ...{ rule: alert.rule, at: clock.now.toISOString(), attempts: 0, messageId: null },
    state: isCopy ? ('SUPPRESSED' as const) : ('SENT' as const),
    reason: isCopy ? 'story' : null,
    story: 'story' in placed ? placed.story.id : null,
    update: placed.kind === 'update' ? placed.update.why : null,
  };
  await outbox.settle(article, [settled]);
  return placed;
}

export const story = (n: number): (typeof STORIES)[number] => {
  const found = STORIES[n];
  if (found === undefined) throw new Error('no such story');
  return found;
};

/** Enough of other stories to fill a page of the book. */
export async function fillPage(rule: string): Promise<void> {
  for (const other of [1, 2, 4, 6, 8, 9, 10, 11].map(story))
    for (const one of [other, ...(other.retold ? [other.retold] : [])])
      expect((await place(telling(one, rule))).kind).toBe('first');
}

/** A copy as an editor makes it: other furniture, a word in twenty-five changed. */
export const copyOf = ({ body }: Telling, seed: number) =>
  edited(
    body,
    { wordsChanged: 0.04, wordsCut: 0.01, paragraphsCut: 0, furniture: true, reordered: false },
    story(11).body.split(' '),
    seeded(seed),
  );
