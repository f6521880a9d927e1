import { useState } from 'preact/hooks';
import type { Health, QueueName } from '../api.ts';
import { ask, useAsked } from './connection.ts';
import { inert } from './direction.ts';
import { Icon } from './icons.tsx';
import { adviceIn, reasonIn } from './refusals.ts';
import { type Shell, showNumber, showTime, useShell } from './shell.ts';
import { Failed, Sorry } from './sorry.tsx';

/** What an operator looks at first, in plain words. */
export function HealthView() {
  const shell = useShell();
  const { t, language } = shell;
  const asked = useAsked('health', (signal) => ask<Health>('health', {}, { signal }));
  return (
    <div class="sheet">
      <div class="chart-head">
        <h1>{t('health.title')}</h1>
        <button
          type="button"
          disabled={asked.kind === 'waiting'}
          onClick={() => asked.kind !== 'waiting' && asked.retry()}
        >
          {t('health.refresh')}
        </button>
      </div>
      {asked.kind === 'waiting' && <p class="waiting">{t('shell.loading')}</p>}
      {asked.kind === 'failed' && (
        <Sorry language={language} error={asked.error} retry={asked.retry} />
      )}
      {asked.kind === 'here' && (
        <>
          <Verdict health={asked.value} />
          <Figures health={asked.value} />
          <Queues health={asked.value} />
          <Quarantine health={asked.value} />
        </>
      )}
    </div>
  );
}

/** Queues that should be empty: what is in them waits for a person. */
const FAILED: readonly QueueName[] = [
  'UploadsFailedQueue',
  'BackfillFailedQueue',
  'RelayFailedQueue',
  'UndeliveredQueue',
];

function Verdict({ health }: { readonly health: Health }) {
  const { t, language } = useShell();
  const { queues, failed, watchlist } = health;
  const inFailed = queues.some(({ name, waiting }) => FAILED.includes(name) && waiting > 0);
  const isTrouble = inFailed || failed > 0 || watchlist.isBroken;
  const busy = queues
    .filter(({ name }) => !FAILED.includes(name))
    .reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  const n = showNumber(language, busy + health.pending);
  const isBusy = busy + health.pending > 0;
  return (
    <p class={`verdict ${isTrouble ? 'bad' : ''}`} role="status">
      <Icon name={isTrouble ? 'warning' : 'check'} />
      {isTrouble ? t('health.trouble') : isBusy ? t('health.busy', { n }) : t('health.fine')}
    </p>
  );
}

function Figures({ health }: { readonly health: Health }) {
  const shell = useShell();
  const { t, language } = shell;
  const { watchlist, lastSeenAt } = health;
  return (
    <dl class="figures">
      <div>
        <dt>{t('health.last')}</dt>
        <dd>{lastSeenAt === null ? t('health.never') : showTime(language, lastSeenAt)}</dd>
      </div>
      {(['pending', 'failed'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`health.${name}`)}</dt>
          <dd class="big">{showNumber(language, health[name])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('health.watchlist')}</dt>
        <dd>
          {watchlistWords(shell, watchlist)}{' '}
          <small class="version">
            <bdi>{watchlist.version}</bdi>
          </small>
        </dd>
      </div>
    </dl>
  );
}

function watchlistWords({ t, language }: Shell, watchlist: Health['watchlist']): string {
  const whose = t(watchlist.isOwn ? 'health.own' : 'health.shipped');
  const rules = t('health.rules', { n: showNumber(language, watchlist.rules) });
  const broken = watchlist.isBroken ? ` ${t('health.broken')}` : '';
  return `${whose}${language === 'ar' ? '،' : ','} ${rules}.${broken}`;
}

function Queues({ health }: { readonly health: Health }) {
  const { t, language } = useShell();
  return (
    <section>
      <h2>{t('health.queues')}</h2>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('health.queue')}</th>
              <th scope="col">{t('health.waiting')}</th>
              <th scope="col">{t('health.inFlight')}</th>
            </tr>
          </thead>
          <tbody>
            {health.queues.map(({ name, waiting, inFlight }) => (
              <tr key={name} class={FAILED.includes(name) && waiting > 0 ? 'bad' : ''}>
                <th scope="row">{t(`queue.${name}`)}</th>
                <td class="number">{showNumber(language, waiting)}</td>
                <td class="number">{showNumber(language, inFlight)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Quarantine({ health }: { readonly health: Health }) {
  const { t, language } = useShell();
  const { quarantine } = health;
  return (
    <section>
      <h2>{t('health.quarantine')}</h2>
      {quarantine.length === 0 ? (
        <p class="hint">{t('health.clean')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
        <section class="table-scroll" aria-label={t('health.quarantine')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('health.file')}</th>
                <th scope="col">{t('health.why')}</th>
                <th scope="col">{t('health.when')}</th>
              </tr>
            </thead>
            <tbody>
              {quarantine.map(({ key, versionId, member, name, reason, advice, at }) => (
                <tr key={`${key} ${versionId} ${member}`}>
                  <th scope="row">
                    <bdi>{inert(member > 0 ? `${key}#${member}` : key)}</bdi>
                    {name !== null && <small>{inert(name)}</small>}
                  </th>
                  <td>
                    <strong class="reason" title={reason}>
                      {reasonIn(language, reason)}
                    </strong>
                    <p class="hint" dir="auto">
                      {inert(adviceIn(language, reason, advice))}
                    </p>
                    <ReadAgain file={key} version={versionId} />
                  </td>
                  <td class="time">{showTime(language, at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

interface ReadAgainProps {
  readonly file: string;
  readonly version: string | null;
}

/** The file was mended, or the reader was: it is read once more. */
function ReadAgain({ file, version }: ReadAgainProps) {
  const { t, language } = useShell();
  const [state, setState] = useState<'idle' | 'done' | Error>('idle');
  const redrive = () => {
    const params: Record<string, string> = { key: file };
    if (version !== null) params['version'] = version;
    ask<null>('redrive', params, { method: 'POST' }).then(() => setState('done'), setState);
  };
  if (state === 'done') return <p role="status">{t('health.redriven')}</p>;
  return (
    <p>
      <button type="button" class="small" onClick={redrive}>
        {t('health.redrive')}
      </button>{' '}
      {state instanceof Error && <Failed language={language} error={state} />}
    </p>
  );
}
