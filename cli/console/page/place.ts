import { useEffect, useState } from 'preact/hooks';
import { EVERYTHING, type FeedQuery, readQuery, writeQuery } from '../feed-query.ts';

export const VIEWS = ['feed', 'timeline', 'drop', 'watchlist', 'health'] as const;
export type View = (typeof VIEWS)[number];

/** Where the person is: all of it stands in the address, so that it can be kept, reloaded and passed on. */
export interface Place {
  readonly view: View;
  /** The article that is open beside or over the view. */
  readonly article: string | null;
  readonly query: FeedQuery;
}

export const START: Place = { view: 'feed', article: null, query: EVERYTHING };

function readPlace(search: string): Place {
  const params = new URLSearchParams(search);
  const view = VIEWS.find((name) => name === params.get('view')) ?? START.view;
  return { view, article: params.get('article'), query: readQuery(params) };
}

/** The address of a place, relative to the page's base. */
export function addressOf({ view, article, query }: Place): string {
  const params = new URLSearchParams();
  if (view !== START.view) params.set('view', view);
  for (const [name, value] of writeQuery(query)) params.append(name, value);
  if (article !== null) params.set('article', article);
  const search = params.toString();
  return search === '' ? './' : `./?${search}`;
}

/** The place, and the way to another; `replace` leaves no step in the history (typing in a search box). */
export function usePlace(): [Place, (to: Partial<Place>, how?: 'push' | 'replace') => void] {
  const [place, setPlace] = useState(() => readPlace(location.search));
  useEffect(() => {
    const read = () => setPlace(readPlace(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  return [
    place,
    (to, how = 'push') => {
      const next = { ...readPlace(location.search), ...to };
      const address = new URL(addressOf(next), document.baseURI);
      if (how === 'push') history.pushState(null, '', address);
      else history.replaceState(null, '', address);
      setPlace(next);
    },
  ];
}
