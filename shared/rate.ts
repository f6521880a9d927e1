/** A rule's alerts are counted in windows of this length, which begin at full ten minutes. */
export const RATE_WINDOW_MS = 10 * 60_000;

/** When the window of this moment begins, ISO 8601. */
export function windowOf(now: Date): string {
  return new Date(Math.floor(now.getTime() / RATE_WINDOW_MS) * RATE_WINDOW_MS).toISOString();
}

/** Alerts of one rule that were too many for their window, to be told in one summary. */
export interface Held {
  readonly rule: string;
  /** When the window began, ISO 8601. */
  readonly window: string;
  readonly alertIds: readonly string[];
  /** Those beyond what is kept by id. */
  readonly more: number;
}

/** Keeps what is sent at a pace that people and SNS bear, for all functions that send together. */
export interface Rate {
  /** Whether this alert goes out by itself; else it is held for the summary. Asking again gives the same answer. */
  admit(rule: string, alertId: string, now: Date): Promise<boolean>;
  /** Milliseconds to wait before the next message; null when that is too long and it should be left for later. */
  turn(now: Date): Promise<number | null>;
  /** What is held in windows that have ended. */
  held(now: Date): Promise<readonly Held[]>;
  /** The summary of these is out. */
  release(held: Held): Promise<void>;
}

/** Rules, or whole topics, that somebody does not want to hear of for a while. */
export interface Mutes {
  /** Until when any of these is muted, ISO 8601; null when none is. */
  until(names: readonly string[], now: Date): Promise<string | null>;
}
