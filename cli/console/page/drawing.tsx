import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { csvOf } from './csv.ts';
import { save, savePng, saveSvg } from './save.ts';
import { useShell } from './shell.ts';

interface DrawingProps {
  /** What it shows, for those who do not see it, and as the file's name. */
  readonly name: string;
  readonly title: string;
  /** Changes when it must be drawn again. */
  readonly version: string;
  readonly table: readonly (readonly (string | number)[])[];
  draw(width: number): SVGSVGElement;
}

/** A plot as wide as its place, with its figures as a table, and ways to save it. */
export function Drawing({ name, title, version, table, draw }: DrawingProps) {
  const { t } = useShell();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const drawn = useRef<SVGSVGElement | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  // Drawn again by version and width, not with every drawing of the page.
  useLayoutEffect(() => {
    if (width === 0) return;
    drawn.current = draw(width);
    drawn.current.setAttribute('role', 'group');
    drawn.current.setAttribute('aria-label', title);
    frame.current?.replaceChildren(drawn.current);
  }, [version, width, title]);
  const [head = [], ...rows] = table;
  return (
    <div class="drawing">
      {/* A wide drawing scrolls in its frame. */}
      <div ref={frame} class="plot-frame" />
      <div class="savers">
        <button type="button" onClick={() => drawn.current && savePng(drawn.current, name)}>
          {t('timeline.save', { form: 'PNG' })}
        </button>
        <button type="button" onClick={() => drawn.current && saveSvg(drawn.current, name)}>
          {t('timeline.save', { form: 'SVG' })}
        </button>
        <button type="button" onClick={() => save(csvOf(table), 'text/csv', `${name}.csv`)}>
          {t('timeline.save', { form: 'CSV' })}
        </button>
      </div>
      <details>
        <summary>{t('timeline.table')}</summary>
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                {head.map((cell) => (
                  <th key={cell} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.join(' ')}>
                  {row.map((cell, i) => (
                    <td key={head[i]}>
                      <bdi>{cell}</bdi>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
