import { shownEvent } from '../alert.ts';
import { type ArticleRecord, alertOn, type StoredAlert, type StoredEvent } from '../record.ts';
import { isCorrection } from '../status.ts';
import type { StoryPorts } from './book.ts';
import { accountOf, beginStory, joinStory, type Story, type Update } from './story.ts';
import { findDenied, findTold, type Reader, type Telling } from './told-before.ts';

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
  // Its own story, when its entry is so old that only its copies are still known.
  const isOwn = (first: Telling) => first.record.id === record.id;
  const told = await findTold(ports, read, record, alert, event);
  const first = told && (await firstOf(read, told));
  if (first !== null && !isOwn(first)) return join(ports, first, record, event);

  const denied = isCorrection(event.status) ? await findDenied(ports, read, record, event) : null;
  const earlier = denied && (await firstOf(read, denied));
  if (earlier !== null && !isOwn(earlier)) {
    const placed = await join(ports, earlier, record, event);
    if (placed.kind === 'update' || alert.correction) return placed;
  }
  return { kind: alert.correction ? 'moot' : 'first' };
}

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
