import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { ConsoleApi, FeedRow } from './api.ts';
import { rowOfRecord } from './feed-row.ts';
import { isStillOpen } from './still-open.ts';

/** How often this machine, or an account, is asked for news: four small index queries each time. */
const LOOK_MS = { local: 500, remote: 3_000 } as const;
/** Clocks of functions differ and indexes lag: an article may turn up this late. */
const LATE_MS = 60_000;
/** An alert that is pending longer is the sweep's business. */
const WATCHED_MS = 15 * 60_000;
/** Articles that are told one by one; of more, a page takes only its screenful. */
const MOST = 500;

/** Tells of new articles, and of each again until its alerts are settled. */
export function liveDesk(
  archive: Pick<ArchiveReader, 'entries' | 'records'>,
  isLocal: boolean,
  now: () => Date,
): Pick<ConsoleApi, 'live'> {
  /** Oldest first; null when there are too many. */
  async function seenSince(since: number): Promise<string[] | null> {
    const range = {
      since: new Date(since - LATE_MS),
      until: new Date(now().getTime() + LATE_MS),
    };
    const ids: string[] = [];
    for await (const { id } of archive.entries(range)) {
      if (ids.length === MOST) return null;
      ids.push(id);
    }
    return ids.reverse();
  }

  return {
    async live(tell, from, signal) {
      const pending = new Map<string, FeedRow>();
      let told = new Set<string>();
      let since = from === null ? now().getTime() : Date.parse(from);
      let isFirst = true;
      do {
        const at = now().getTime();
        const ids = await seenSince(since);
        const fresh = (ids ?? []).filter((id) => !told.has(id));
        const records = await archive.records([...fresh, ...pending.keys()]);
        const rows = records.map((record) => rowOfRecord(record));
        const changed = rows.filter(({ id, alert }) => pending.get(id)?.alert !== alert);
        pending.clear();
        for (const row of rows) if (isPending(row, at)) pending.set(row.id, row);
        // Whoever comes back must hear again of what was not settled.
        const oldest = Math.min(at, ...[...pending.values()].map((row) => Date.parse(row.seenAt)));
        const place = new Date(oldest).toISOString();
        for (const row of changed) tell({ kind: 'row', row }, place);
        if (ids === null) tell({ kind: 'missed' }, place);
        if (isFirst) tell({ kind: 'live' }, place);
        told = new Set(ids ?? []);
        since = at;
        isFirst = false;
      } while (await isStillOpen(LOOK_MS[isLocal ? 'local' : 'remote'], signal));
    },
  };
}

function isPending({ alert, seenAt }: FeedRow, now: number): boolean {
  return alert === 'PENDING' && now - Date.parse(seenAt) <= WATCHED_MS;
}
