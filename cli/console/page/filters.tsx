import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Choices } from '../api.ts';
import {
  EVERYTHING,
  type FeedQuery,
  LIST_FILTERS,
  type ListFilter,
  writeQuery,
} from '../feed-query.ts';
import { Icon } from './icons.tsx';
import { actorName, type Shell, showDay, showLanguage, topicOf, useShell } from './shell.ts';
import type { WordKey } from './words-en.ts';

interface FiltersProps {
  readonly search: RefObject<HTMLInputElement | null>;
  /** Languages, sources and actors to choose from. */
  readonly choices: Choices;
  toList(): void;
}

/** Letters are waited for this long: an index query for every one would be wasted. */
const TYPING_MS = 250;

export function Filters({ search, choices, toList }: FiltersProps) {
  const { t, place, go } = useShell();
  const { query } = place;
  const [isOpen, setOpen] = useState(false);
  const narrow = (part: Partial<FeedQuery>) => go({ query: { ...query, ...part } });
  const count = writeQuery({ ...query, search: '' }).size;
  return (
    <div class="filters">
      <div class="filters-bar">
        <SearchBox box={search} toList={toList} />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? 'filters-panel' : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
          {t('feed.filters')}
          {count > 0 && <span class="count">{count}</span>}
        </button>
      </div>
      <ChosenFilters narrow={narrow} />
      {isOpen && (
        <div id="filters-panel" class="filters-panel">
          <FilterFields given={choices} narrow={narrow} />
        </div>
      )}
    </div>
  );
}

function SearchBox({
  box,
  toList,
}: {
  readonly box: RefObject<HTMLInputElement | null>;
  toList(): void;
}) {
  const { t, place, go } = useShell();
  const [typed, setTyped] = useState(place.query.search);
  const query = useRef(place.query);
  query.current = place.query;
  useEffect(() => setTyped(place.query.search), [place.query.search]);
  // Only typing starts the wait.
  useEffect(() => {
    if (typed === query.current.search) return;
    const wait = setTimeout(
      () => go({ query: { ...query.current, search: typed } }, 'replace'),
      TYPING_MS,
    );
    return () => clearTimeout(wait);
  }, [typed]);
  return (
    <label class="search">
      <Icon name="search" />
      <span class="unseen">{t('feed.search')}</span>
      <input
        ref={box}
        type="search"
        dir="auto"
        value={typed}
        placeholder={t('feed.search')}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'ArrowDown' && toList()}
      />
    </label>
  );
}

type Narrow = (part: Partial<FeedQuery>) => void;

/** What is filtered by, each with a way to drop it. */
function ChosenFilters({ narrow }: { readonly narrow: Narrow }) {
  const shell = useShell();
  const { t, place, go, language } = shell;
  const { query } = place;
  const chosen = LIST_FILTERS.flatMap((name) => query[name].map((value) => ({ name, value })));
  const days = (['since', 'until'] as const).filter((name) => query[name] !== null);
  const { who } = query;
  if (chosen.length + days.length === 0 && !query.alerted && who === null) return null;
  const drop = (label: string, without: Partial<FeedQuery>) => (
    <button
      type="button"
      class="dropper"
      key={label}
      aria-label={t('filter.remove', { what: label })}
      onClick={() => narrow(without)}
    >
      <bdi>{label}</bdi> <Icon name="close" />
    </button>
  );
  return (
    <div class="chosen-filters">
      {query.alerted && drop(t('feed.alerted'), { alerted: false })}
      {chosen.map(({ name, value }) =>
        drop(nameOf(shell, name, value), { [name]: query[name].filter((one) => one !== value) }),
      )}
      {who !== null && drop(pairName(shell, who), { who: null })}
      {days.map((name) =>
        drop(`${t(`feed.${name}`)} ${showDay(language, query[name] ?? '')}`, { [name]: null }),
      )}
      <button type="button" class="plain" onClick={() => go({ query: EVERYTHING })}>
        {t('feed.clear')}
      </button>
    </div>
  );
}

function FilterFields({ given, narrow }: { readonly given: Choices; readonly narrow: Narrow }) {
  const shell = useShell();
  const { t, place, about } = shell;
  const { query } = place;
  const choices: Readonly<Record<ListFilter, readonly string[]>> = {
    topic: about.topics.map(({ id }) => id),
    status: ['asserted', 'planned', 'requested', 'hypothetical', 'denied', 'refused', 'cancelled'],
    severity: ['critical', 'high', 'notice', 'low'],
    ...given,
  };
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={query.alerted}
          onChange={() => narrow({ alerted: !query.alerted })}
        />
        {t('feed.alerted')}
      </label>
      {LIST_FILTERS.map((name) => (
        <label key={name}>
          <span>{t(`filter.${name}`)}</span>
          <select
            value=""
            onChange={({ currentTarget: { value } }) =>
              value !== '' && narrow({ [name]: [...query[name], value] })
            }
          >
            <option value="">{t('filter.any')}</option>
            {choices[name]
              .filter((value) => !query[name].includes(value))
              .map((value) => (
                <option key={value} value={value}>
                  {nameOf(shell, name, value)}
                </option>
              ))}
          </select>
        </label>
      ))}
      {(['since', 'until'] as const).map((name) => (
        <label key={name}>
          <span>{t(`feed.${name}`)}</span>
          <input
            type="date"
            value={query[name] ?? ''}
            onChange={({ currentTarget: { value } }) => narrow({ [name]: value || null })}
          />
        </label>
      ))}
    </>
  );
}

function nameOf(shell: Shell, filter: ListFilter, value: string): string {
  const { about, language, t } = shell;
  switch (filter) {
    case 'topic':
      return topicOf(about, value).title[language];
    case 'actor':
      return actorName(shell, value);
    case 'lang':
      return showLanguage(language, value);
    case 'source':
      return value;
    case 'status':
    case 'severity':
      return t(`${filter}.${value}` as WordKey);
  }
}

/** `Haftar → Russia`, for `haftar>russia`. */
function pairName(shell: Shell, who: string): string {
  const [source = '', target = ''] = who.split('>');
  const arrow = shell.language === 'ar' ? '←' : '→';
  return `${actorName(shell, source)} ${arrow} ${actorName(shell, target)}`;
}
