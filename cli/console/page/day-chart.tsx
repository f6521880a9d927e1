import { axisX, axisY, barY, gridY, ruleY } from '@observablehq/plot';
import type { Chart } from '../api.ts';
import { Drawing } from './drawing.tsx';
import { colourOf, drawPlot } from './plot.ts';
import { type Shell, showNumber, topicColour, topicOf, useShell } from './shell.ts';

interface DayChartProps {
  readonly chart: Chart;
  readonly counted: 'articles' | 'alerts';
}

/** Days by topic, stacked; a bar opens its articles. Time runs as the page reads. */
export function DayChart({ chart, counted }: DayChartProps) {
  const shell = useShell();
  const { t, about, language } = shell;
  const topics = [...new Set(chart.days.map(({ topic }) => topic))];
  const name = (topic: string) => topicOf(about, topic).title[language];
  return (
    <>
      <ul class="legend">
        {topics.map((topic) => (
          <li key={topic} class={`bar-${topicColour(about, topic)}`}>
            {name(topic)}
          </li>
        ))}
      </ul>
      <Drawing
        name={`rasid-${counted}-${chart.since}-${chart.until}`}
        title={t('timeline.title')}
        version={`${language} ${shell.theme} ${counted} ${JSON.stringify(chart.days)}`}
        table={[
          [t('timeline.day'), t('event.topic'), t('timeline.articles'), t('timeline.alerts')],
          ...chart.days.map(({ day, topic, articles, alerts }) => [
            day,
            name(topic),
            articles,
            alerts,
          ]),
        ]}
        draw={(width) => drawDays(shell, chart, counted, width)}
      />
    </>
  );
}

/** Days of the labels at most: more would run into each other. */
const LABEL_WIDTH = 64;

function drawDays(
  shell: Shell,
  { days, since, until }: Chart,
  counted: DayChartProps['counted'],
  width: number,
): SVGSVGElement {
  const { t, about, language, place, go } = shell;
  const isRtl = language === 'ar';
  const data = days.filter((count) => count[counted] > 0);
  const all = daysBetween(since, until);
  const every = Math.max(1, Math.ceil((all.length * LABEL_WIDTH) / width));
  const format = new Intl.DateTimeFormat(isRtl ? 'ar-u-nu-latn' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  // A drawing's text runs from left to right: an Arabic date must say for itself that it does not.
  const labelOf = (day: string) => {
    const label = format.format(new Date(day));
    return isRtl ? `\u2067${label}\u2069` : label;
  };
  return drawPlot(
    {
      width,
      height: 260,
      marginLeft: isRtl ? 10 : 44,
      marginRight: isRtl ? 44 : 10,
      x: { type: 'band', domain: all, reverse: isRtl, label: null },
      y: { label: null, nice: true },
      marks: [
        gridY({ stroke: colourOf('line'), strokeOpacity: 1 }),
        axisY({ anchor: isRtl ? 'right' : 'left', tickSize: 0, tickFormat: countFormat, ticks: 5 }),
        axisX({
          tickSize: 0,
          ticks: all.filter((_, i) => i % every === 0),
          tickFormat: (day: string) => labelOf(day),
        }),
        barY(data, {
          x: 'day',
          y: counted,
          fill: ({ topic }) => colourOf(`bar-${topicColour(about, topic)}`),
          insetLeft: 1,
          insetRight: 1,
          ariaLabel: 'days',
        }),
        ruleY([0]),
      ],
      color: { type: 'identity' },
    },
    'bar',
    data.map(({ day, topic, ...count }) => ({
      label: t('timeline.open', {
        what: `${topicOf(about, topic).title[language]}, ${day}`,
        n: showNumber(language, count[counted]),
      }),
      open: () =>
        go({
          view: 'feed',
          query: {
            ...place.query,
            topic: [topic],
            since: day,
            until: day,
            alerted: place.query.alerted || counted === 'alerts',
          },
        }),
    })),
  );
}

/** Half an article is no tick. */
const countFormat = (count: number) => (Number.isInteger(count) ? String(count) : '');

function daysBetween(since: string, until: string): string[] {
  const days: string[] = [];
  for (
    let day = since;
    day <= until;
    day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  )
    days.push(day);
  return days;
}
