/**
 * What `openPipeline` takes to run at another time: the functions' clock and the host's, `ms` ahead. Use it to run in the
 * past: ahead, a function would believe that its time is over.
 */
export function movedClock(ms: number) {
  const code = `const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ms}); }
      static now() { return Real.now() + ${ms}; }
    };`;
  const preload = `data:text/javascript,${encodeURIComponent(code)}`;
  return { env: { NODE_OPTIONS: `--import "${preload}"` }, clock: () => Date.now() + ms };
}
