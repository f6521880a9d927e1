import type { Party } from '../event.ts';
import type { Actor, Watchlist } from '../watchlist/artifact.ts';
import { languagesOf } from './classify.ts';
import { createReader } from './reading.ts';
import { createScan, scan } from './scan.ts';

/** Whether a party is whom a name means, by the watchlist's actors: Paris, "the French president" and France are one. */
export type Recognise = (name: string, lang: string, party: Party) => boolean;

/** Recognises parties by a watchlist's own names, adjectives and places. Two persons are one only by name. */
export function createRecognise(watchlist: Watchlist): Recognise {
  const state = createScan(watchlist);
  const { actors } = watchlist.meta;
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const named = (name: string, lang: string): Actor[] => {
    // What is compared need not be a sentence, but is read as one.
    scan(state, `${name}\n`, languagesOf(lang));
    const reader = createReader(watchlist, state);
    const indexes = Array.from({ length: state.sentences }, (_, i) => reader.read(i))
      .flatMap(({ sentence }) => sentence.units)
      .flatMap((unit) => [unit.name, unit.adjective, unit.people, unit.weak]);
    return [...new Set(indexes)].flatMap((index) => actors[index] ?? []);
  };
  return (name, lang, { id, of, country }) => {
    const meant = named(name, lang);
    if (meant.some((actor) => actor.id === id || actor.id === of)) return true;
    const isPerson = byId.get(id ?? '')?.kind === 'person';
    if (isPerson && meant.some(({ kind }) => kind === 'person')) return false;
    return country !== null && meant.some((actor) => actor.country === country);
  };
}
