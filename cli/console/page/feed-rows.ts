import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Change, FeedPage, FeedRow } from '../api.ts';
import { type FeedQuery, matches, writeQuery } from '../feed-query.ts';
import { ask, useLive } from './connection.ts';

export interface FeedRows {
  readonly rows: readonly FeedRow[];
  /** New rows that wait above, so that what is being read does not move. */
  readonly fresh: readonly FeedRow[];
  readonly isLoading: boolean;
  readonly isComplete: boolean;
  readonly error: Error | null;
  more(): void;
  /** Puts the waiting rows on top. */
  refresh(): void;
}

interface Held {
  readonly rows: readonly FeedRow[];
  readonly fresh: readonly FeedRow[];
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
}

const NOTHING: Held = { rows: [], fresh: [], next: null, isLoading: true, error: null };

/**
 * The rows that a query asks for, page by page, and live.
 * @param holdBack whether new rows shall wait in `fresh` just now.
 */
export function useFeedRows(query: FeedQuery, holdBack: () => boolean): FeedRows {
  const key = writeQuery(query).toString();
  const [held, setHeld] = useState<Held>(NOTHING);
  const asking = useRef({ query, holdBack });
  asking.current = { query, holdBack };

  const load = useCallback(
    async (after: string | null, signal?: AbortSignal) => {
      const params = new URLSearchParams(key);
      if (after !== null) params.set('after', after);
      try {
        const page = await ask<FeedPage>('feed', params, signal === undefined ? {} : { signal });
        setHeld((was) => ({
          ...was,
          rows: after === null ? page.rows : joined(was.rows, page.rows),
          next: page.next,
          isLoading: false,
          error: null,
        }));
      } catch (error) {
        if (signal?.aborted) return;
        setHeld((was) => ({ ...was, isLoading: false, error: error as Error }));
      }
    },
    [key],
  );

  useEffect(() => {
    const gone = new AbortController();
    setHeld(NOTHING);
    void load(null, gone.signal);
    return () => gone.abort();
  }, [load]);

  useLive(
    useCallback(({ row }: Change) => {
      const { query: wanted, holdBack: mustWait } = asking.current;
      if (matches(wanted, row)) setHeld((was) => withRow(was, row, mustWait()));
    }, []),
  );

  return {
    ...held,
    isComplete: !held.isLoading && held.next === null,
    more() {
      if (held.isLoading || held.next === null || held.error !== null) return;
      setHeld((was) => ({ ...was, isLoading: true }));
      void load(held.next);
    },
    refresh: () => setHeld((was) => ({ ...was, rows: joined(was.fresh, was.rows), fresh: [] })),
  };
}

/** One list, each article once: what came live may come again with a page. */
function joined(first: readonly FeedRow[], second: readonly FeedRow[]): readonly FeedRow[] {
  const ids = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !ids.has(id))];
}

function withRow(held: Held, row: FeedRow, mustWait: boolean): Held {
  const isIt = ({ id }: FeedRow) => id === row.id;
  for (const list of ['rows', 'fresh'] as const) {
    if (!held[list].some(isIt)) continue;
    return { ...held, [list]: held[list].map((old) => (isIt(old) ? row : old)) };
  }
  const list = mustWait ? 'fresh' : 'rows';
  return { ...held, [list]: [row, ...held[list]] };
}
