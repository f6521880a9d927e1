import { writeFile } from 'node:fs/promises';
import { explain } from '../shared/classify/explain.ts';
import { openWatchlist } from '../shared/watchlist/artifact.ts';
import { watchlistSchema } from '../shared/watchlist/schema.ts';
import { command } from './command.ts';
import type { Io } from './io.ts';
import { filesUnder, place, readingsOf } from './parse.ts';
import { paint, safe } from './terminal.ts';
import { compileFiles, openFiles } from './watchlist-files.ts';
import { LIVE_ACTIONS, watchlistLiveCommand } from './watchlist-live.ts';

const USAGE = `usage: rasid watchlist check [FILE]...            is it well written? (its tests are not run)
       rasid watchlist test [FILE]...             run the tests inside its rules
       rasid watchlist build [FILE]... -o OUT     compile it for the bucket
       rasid watchlist explain [--watchlist FILE]... PATH...
                                                  why did each rule match an article, or not?
       rasid watchlist schema                     the JSON Schema, for editors
       rasid watchlist put|history|rollback       the one in force: see rasid watchlist put --help

Without FILE the shipped watchlist is meant. The exit code is 1 if something is wrong, 2 for a wrong call.
`;

/** Checks, tests, builds and explains watchlists; what concerns the one in force has a file of its own. */
export async function watchlistCommand(argv: string[], io: Io): Promise<number> {
  const isLive = LIVE_ACTIONS.includes(argv[0] ?? '');
  return isLive ? watchlistLiveCommand(argv, io) : watchlistFilesCommand(argv, io);
}

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  watchlist: { type: 'string', multiple: true, default: [] as string[] },
} as const;

const watchlistFilesCommand = command(USAGE, OPTIONS, 'some words', async (said, io) => {
  const { values, positionals } = said;
  const [action, ...paths] = positionals;
  switch (action) {
    case 'check':
    case 'test':
      return check(paths, action === 'test', io);
    case 'build':
      return build(paths, values.out, io);
    case 'explain':
      return explainFiles(paths, values.watchlist, io);
    case 'schema':
      io.stdout.write(`${JSON.stringify(watchlistSchema(), null, 2)}\n`);
      return 0;
    default:
      io.stderr.write(USAGE);
      return 2;
  }
});

async function check(paths: readonly string[], tests: boolean, io: Io): Promise<number> {
  const artifact = await compileFiles(paths, io, { tests });
  if (artifact === null) return 1;
  const { version, ruleCount } = openWatchlist(artifact);
  const done = tests ? 'passes its tests' : 'is well written';
  io.stdout.write(`watchlist ${version}: ${ruleCount} rules, ${done}\n`);
  return 0;
}

async function build(paths: readonly string[], out: string | undefined, io: Io): Promise<number> {
  if (out === undefined) {
    io.stderr.write(`rasid watchlist build: say where to, with -o FILE\n\n${USAGE}`);
    return 2;
  }
  const artifact = await compileFiles(paths, io);
  if (artifact === null) return 1;
  await writeFile(out, artifact);
  io.stdout.write(`${out}: ${artifact.length} bytes, version ${openWatchlist(artifact).version}\n`);
  return 0;
}

async function explainFiles(
  paths: readonly string[],
  watchlists: readonly string[],
  io: Io,
): Promise<number> {
  if (paths.length === 0) {
    io.stderr.write(`rasid watchlist explain: say which articles\n\n${USAGE}`);
    return 2;
  }
  const watchlist = await openFiles(watchlists, io);
  if (watchlist === null) return 1;
  for (const path of paths) {
    for await (const file of filesUnder(path)) {
      for await (const reading of readingsOf(file)) {
        const where = place(file, reading);
        if (reading.kind === 'rejected') {
          io.stderr.write(`${where}: ${reading.reason}: ${reading.advice}\n`);
          continue;
        }
        io.stdout.write(`${paint.bold(where)} ${safe(reading.article.title)}\n`);
        for (const { rule, outcome, because, events } of explain(watchlist, reading.article)) {
          const quotes = events.map(
            ({ status, quote }) => `\n    ${paint.yellow(status)} «${safe(quote.text)}»`,
          );
          const reasons = [...new Set(because)].map((reason) => `\n    ${safe(reason)}`);
          io.stdout.write(
            `  ${paint.cyan(rule)}: ${outcome}${quotes.join('')}${reasons.join('')}\n`,
          );
        }
      }
    }
  }
  return 0;
}
