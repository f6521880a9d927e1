import { useEffect, useRef, useState } from 'preact/hooks';
import type { Complaint } from '../complaint.ts';

/** The server's answer was not what was asked for; the message is for the person. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  /** What can be said of it in plain words. */
  readonly kind: Complaint['kind'];
  constructor({ error, kind = 'other' }: Pick<Complaint, 'error'> & Partial<Complaint>) {
    super(error);
    this.kind = kind;
  }
}

/** Nothing answers at the page's own address: the command that serves it was ended. */
export class ServerGone extends Error {
  override readonly name = 'ServerGone';
}

/** Asks the server. @throws AnswerError when it refuses or fails, ServerGone when nothing answers. */
export async function ask<Value>(
  path: string,
  params: URLSearchParams | Readonly<Record<string, string>> = {},
  init: RequestInit = {},
): Promise<Value> {
  const search = new URLSearchParams(params).toString();
  const response = await fetch(`api/${path}${search === '' ? '' : `?${search}`}`, init).catch(
    (error: unknown) => {
      // A connection that fails is a TypeError, by the standard; an aborted one is not.
      throw error instanceof TypeError ? new ServerGone('', { cause: error }) : error;
    },
  );
  // Another console on the same port does not know this page's token, and says so in plain text.
  if (!response.headers.get('content-type')?.startsWith('application/json')) throw new ServerGone();
  const value = await response.json();
  if (!response.ok) throw new AnswerError(value);
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
