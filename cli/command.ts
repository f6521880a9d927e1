import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Io } from './io.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
/** Every command explains itself. */
const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

/** What was said on the command line: options by name, and the words that belong to none. */
type Said<Opts extends Options> = ReturnType<
  typeof parseArgs<{ readonly options: Opts; readonly allowPositionals: true }>
>;

/** Words to act on: a command takes some, or none, or shows its help when it gets none. */
type Words = 'words' | 'no words' | 'some words';

/**
 * Makes a command out of its help, its options and what it does: `--help` prints the help (exit code 0), and so does, as
 * an error (2), calling one that wants `some words` without any.
 * @throws what node:util's parseArgs throws, for an option that is not declared or a word that is not taken.
 */
export function command<const Opts extends Options>(
  help: string,
  options: Opts,
  takes: Words,
  run: (said: Said<Opts>, io: Io) => Promise<number>,
): (argv: string[], io: Io) => Promise<number> {
  return async (argv, io) => {
    const declared: Options = { ...options, ...HELP_OPTION };
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: takes !== 'no words',
      allowNegative: true,
      options: declared,
    });
    if (values['help'] === true) {
      io.stdout.write(help);
      return 0;
    }
    if (takes === 'some words' && positionals.length === 0) {
      io.stderr.write(help);
      return 2;
    }
    // The options that were declared are those that were read.
    return run({ values, positionals } as Said<Opts>, io);
  };
}
