import { setTimeout as pause } from 'node:timers/promises';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { ConsoleApi, FeedRow } from './api.ts';
import { rowOfRecord } from './feed-row.ts';

/** How often this machine, or an account, is asked for news: four small index queries each time. */
const LOOK_MS = { local: 300, remote: 3_000 } as const;
/** Clocks of functions differ and indexes lag: an article may turn up this late. */
const LATE_MS = 60_000;
/** An alert that is pending longer is the sweep's business. */
const WATCHED_MS = 15 * 60_000;

/** Tells of new articles, and of each again until its alerts are settled. */
export function liveDesk(
  archive: Pick<ArchiveReader, 'entries' | 'records'>,
  isLocal: boolean,
  now: () => Date,
): Pick<ConsoleApi, 'live'> {
  async function lately(): Promise<string[]> {
    const until = now().getTime() + LATE_MS;
    const range = { since: new Date(until - 2 * LATE_MS), until: new Date(until) };
    const ids: string[] = [];
    for await (const { id } of archive.entries(range)) ids.push(id);
    return ids.reverse();
  }
  return {
    async live(tell, signal) {
      let told = new Set(await lately());
      const waiting = new Map<string, FeedRow>();
      while (await isStillOpen(LOOK_MS[isLocal ? 'local' : 'remote'], signal)) {
        const ids = await lately();
        const fresh = ids.filter((id) => !told.has(id));
        told = new Set(ids);
        for (const record of await archive.records([...fresh, ...waiting.keys()])) {
          const row = rowOfRecord(record);
          const before = waiting.get(row.id);
          if (before === undefined || before.alert !== row.alert) tell({ row });
          const isOld = now().getTime() - Date.parse(row.seenAt) > WATCHED_MS;
          if (row.alert === 'PENDING' && !isOld) waiting.set(row.id, row);
          else waiting.delete(row.id);
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
