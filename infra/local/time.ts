/** What the host knows of time; every wait in it goes through here, so that a test can hurry or move it. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** The moment `seconds` from now, on the scaled clock. */
  in(seconds: number): number;
  /** Resolves when `now()` has reached `at`, or when the signal aborts. */
  until(at: number, signal?: AbortSignal): Promise<void>;
}

/** A timer of Node's holds 2^31 - 1 ms at most; longer waits go in steps. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How often a clock that is not the machine's is looked at: it may be moved at any moment. */
const LOOK_MS = 10;

/** Time by `clock` (the machine's, if null), with waits multiplied by `scale`. */
export function timeOf(clock: (() => number) | null, scale: number): Time {
  const now = clock ?? Date.now;
  return {
    now,
    in: (seconds) => now() + seconds * 1000 * scale,
    async until(at, signal) {
      for (let left = at - now(); left > 0 && signal?.aborted !== true; left = at - now()) {
        await pause(clock === null ? Math.min(left, LONGEST_TIMER_MS) : LOOK_MS, signal);
      }
    },
  };
}

/** Waits real milliseconds, or until the signal aborts; never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** Wakes those who wait for news: a message sent, a record written. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, at `at`, or when the signal aborts. */
  heard(at: number, signal?: AbortSignal): Promise<void>;
}

/** A bell on the given time. */
export function bellOn(time: Time): Bell {
  let waiting = new Set<AbortController>();
  return {
    ring() {
      const woken = waiting;
      waiting = new Set();
      for (const waiter of woken) waiter.abort();
    },
    async heard(at, signal) {
      if (signal?.aborted === true) return;
      const waiter = new AbortController();
      const abort = () => waiter.abort();
      waiting.add(waiter);
      signal?.addEventListener('abort', abort, { once: true });
      await time.until(at, waiter.signal);
      waiting.delete(waiter);
      signal?.removeEventListener('abort', abort);
    },
  };
}
