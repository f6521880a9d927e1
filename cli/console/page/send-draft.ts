import { ask } from './connection.ts';

/** Asks something of a draft of a watchlist. */
export function sendDraft<Value>(path: string, yaml: string, text = ''): Promise<Value> {
  return ask<Value>(path, {}, { method: 'POST', body: JSON.stringify({ yaml, text }) });
}
