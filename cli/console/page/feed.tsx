import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FeedRow } from '../api.ts';
import { choicesOf } from '../choices.ts';
import { EVERYTHING, writeQuery } from '../feed-query.ts';
import { ArticlePane } from './article.tsx';
import { FeedLine } from './feed-line.tsx';
import { useFeedRows } from './feed-rows.ts';
import { Filters } from './filters.tsx';
import { Icon } from './icons.tsx';
import { useMedia } from './media.ts';
import { START } from './place.ts';
import { showDay, showNumber, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';
import { useVirtualList } from './virtual-list.ts';

/**
 * One height for every row, so that the scroll bar is right for rows that nobody has seen yet; on a phone a headline has
 * two lines. The style sheet has both, and the width.
 */
const ROW_HEIGHT = { wide: 84, narrow: 108 } as const;
const NARROW = '(max-width: 480px)';
/** Rows before the end at which the next page is asked for. */
const AHEAD = 200;

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
  const rowHeight = ROW_HEIGHT[useMedia(NARROW) ? 'narrow' : 'wide'];
  const feed = useFeedRows(place.query, () => (scroller.current?.scrollTop ?? 0) > rowHeight);
  const { rows, more, isComplete } = feed;
  const list = useVirtualList(scroller, rows.length, rowHeight);
  const choices = useMemo(() => choicesOf(rows), [rows]);
  const [chosen, setChosen] = useState<string | null>(place.article);
  // On the way to the end, page by page, until something else is pressed.
  const [isBound, setBound] = useState(false);
  const last = list.items.at(-1)?.index ?? 0;
  const key = writeQuery(place.query).toString();

  useEffect(() => {
    if (last + AHEAD >= rows.length) more();
  }, [last, rows.length, more]);
  useEffect(() => {
    if (!isBound) return;
    choose(rows.length - 1);
    if (isComplete) setBound(false);
    else more(true);
  }, [isBound, rows.length, isComplete, feed.reached]);
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
    setBound(event.key === 'End');
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
      <Filters search={search} choices={choices} toList={() => scroller.current?.focus()} />
      {(feed.isStale || feed.fresh.length > 0) && (
        <button
          type="button"
          class="fresh"
          onClick={() => {
            feed.refresh();
            scroller.current?.scrollTo(0, 0);
          }}
        >
          {feed.isStale
            ? t('feed.stale')
            : t('feed.fresh', { n: showNumber(language, feed.fresh.length) })}
        </button>
      )}
      <div
        ref={scroller}
        class="rows"
        role="listbox"
        aria-label={t('feed.title')}
        aria-activedescendant={chosen === null ? undefined : `row-${chosen}`}
        aria-describedby="feed-keys"
        aria-busy={feed.isLoading}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={() => setBound(false)}
        onPointerDown={() => setBound(false)}
      >
        {rows.length === 0 && feed.isLoading && <Coming />}
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

/** Where lines will be: a person sees that they come, and where. */
function Coming() {
  return (
    <div class="coming" role="presentation">
      {[72, 58, 81, 64, 49, 76].map((percent) => (
        <p key={percent} style={{ '--wide': `${percent}%` }} />
      ))}
    </div>
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

function FeedFoot(feed: ReturnType<typeof useFeedRows>) {
  const { t, language, place, go } = useShell();
  const { rows, isLoading, isComplete, isPaused, reached, error, retry } = feed;
  const n = showNumber(language, rows.length);
  const further = isPaused && !isLoading && (
    <button type="button" class="small" onClick={() => feed.more(true)}>
      {t('feed.further')}
    </button>
  );
  const day = reached === '' ? '' : showDay(language, reached);
  if (error !== null) return <Sorry language={language} error={error} retry={retry} />;
  if (rows.length === 0 && (isComplete || isPaused)) {
    const isFiltered = writeQuery(place.query).size > 0;
    return (
      <div class="empty" role="status">
        <Icon name={isFiltered ? 'filter' : 'drop'} />
        <p>{t(isFiltered ? 'feed.noMatch' : 'feed.none')}</p>
        {isFiltered ? (
          <button type="button" onClick={() => go({ query: EVERYTHING })}>
            {t('feed.clear')}
          </button>
        ) : (
          <>
            <p class="hint">{t('feed.noneHint')}</p>
            <button type="button" class="main" onClick={() => go({ ...START, view: 'drop' })}>
              {t('nav.drop')}
            </button>
          </>
        )}
        {isPaused && <p class="hint">{t('feed.reached', { day })}</p>}
        {further}
      </div>
    );
  }
  return (
    <div class="foot">
      <p role="status">
        {rows.length === 0 && t('shell.loading')}
        {rows.length > 0 && (isLoading ? t('feed.older', { n }) : t('feed.count', { n }))}
        {isComplete && ` · ${t('feed.end')}`}
        {isPaused && !isLoading && ` · ${t('feed.reached', { day })}`}
      </p>
      {further}
    </div>
  );
}
