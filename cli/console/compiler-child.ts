import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { sourcesOf } from '../watchlist-files.ts';
import type { CompileAnswer, CompileJob } from './compiler.ts';

/** What problems call the person's own watchlist. */
const OWN = 'watchlist.yaml';

process.on('message', ({ id, yaml, tests }: CompileJob) => {
  void answer(yaml, tests).then((compiled) =>
    process.send?.({ id, compiled } satisfies CompileAnswer, undefined, undefined, endIfAlone),
  );
});
process.on('disconnect', () => process.exit());

/** Whoever asked is gone. */
function endIfAlone(error: Error | null): void {
  if (error !== null) process.exit();
}

async function answer(yaml: string | null, tests: boolean) {
  const own = yaml === null ? [] : [{ name: OWN, text: yaml }];
  return compileWatchlist([...(await sourcesOf([])), ...own], { tests });
}
