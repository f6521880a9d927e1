import { entryOf } from '../../shared/archive-query.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { ArticleRecord } from '../../shared/record.ts';

/** An archive in memory, for tests of more articles than a table on this machine takes in a minute. */
export interface Shelf extends ArchiveReader {
  /** Puts an article on it, or the same one anew. */
  add(record: ArticleRecord): void;
}

export function shelfOf(given: readonly ArticleRecord[]): Shelf {
  const records = new Map(given.map((record) => [record.id, record]));
  let sorted: ArticleRecord[] | null = null;
  const newestFirst = () => {
    sorted ??= [...records.values()].sort((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
    return sorted;
  };

  /** By halves, for a test asks for hundreds of stretches of thousands of articles. */
  function firstBefore(time: string): number {
    const all = newestFirst();
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] as ArticleRecord).seenAt >= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async function* within({ since, until }: { since: Date; until: Date }) {
    const all = newestFirst();
    const oldest = since.toISOString();
    for (let i = firstBefore(until.toISOString()); i < all.length; i++) {
      const record = all[i] as ArticleRecord;
      if (record.seenAt < oldest) return;
      yield record;
    }
  }

  return {
    read: { entries: 0, units: 0 },
    async *entries(range) {
      for await (const record of within(range)) yield entryOf(record);
    },
    async *alerted(range) {
      for await (const record of within(range)) if (record.alerts.length > 0) yield record;
    },
    records: async (ids) => ids.flatMap((id) => records.get(id) ?? []),
    async whole(id) {
      const record = records.get(id);
      return record === undefined ? null : { record, receipts: [], stories: [] };
    },
    add(record) {
      records.set(record.id, record);
      sorted = null;
    },
  };
}

const placeOf = ({ seenAt, id }: ArticleRecord) => `${seenAt}#${id}`;
