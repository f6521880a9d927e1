import type { StoredEvent } from '../../../shared/record.ts';
import { directionOf, inert } from './direction.ts';
import { TopicChip } from './feed-line.tsx';
import { actorName, useShell } from './shell.ts';

type Parties = StoredEvent['source'];

/** Who, by the watchlist's name and as written; nobody is said too. */
function Names({ parties }: { readonly parties: Parties }) {
  const shell = useShell();
  if (parties.length === 0) return <i>{shell.t('event.nobody')}</i>;
  return parties.map(({ id, text }, i) => (
    // The list never changes, and its names may repeat.
    <span key={i} class="party">
      <bdi>{inert(text)}</bdi>
      {id !== null && <small>{actorName(shell, id)}</small>}
    </span>
  ));
}

/** `Haftar → Russia`, in the direction of the page. */
export function WhoToWhom({ event }: { readonly event: Pick<StoredEvent, 'source' | 'target'> }) {
  const { t, language } = useShell();
  const side = (parties: Parties) =>
    parties.length === 0 ? (
      <i>{t('event.nobody')}</i>
    ) : (
      <bdi>{parties.map(({ text }) => inert(text)).join(language === 'ar' ? '، ' : ', ')}</bdi>
    );
  return (
    <span class="who">
      {side(event.source)} <span class="arrow">{language === 'ar' ? '←' : '→'}</span>{' '}
      {side(event.target)}
    </span>
  );
}

/** Every event of an article, one a row. */
export function EventsTable({ events }: { readonly events: readonly StoredEvent[] }) {
  const { t } = useShell();
  const isPlaced = events.some(({ place }) => place !== null);
  const isAttributed = events.some(({ attribution }) => attribution !== null);
  return (
    <section>
      <h2>{t('article.events')}</h2>
      {events.length === 0 ? (
        <p class="hint">{t('article.noEvents')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
        <section class="table-scroll" aria-label={t('article.events')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('event.topic')}</th>
                <th scope="col">{t('event.source')}</th>
                <th scope="col">{t('event.target')}</th>
                {isPlaced && <th scope="col">{t('event.place')}</th>}
                {isAttributed && <th scope="col">{t('event.attribution')}</th>}
                <th scope="col">{t('event.quote')}</th>
                <th scope="col">{t('event.confidence')}</th>
                <th scope="col">{t('event.rule')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <tr key={`${event.rule} ${event.start} ${event.end}`}>
                  <td>
                    <TopicChip topic={event.topic} status={event.status} />
                  </td>
                  <td>
                    <Names parties={event.source} />
                  </td>
                  <td>
                    <Names parties={event.target} />
                  </td>
                  {isPlaced && <td>{event.place && <Names parties={[event.place]} />}</td>}
                  {isAttributed && (
                    <td>
                      <bdi>{inert(event.attribution ?? '')}</bdi>
                    </td>
                  )}
                  <td class="quote" dir={directionOf(event.quote)}>
                    {inert(event.quote)}
                  </td>
                  <td class="number">{Math.round(event.confidence * 100)}%</td>
                  <td>
                    <code>{`${event.rule}@${event.ruleVersion}`}</code>
                    {event.shadow && <small>{t('event.shadow')}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
