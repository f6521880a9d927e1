import type { Event } from './event.ts';

const SALIENCE = { headline: 2, lead: 1, body: 0 } as const;

/** The event of a topic that an article is about: the most prominent, then the surest, then the first. */
export function mainEvent(events: readonly Event[], topic: string): Event | null {
  let main: Event | null = null;
  for (const event of events) {
    if (event.topic !== topic) continue;
    if (main === null || outranks(event, main)) main = event;
  }
  return main;
}

function outranks(event: Event, other: Event): boolean {
  const by = SALIENCE[event.salience] - SALIENCE[other.salience];
  return by !== 0 ? by > 0 : event.confidence > other.confidence;
}
