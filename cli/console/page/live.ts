import { useEffect, useReducer } from 'preact/hooks';
import type { Change } from '../api.ts';

/** `lost`: the browser tries again by itself; `ended`: nobody knows this page any more. */
export type Liveness = 'opening' | 'live' | 'lost' | 'ended';

type Listener = (change: Change) => void;

const KINDS = ['row', 'fate', 'missed', 'live'] as const satisfies readonly Change['kind'][];

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let liveness: Liveness = 'opening';
let source: EventSource | null = null;

function become(state: Liveness): void {
  liveness = state;
  for (const watch of watchers) watch();
}

/** One stream serves the whole page, for as long as it is open. */
function open(): void {
  if (source !== null) return;
  const stream = new EventSource('api/live');
  source = stream;
  for (const kind of KINDS)
    stream.addEventListener(kind, ({ data }: MessageEvent<string>) => {
      const change = { kind, ...JSON.parse(data) } as Change;
      if (kind === 'live') become('live');
      for (const listen of listeners) listen(change);
    });
  stream.addEventListener('error', () =>
    become(stream.readyState === EventSource.CLOSED ? 'ended' : 'lost'),
  );
}

/** Hears every change until the returned function is called. */
export function hearLive(listen: Listener): () => void {
  listeners.add(listen);
  open();
  return () => {
    listeners.delete(listen);
  };
}

/** Hears every change while `listen` stays the same. */
export function useLive(listen: Listener): void {
  useEffect(() => hearLive(listen), [listen]);
}

/** Whether the page hears what happens. */
export function useLiveness(): Liveness {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const watch = () => redraw(undefined);
    watchers.add(watch);
    open();
    return () => {
      watchers.delete(watch);
    };
  }, []);
  return liveness;
}
