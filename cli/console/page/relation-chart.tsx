import { axisX, axisY, cell, text } from '@observablehq/plot';
import type { Chart } from '../api.ts';
import { Drawing } from './drawing.tsx';
import { colourOf, drawPlot } from './plot.ts';
import { actorName, type Shell, showNumber, useShell } from './shell.ts';

/** Actors of a side that are drawn: the rest is in the table. */
const MOST = 14;
const CELL = 34;
/** What a letter of a name that leans adds to its height. */
const LETTER = 4.5;
/** Room for an actor's name beside its row. */
const NAMES = 150;

/** Who acts towards whom, as a matrix; a cell opens its articles. */
export function RelationChart({ chart }: { readonly chart: Chart }) {
  const shell = useShell();
  const { t, language } = shell;
  return (
    <Drawing
      name={`rasid-relations-${chart.since}-${chart.until}`}
      title={t('timeline.relations')}
      version={`${language} ${shell.theme} ${JSON.stringify(chart.pairs)}`}
      table={[
        [t('event.source'), t('event.target'), t('timeline.articles')],
        ...chart.pairs.map(({ source, target, articles }) => [
          actorName(shell, source),
          actorName(shell, target),
          articles,
        ]),
      ]}
      draw={(width) => drawRelations(shell, chart, width)}
    />
  );
}

function drawRelations(shell: Shell, { pairs }: Chart, width: number): SVGSVGElement {
  const { t, language, place, go } = shell;
  const isRtl = language === 'ar';
  const sources = most(pairs.map(({ source, articles }) => [source, articles]));
  const targets = most(pairs.map(({ target, articles }) => [target, articles]));
  const shown = pairs.filter(
    ({ source, target }) => sources.includes(source) && targets.includes(target),
  );
  const name = (id: string) => actorName(shell, id);
  const side = Math.min(NAMES, width / 3);
  const top = 24 + Math.max(...targets.map((id) => name(id).length)) * LETTER;
  const highest = Math.max(...shown.map(({ articles }) => articles));
  return drawPlot(
    {
      width: Math.min(width, side + targets.length * CELL * 2.4 + 20),
      height: top + 10 + sources.length * CELL,
      marginLeft: isRtl ? 10 : side,
      marginRight: isRtl ? side : 10,
      marginTop: top,
      marginBottom: 10,
      x: { type: 'band', domain: targets, reverse: isRtl, label: null, padding: 0.04 },
      y: { type: 'band', domain: sources, label: null, padding: 0.04 },
      color: { type: 'identity' },
      marks: [
        axisX({
          anchor: 'top',
          tickSize: 0,
          tickFormat: name,
          tickRotate: -40,
          textAnchor: 'start',
        }),
        axisY({ anchor: isRtl ? 'right' : 'left', tickSize: 0, tickFormat: name }),
        cell(shown, {
          x: 'target',
          y: 'source',
          fill: () => colourOf('accent'),
          fillOpacity: ({ articles }) => 0.12 + (0.33 * articles) / highest,
          rx: 4,
        }),
        text(shown, {
          x: 'target',
          y: 'source',
          text: ({ articles }) => showNumber(language, articles),
          fill: () => colourOf('ink'),
          pointerEvents: 'none',
        }),
      ],
    },
    'cell',
    shown.map(({ source, target, articles }) => ({
      label: t('timeline.open', {
        what: `${name(source)} ${isRtl ? '←' : '→'} ${name(target)}`,
        n: showNumber(language, articles),
      }),
      open: () => go({ view: 'feed', query: { ...place.query, who: `${source}>${target}` } }),
    })),
  );
}

/** The actors with the most articles, most first. */
function most(counts: readonly (readonly [string, number])[]): string[] {
  const sums = new Map<string, number>();
  for (const [id, n] of counts) sums.set(id, (sums.get(id) ?? 0) + n);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([id]) => id);
}
