import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Change, FeedPage, FeedRow } from '../api.ts';
import { type FeedQuery, matches, writeQuery } from '../feed-query.ts';
import { ask } from './connection.ts';
import { isAbove, joined, withRow } from './feed-order.ts';
import { useLive } from './live.ts';

export interface FeedRows {
  readonly rows: readonly FeedRow[];
  /** New rows that wait above, so that what is being read does not move. */
  readonly fresh: readonly FeedRow[];
  /** More came in than could be told: the list must be asked for anew. */
  readonly isStale: boolean;
  readonly isLoading: boolean;
  readonly isComplete: boolean;
  /** Nothing was found for a while: whether to look further back is for the person to say. */
  readonly isPaused: boolean;
  /** The day, `YYYY-MM-DD`, back to which was looked. */
  readonly reached: string;
  readonly error: Error | null;
  /** Asks for the next page; after a pause only if `isWanted`. */
  more(isWanted?: boolean): void;
  /** Puts the waiting rows on top. */
  refresh(): void;
  retry(): void;
}

interface Held {
  readonly rows: readonly FeedRow[];
  readonly fresh: readonly FeedRow[];
  readonly isStale: boolean;
  readonly next: string | null;
  readonly isPaused: boolean;
  readonly reached: string;
  readonly isLoading: boolean;
  readonly error: Error | null;
}

const NOTHING: Held = {
  rows: [],
  fresh: [],
  isStale: false,
  next: null,
  isPaused: false,
  reached: '',
  isLoading: true,
  error: null,
};

/** When more comes in than can be told, the list is asked for anew so often at most. */
const STALE_MS = 3_000;

/**
 * The rows that a query asks for, page by page, and live.
 * @param holdBack whether new rows shall wait in `fresh` just now.
 */
export function useFeedRows(query: FeedQuery, holdBack: () => boolean): FeedRows {
  const key = writeQuery(query).toString();
  const [held, setHeld] = useState<Held>(NOTHING);
  const [turn, setTurn] = useState(0);
  const asking = useRef({ query, holdBack, isBroken: false });
  asking.current = { query, holdBack, isBroken: held.error !== null };

  const load = useCallback(
    async (after: string | null, signal?: AbortSignal) => {
      const params = new URLSearchParams(key);
      if (after !== null) params.set('after', after);
      try {
        const page = await ask<FeedPage>('feed', params, signal === undefined ? {} : { signal });
        // What was told while the page was on its way stays.
        setHeld((was) => ({
          ...was,
          rows: joined(was.rows, page.rows),
          next: page.next,
          isPaused: page.next !== null && page.rows.length === 0,
          reached: page.reached,
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

  // Anew by query and on demand.
  useEffect(() => {
    const gone = new AbortController();
    setHeld(NOTHING);
    void load(null, gone.signal);
    return () => gone.abort();
  }, [load, turn]);

  useEffect(() => {
    if (!held.isStale || asking.current.holdBack()) return;
    const wait = setTimeout(() => setTurn((n) => n + 1), STALE_MS);
    return () => clearTimeout(wait);
  }, [held.isStale]);

  useLive(
    useCallback((change: Change) => {
      const { query: wanted, holdBack: mustWait } = asking.current;
      if (change.kind === 'missed') setHeld((was) => ({ ...was, isStale: true }));
      // The stack is back: what could not be asked is asked again.
      if (change.kind === 'live' && asking.current.isBroken) setTurn((n) => n + 1);
      if (change.kind !== 'row' || !matches(wanted, change.row)) return;
      const { row } = change;
      setHeld((was) => {
        const last = was.rows.at(-1);
        // It will come with its page.
        if (was.next !== null && last !== undefined && isAbove(last, row)) return was;
        return { ...was, ...withRow(was, row, mustWait()) };
      });
    }, []),
  );

  const retry = () => setTurn((n) => n + 1);
  return {
    ...held,
    isComplete: !held.isLoading && held.next === null,
    more(isWanted = false) {
      if (held.isLoading || held.next === null || held.error !== null) return;
      if (held.isPaused && !isWanted) return;
      setHeld((was) => ({ ...was, isLoading: true }));
      void load(held.next);
    },
    refresh() {
      if (held.isStale) retry();
      else setHeld((was) => ({ ...was, rows: joined(was.fresh, was.rows), fresh: [] }));
    },
    retry() {
      if (held.next === null) return retry();
      setHeld((was) => ({ ...was, isLoading: true, error: null }));
      void load(held.next);
    },
  };
}
