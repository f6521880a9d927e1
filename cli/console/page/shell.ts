import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { About, Named, Topic } from '../api.ts';
import type { Place } from './place.ts';
import { say, type UiLanguage } from './words.ts';
import type { WordKey } from './words-en.ts';

/** What every part of the page is given. */
export interface Shell {
  readonly language: UiLanguage;
  readonly theme: 'light' | 'dark';
  readonly about: About;
  readonly place: Place;
  go(to: Partial<Place>, how?: 'push' | 'replace'): void;
  t(key: WordKey, fill?: Readonly<Record<string, string | number>>): string;
}

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('outside the shell');
  return shell;
}

/** The shell of a language, without its words' repetition everywhere. */
export function shellOf(parts: Omit<Shell, 't'>): Shell {
  return { ...parts, t: (key, fill) => say(parts.language, key, fill) };
}

/** A topic of the watchlist, or one that only older articles have. */
export function topicOf({ topics }: About, id: string): Topic {
  const found = topics.find((topic) => topic.id === id);
  const title: Named = { en: plain(id), ar: plain(id) };
  return found ?? { id, title, severity: 'low' };
}

/** An actor's name in the page's language; its id, made readable, when the watchlist has no name for it. */
export function actorName({ about, language }: Shell, id: string): string {
  return about.actors[id]?.[language] || plain(id);
}

const plain = (slug: string) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** Colours that a topic can have; see `--topic-*` in the style sheet. */
const COLOURS = 8;

/** Topics keep their colour: by their place in the watchlist, the rest by their name. */
export function topicColour({ topics }: About, id: string): number {
  const place = topics.findIndex((topic) => topic.id === id);
  if (place >= 0) return place % COLOURS;
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS;
}

/** Digits stay Latin in Arabic too: dates and codes are compared with other systems'. */
const LOCALE = { en: 'en-GB', ar: 'ar-u-nu-latn' } as const;

export function showTime(language: UiLanguage, iso: string): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    // Twenty-four hours have two digits, twelve do not.
    hour: language === 'ar' ? 'numeric' : '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));
}

/** A day, `YYYY-MM-DD`, as people write it. */
export function showDay(language: UiLanguage, day: string): string {
  const form = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(LOCALE[language], form).format(new Date(day));
}

/** A publisher's date, in the publisher's own time: a day, and the hour where it is given; a year or a month as it is. */
export function showPublished(language: UiLanguage, value: string): string {
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(value) ?? [];
  if (day === undefined) return value;
  return hour === undefined ? showDay(language, day) : `${showDay(language, day)} ${hour}`;
}

/** Today by the hour, anything earlier by the day. */
export function showShortTime(language: UiLanguage, iso: string, now: Date): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(
    LOCALE[language],
    isToday ? { timeStyle: 'short' } : { day: 'numeric', month: 'short' },
  ).format(date);
}

export function showNumber(language: UiLanguage, value: number): string {
  return new Intl.NumberFormat(LOCALE[language]).format(value);
}

export function showLanguage(language: UiLanguage, code: string): string {
  if (code === 'und') return '?';
  return new Intl.DisplayNames(LOCALE[language], { type: 'language' }).of(code) ?? code;
}
