import { setTimeout as pause } from 'node:timers/promises';

/** Waits; @returns false once nobody listens any more. */
export async function isStillOpen(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await pause(ms, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
