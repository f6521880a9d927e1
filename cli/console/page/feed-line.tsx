import type { FeedRow } from '../api.ts';
import { directionOf, inert } from './direction.ts';
import { Icon } from './icons.tsx';
import { showLanguage, showShortTime, topicColour, topicOf, useShell } from './shell.ts';
import type { WordKey } from './words-en.ts';

interface FeedLineProps {
  readonly row: FeedRow;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly place: number;
  /** -1 while more may come. */
  readonly of: number;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  open(): void;
}

export function FeedLine({ row, top, place, of, isChosen, isOpen, open }: FeedLineProps) {
  const { t, language } = useShell();
  const title = inert(row.title) || t('feed.untitled');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box takes the keys for all its options
    <div
      id={`row-${row.id}`}
      class={`line severity-${row.severity ?? 'none'} ${isChosen ? 'chosen' : ''}`}
      role="option"
      aria-selected={isOpen}
      aria-posinset={place}
      aria-setsize={of}
      tabIndex={-1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
    >
      <div class="line-top">
        <bdi class="line-title" dir={directionOf(title)} lang={row.lang}>
          {title}
        </bdi>
        <time dateTime={row.seenAt}>{showShortTime(language, row.seenAt, new Date())}</time>
      </div>
      <div class="line-meta">
        {row.alert !== null && <AlertMark state={row.alert} />}
        <Happenings row={row} />
        <span class="line-source">
          {row.source !== null && <bdi>{inert(row.source)}</bdi>}
          <span>{showLanguage(language, row.lang)}</span>
        </span>
      </div>
    </div>
  );
}

/** What happens in it: each topic with its statuses, in the topic's colour. */
export function Happenings({ row }: { readonly row: FeedRow }) {
  return row.statuses.map((pair) => {
    const colon = pair.lastIndexOf(':');
    return <TopicChip key={pair} topic={pair.slice(0, colon)} status={pair.slice(colon + 1)} />;
  });
}

export function TopicChip({ topic, status }: { readonly topic: string; readonly status: string }) {
  const { about, language, t } = useShell();
  return (
    <span class={`chip topic-${topicColour(about, topic)} is-${status}`}>
      <b>{topicOf(about, topic).title[language]}</b> <span>{t(`status.${status}` as WordKey)}</span>
    </span>
  );
}

export function AlertMark({ state }: { readonly state: NonNullable<FeedRow['alert']> }) {
  const { t } = useShell();
  return (
    <span class={`alert-mark alert-${state}`}>
      <Icon name={state === 'SUPPRESSED' ? 'muted' : state === 'FAILED' ? 'warning' : 'bell'} />
      {t(`alert.${state}`)}
    </span>
  );
}
