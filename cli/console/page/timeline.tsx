import './timeline.css';
import { useRef, useState } from 'preact/hooks';
import type { Chart } from '../api.ts';
import { writeQuery } from '../feed-query.ts';
import { ask, useAsked } from './connection.ts';
import { DayChart } from './day-chart.tsx';
import { Filters } from './filters.tsx';
import { RelationChart } from './relation-chart.tsx';
import { showDay, showNumber, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';

/** How much happened when, and between whom, for the chosen filter. */
export function TimelineView() {
  const { t, language, place } = useShell();
  const search = useRef<HTMLInputElement>(null);
  const params = writeQuery(place.query);
  const asked = useAsked(params.toString(), (signal) => ask<Chart>('chart', params, { signal }));
  const chart = asked.kind === 'here' ? asked.value : null;
  return (
    <div class="timeline">
      <Filters
        search={search}
        choices={chart?.choices ?? { lang: [], source: [], actor: [] }}
        toList={() => {}}
      />
      {asked.kind === 'waiting' && <p class="waiting">{t('shell.loading')}</p>}
      {asked.kind === 'failed' && (
        <Sorry language={language} error={asked.error} retry={asked.retry} />
      )}
      {chart !== null && (
        <div class="charts">
          <p class="hint" role="status">
            {t('timeline.range', {
              n: showNumber(language, chart.articles),
              since: showDay(language, chart.since),
              until: showDay(language, chart.until),
            })}
          </p>
          {!chart.isComplete && <p class="note">{t('timeline.partial')}</p>}
          <Days chart={chart} />
          <section>
            <h2>{t('timeline.relations')}</h2>
            {chart.pairs.length === 0 ? (
              <p class="hint">{t('timeline.noPairs')}</p>
            ) : (
              <>
                <p class="hint">{t('timeline.relationsHint')}</p>
                <RelationChart chart={chart} />
              </>
            )}
          </section>
        </div>
      )}
    </div>
  );
}

function Days({ chart }: { readonly chart: Chart }) {
  const { t } = useShell();
  const [counted, setCounted] = useState<'articles' | 'alerts'>('articles');
  return (
    <section>
      <div class="chart-head">
        <h2>{t('timeline.title')}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a frame and a legend for two buttons */}
        <div class="either" role="group" aria-label={t('timeline.count')}>
          {(['articles', 'alerts'] as const).map((what) => (
            <button
              type="button"
              key={what}
              aria-pressed={counted === what}
              onClick={() => setCounted(what)}
            >
              {t(`timeline.${what}`)}
            </button>
          ))}
        </div>
      </div>
      {chart.days.length === 0 ? (
        <p class="hint">{t('timeline.none')}</p>
      ) : (
        <DayChart chart={chart} counted={counted} />
      )}
    </section>
  );
}
