import { useEffect, useRef } from 'preact/hooks';
import type { ArticleView } from '../api.ts';
import { Alerts } from './alerts.tsx';
import { ask, useAsked } from './connection.ts';
import { directionOf, inert } from './direction.ts';
import { EventsTable } from './events-table.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { Icon } from './icons.tsx';
import { OriginalText } from './original.tsx';
import { RulesOf } from './rules.tsx';
import { showLanguage, showNumber, showPublished, showTime, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';

/** The article that is open, or an invitation to open one. */
export function ArticlePane({ id }: { readonly id: string | null }) {
  const { t } = useShell();
  if (id === null)
    return (
      <section class="article article-none">
        <Icon name="feed" />
        <p>{t('feed.choose')}</p>
        <p class="hint">{t('feed.keys')}</p>
      </section>
    );
  return <OpenArticle key={id} id={id} />;
}

function OpenArticle({ id }: { readonly id: string }) {
  const { t, go, language } = useShell();
  const pane = useRef<HTMLElement>(null);
  const asked = useAsked(id, (signal) => ask<ArticleView>('article', { id }, { signal }));
  useEffect(() => pane.current?.focus(), []);
  const close = () => {
    go({ article: null });
    document.querySelector<HTMLElement>('.rows')?.focus();
  };
  return (
    <section
      ref={pane}
      class="article"
      tabIndex={-1}
      aria-label={t('article.text')}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <button type="button" class="plain back" onClick={close}>
        <Icon name="back" />
        {t('article.back')}
      </button>
      {asked.kind === 'waiting' && <p class="waiting">{t('shell.loading')}</p>}
      {asked.kind === 'failed' && (
        <Sorry language={language} error={asked.error} retry={asked.retry} />
      )}
      {asked.kind === 'here' && <ArticleSheet view={asked.value} />}
    </section>
  );
}

function ArticleSheet({ view }: { readonly view: ArticleView }) {
  const { t, language } = useShell();
  const { record, text } = view;
  const title = inert(record.title) || t('feed.untitled');
  const n = (value: number) => showNumber(language, value);
  return (
    <article>
      <header>
        <h1 dir={directionOf(title)} lang={record.lang}>
          {title}
        </h1>
        <Facts view={view} />
      </header>
      {record.alerts.length > 0 && <Alerts view={view} />}
      {text === null ? (
        <p class="note">{t('article.goneText')}</p>
      ) : (
        <EvidenceText view={view} text={text} />
      )}
      {view.unplaced.length > 0 && (
        <p class="note">{t('article.unplaced', { n: n(view.unplaced.length) })}</p>
      )}
      <EventsTable events={record.events} />
      {view.story.length > 0 && <Story view={view} />}
      {text !== null && <RulesOf id={record.id} />}
      {text !== null && text.warnings.length > 0 && (
        <section>
          <h2>{t('article.warnings')}</h2>
          <ul>
            {text.warnings.map((warning) => (
              <li key={warning} dir="ltr">
                {inert(warning)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {text !== null && text.dropped.length > 0 && (
        <details>
          <summary>{t('article.dropped', { n: n(text.dropped.length) })}</summary>
          <ul class="dropped">
            {text.dropped.map(({ text: left, reason }, i) => (
              // The list never changes, and its lines may repeat.
              <li key={i}>
                <code>{reason}</code> <bdi dir={directionOf(left)}>{inert(left)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {view.copies.length > 0 && (
        <details>
          <summary>{t('article.copies')}</summary>
          <ul>
            {view.copies.map(({ key, seenAt }) => (
              <li key={`${key} ${seenAt}`}>
                <bdi>{inert(key)}</bdi> · {showTime(language, seenAt)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <OriginalText id={record.id} />
    </article>
  );
}

function Facts({ view: { record } }: { readonly view: ArticleView }) {
  const { t, language } = useShell();
  const { object, url } = record;
  const facts = [
    [t('article.source'), record.source],
    [t('article.byline'), record.byline],
    [
      t('article.published'),
      record.published === null
        ? t('article.undated')
        : showPublished(language, record.published.value),
    ],
    [t('article.seen'), showTime(language, record.seenAt)],
    [t('filter.lang'), showLanguage(language, record.lang)],
    [t('article.file'), object.member > 0 ? `${object.key}#${object.member}` : object.key],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{inert(value)}</bdi>
              </dd>
            </div>
          ),
      )}
      {isWebAddress(url) && (
        <div>
          <dt class="unseen">{t('article.link')}</dt>
          <dd>
            <a href={url} target="_blank" rel="noopener noreferrer">
              <Icon name="link" />
              {t('article.link')} <bdi>({new URL(url).hostname})</bdi>
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** An uploaded page says what its address is; `javascript:` is one too. */
function isWebAddress(url: string | null): url is string {
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** Who else tells it: each opens here. */
function Story({ view }: { readonly view: ArticleView }) {
  const { t, go, language } = useShell();
  return (
    <section>
      <h2>{t('article.story')}</h2>
      <ul class="story">
        {view.story.map(({ id, title, source, seenAt }) => {
          const name = inert(title) || t('feed.untitled');
          return (
            <li key={id}>
              <button type="button" class="plain" onClick={() => go({ article: id })}>
                <bdi dir={directionOf(name)}>{name}</bdi>
              </button>
              <span class="hint">
                {source !== null && <bdi>{inert(source)} · </bdi>}
                {showTime(language, seenAt)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
