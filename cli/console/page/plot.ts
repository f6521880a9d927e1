import { type PlotOptions, plot } from '@observablehq/plot';

/** A mark of the drawing that opens something. */
export interface Door {
  readonly label: string;
  open(): void;
}

/**
 * Draws a plot whose shapes can be clicked, tabbed to and opened by the keyboard.
 * @param doors one for each datum of `mark`, in the order of the data.
 */
export function drawPlot(
  options: PlotOptions,
  mark: string,
  doors: readonly Door[],
): SVGSVGElement {
  const drawn = plot({ ...options, className: 'plot' });
  const svg = drawn instanceof SVGSVGElement ? drawn : drawn.querySelector('svg');
  if (svg === null) throw new Error('the plot has no drawing');
  // The content policy lets no inline styles in; the style sheet has the same rules.
  svg.querySelector('style')?.remove();
  for (const shape of svg.querySelectorAll<SVGElement & { __data__?: number }>(
    `[aria-label="${mark}"] > *`,
  )) {
    const door = doors[shape.__data__ ?? -1];
    if (door === undefined) continue;
    shape.setAttribute('role', 'link');
    shape.setAttribute('tabindex', '0');
    shape.setAttribute('aria-label', door.label);
    shape.addEventListener('click', door.open);
    shape.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') door.open();
    });
  }
  // Names of its parts, for programmers: a group without a role has none.
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  return svg;
}

/** The colour that a custom property stands for just now, as a number that a saved drawing keeps. */
export function colourOf(name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
