import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedRow } from '../api.ts';
import { choicesOf } from '../choices.ts';
import { EVERYTHING, writeQuery } from '../feed-query.ts';
import { ArticlePane } from './article.tsx';
import { FeedLine } from './feed-line.tsx';
import { useFeedRows } from './feed-rows.ts';
import { Filters } from './filters.tsx';
import { showNumber, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';
import { useVirtualList } from './virtual-list.ts';

/** One height for every row, so that the scroll bar is right for rows that nobody has seen yet; the style sheet has it too. */
const ROW_HEIGHT = 84;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 60;

/** The list of articles, and beside it (on a phone: over it) the one that is open. */
export function FeedView() {
  const { place } = useShell();
  return (
    <div class={`split ${place.article === null ? '' : 'split-open'}`}>
      <FeedList />
      <ArticlePane id={place.article} />
    </div>
  );
}

function FeedList() {
  const shell = useShell();
  const { t, place, go, language } = shell;
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const feed = useFeedRows(place.query, () => (scroller.current?.scrollTop ?? 0) > ROW_HEIGHT);
  const { rows, more } = feed;
  const list = useVirtualList(scroller, rows.length, ROW_HEIGHT);
  const [chosen, setChosen] = useState<string | null>(place.article);
  const last = list.items.at(-1)?.index ?? 0;
  const key = writeQuery(place.query).toString();

  useEffect(() => {
    if (last + AHEAD >= rows.length) more();
  }, [last, rows.length, more]);
  // A new question begins at the top.
  useEffect(() => scroller.current?.scrollTo(0, 0), [key]);

  const open = (id: string) => go({ article: id });
  const choose = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setChosen(row.id);
    list.scrollTo(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === chosen);
    const move = MOVES[event.key]?.(at, rows.length);
    if (move !== undefined) choose(move);
    else if (event.key === 'Enter' && at >= 0) open((rows[at] as FeedRow).id);
    else if (event.key === '/') search.current?.focus();
    else if (event.key === 'Escape') go({ article: null });
    else return;
    event.preventDefault();
  };

  return (
    <section class="feed" aria-label={t('feed.title')}>
      <Filters search={search} choices={choicesOf(rows)} toList={() => scroller.current?.focus()} />
      {feed.fresh.length > 0 && (
        <button
          type="button"
          class="fresh"
          onClick={() => {
            feed.refresh();
            scroller.current?.scrollTo(0, 0);
          }}
        >
          {t('feed.fresh', { n: showNumber(language, feed.fresh.length) })}
        </button>
      )}
      <div
        ref={scroller}
        class="rows"
        role="listbox"
        aria-label={t('feed.title')}
        aria-activedescendant={chosen === null ? undefined : `row-${chosen}`}
        aria-describedby="feed-keys"
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" class="runway" style={{ height: `${list.height}px` }}>
          {list.items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <FeedLine
                  key={row.id}
                  row={row}
                  top={start}
                  place={index + 1}
                  of={feed.isComplete ? rows.length : -1}
                  isChosen={row.id === chosen}
                  isOpen={row.id === place.article}
                  open={() => {
                    setChosen(row.id);
                    open(row.id);
                  }}
                />
              )
            );
          })}
        </div>
      </div>
      <FeedFoot {...feed} />
      <span id="feed-keys" class="unseen">
        {t('feed.keys')}
      </span>
    </section>
  );
}

/** Where a key moves to, from row `at` of `count`. */
const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  j: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  k: (at) => at - 1,
  PageDown: (at) => at + 8,
  PageUp: (at) => at - 8,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function FeedFoot({ rows, isLoading, isComplete, error, more }: ReturnType<typeof useFeedRows>) {
  const { t, language, place, go } = useShell();
  if (error !== null) return <Sorry language={language} error={error} retry={more} />;
  if (rows.length === 0 && isComplete) {
    const isFiltered = writeQuery(place.query).size > 0;
    return (
      <div class="empty">
        <p>{t(isFiltered ? 'feed.noMatch' : 'feed.none')}</p>
        {isFiltered ? (
          <button type="button" onClick={() => go({ query: EVERYTHING })}>
            {t('feed.clear')}
          </button>
        ) : (
          <p class="hint">{t('feed.noneHint')}</p>
        )}
      </div>
    );
  }
  return (
    <p class="foot" role="status">
      {isLoading
        ? t('shell.loading')
        : `${t('feed.count', { n: showNumber(language, rows.length) })}${isComplete ? ` · ${t('feed.end')}` : ''}`}
    </p>
  );
}
