import { useEffect, useRef, useState } from 'preact/hooks';
import type { Change } from '../api.ts';

/** The server's answer was not what was asked for; the message is for the person. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Asks the server. @throws AnswerError when it refuses or fails. */
export async function ask<Value>(
  path: string,
  params: URLSearchParams | Readonly<Record<string, string>> = {},
  init: RequestInit = {},
): Promise<Value> {
  const search = new URLSearchParams(params).toString();
  const response = await fetch(`api/${path}${search === '' ? '' : `?${search}`}`, init);
  const value = await response.json();
  if (!response.ok) throw new AnswerError(response.status, String(value.error));
  return value as Value;
}

export type Asked<Value> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: Error; retry(): void }
  | { readonly kind: 'here'; readonly value: Value; retry(): void };

/** What `load` gives, asked again whenever `key` changes; an answer that came too late is dropped. */
export function useAsked<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): Asked<Value> {
  const [asked, setAsked] = useState<Asked<Value>>({ kind: 'waiting' });
  const [turn, setTurn] = useState(0);
  const loading = useRef(load);
  loading.current = load;
  // Asked again by key and on demand, not with every drawing.
  useEffect(() => {
    const gone = new AbortController();
    const retry = () => setTurn((n) => n + 1);
    loading.current(gone.signal).then(
      (value) => gone.signal.aborted || setAsked({ kind: 'here', value, retry }),
      (error: Error) => gone.signal.aborted || setAsked({ kind: 'failed', error, retry }),
    );
    return () => gone.abort();
  }, [key, turn]);
  return asked;
}

type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
let source: EventSource | null = null;

/** Hears every change while `listen` stays the same; one stream serves the whole page. */
export function useLive(listen: Listener): 'live' | 'lost' {
  const [state, setState] = useState<'live' | 'lost'>('live');
  useEffect(() => {
    source ??= new EventSource('api/live');
    const stream = source;
    const hear = (event: MessageEvent<string>) => listen(JSON.parse(event.data));
    const opened = () => setState('live');
    const lost = () => setState('lost');
    stream.addEventListener('change', hear);
    stream.addEventListener('open', opened);
    stream.addEventListener('error', lost);
    listeners.add(listen);
    return () => {
      stream.removeEventListener('change', hear);
      stream.removeEventListener('open', opened);
      stream.removeEventListener('error', lost);
      listeners.delete(listen);
      if (listeners.size > 0) return;
      stream.close();
      source = null;
    };
  }, [listen]);
  return state;
}
