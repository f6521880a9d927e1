import { useState } from 'preact/hooks';
import type { ArticleView } from '../api.ts';
import { ask } from './connection.ts';
import { directionOf, inert } from './direction.ts';
import { drafts } from './drafts.ts';
import { WhoToWhom } from './events-table.tsx';
import { AlertMark, TopicChip } from './feed-line.tsx';
import { START } from './place.ts';
import { showTime, useShell } from './shell.ts';
import { Failed } from './sorry.tsx';

/** Whom an article alerted: each alert with the sentence that shows it, and what became of it. */
export function Alerts({ view: { record } }: { readonly view: ArticleView }) {
  const { t, language } = useShell();
  return (
    <section class="alerts">
      <h2>{t('article.alerts')}</h2>
      {record.alerts.map((alert) => {
        const event = record.events[alert.event];
        const sentence = inert(event?.sentence ?? event?.quote ?? '');
        return (
          event && (
            <div key={alert.rule} class={`alert-card severity-${event.severity}`}>
              <p class="alert-head">
                <TopicChip topic={event.topic} status={event.status} />
                <WhoToWhom event={event} />
                <AlertMark state={alert.state} />
              </p>
              <blockquote dir={directionOf(sentence)} lang={record.lang}>
                {sentence}
              </blockquote>
              <div class="alert-foot">
                <p class="hint">
                  {t(`severity.${event.severity}`)} ·{' '}
                  <bdi>{`${event.rule}@${event.ruleVersion}`}</bdi>
                  {alert.sentAt !== null && (
                    <span title={t('article.message', { id: alert.messageId ?? '?' })}>
                      {' · '}
                      {t('article.sent', { at: showTime(language, alert.sentAt) })}
                    </span>
                  )}
                  {alert.reason !== null && <bdi> · {inert(alert.reason)}</bdi>}
                </p>
                <FalseAlarm id={record.id} rule={alert.rule} />
              </div>
            </div>
          )
        );
      })}
    </section>
  );
}

/** One click, and the rule has a test that it fails; what remains is to mend the rule. */
function FalseAlarm({ id, rule }: { readonly id: string; readonly rule: string }) {
  const { t, go, language } = useShell();
  const [error, setError] = useState<Error | null>(null);
  const write = () => {
    ask<string>('false-alarm', { id, rule }).then((yaml) => {
      drafts.leave(yaml);
      go({ ...START, view: 'watchlist' });
    }, setError);
  };
  return (
    <>
      <button type="button" class="small" title={t('article.falseAlarmHint')} onClick={write}>
        {t('article.falseAlarm')}
      </button>
      {error !== null && <Failed language={language} error={error} />}
    </>
  );
}
