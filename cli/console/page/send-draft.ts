import { ask } from './connection.ts';

/** How far putting a watchlist in force is. */
export type PutStep = 'no' | 'busy' | 'done' | Error;

/** Asks something of a draft of a watchlist. */
export function sendDraft<Value>(path: string, yaml: string, text = ''): Promise<Value> {
  return ask<Value>(path, {}, { method: 'POST', body: JSON.stringify({ yaml, text }) });
}
