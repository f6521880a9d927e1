/** Outlines on a 24 by 24 grid, drawn for this page. */
const PATHS = {
  feed: 'M4 6h16M4 12h16M4 18h10',
  timeline: 'M5 20V11M10 20V5M15 20v-7M20 20V8M3 20h18',
  drop: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4 17v2.5h16V17',
  watchlist: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  health: 'M3 12h4l2.5-6 4 12 2.5-6H21',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20 20',
  filter: 'M4 6h16l-6.5 7.5V19l-3-1.5v-4z',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  muted: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M4 4l16 16',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  link: 'M10 14l9-9m-6 0h6v6M18 14v5H5V6h5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17v.5',
  dot: 'M12 11.5v1',
  check: 'M5 12.5l4.5 4.5L19 7.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words; it says nothing by itself. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
