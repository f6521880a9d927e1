import { setTimeout as pause } from 'node:timers/promises';
import type { Outbox } from '../../shared/ports.ts';
import type { ConsoleApi, FeedRow } from './api.ts';
import { type FeedReader, placeOf, rowOfRecord } from './feed-reader.ts';

/** How often a person on this machine, or an account, is asked for news: four small index queries each time. */
const LOOK_MS = { local: 300, remote: 3_000 } as const;
/** Clocks of functions differ and indexes lag: a row may come up to this late. */
const LATE_MS = 60_000;
/** An alert that is pending longer is the sweep's business. */
const WATCHED_MS = 15 * 60_000;

/** Tells of new articles, and of each again until its alerts are settled. */
export function liveDesk(
  feed: FeedReader,
  outbox: Pick<Outbox, 'read'>,
  isLocal: boolean,
  now: () => Date,
): Pick<ConsoleApi, 'live'> {
  const lately = () =>
    placeOf({ seenAt: new Date(now().getTime() - LATE_MS).toISOString(), id: '' });
  return {
    async live(tell, signal) {
      let told = new Set((await feed.after(lately())).map(({ id }) => id));
      const waiting = new Map<string, FeedRow>();
      while (await isStillOpen(LOOK_MS[isLocal ? 'local' : 'remote'], signal)) {
        const rows = await feed.after(lately());
        const fresh = rows.filter(({ id }) => !told.has(id));
        told = new Set([...told].filter((id) => rows.some((row) => row.id === id)));
        for (const { id } of [...fresh, ...waiting.values()]) {
          told.add(id);
          const record = await outbox.read(id);
          if (record === null) continue;
          const row = rowOfRecord(record);
          if (row.alert !== waiting.get(id)?.alert || !waiting.has(id)) tell({ row });
          const isOld = now().getTime() - Date.parse(row.seenAt) > WATCHED_MS;
          if (row.alert === 'PENDING' && !isOld) waiting.set(id, row);
          else waiting.delete(id);
        }
      }
    },
  };
}

/** Waits; @returns false once nobody listens any more. */
async function isStillOpen(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await pause(ms, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
