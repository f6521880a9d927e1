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
      args: withDashedIds(argv, declared),
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

/** An article's id is 22 letters, digits, dashes and underscores: one in 64 begins with a dash, as an option does. */
const DASHED_ID = /^-[\w-]{21}(?::.+)?$/;

/** The same words, with ids that begin with a dash put so that parseArgs does not take them for options. */
function withDashedIds(argv: readonly string[], options: Options): string[] {
  const before: string[] = [];
  const ids: string[] = [];
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  for (const word of argv.slice(0, end)) {
    const last = before.at(-1) ?? '';
    if (!DASHED_ID.test(word)) before.push(word);
    else if (options[last.slice(2)]?.type === 'string') before.push(`${before.pop()}=${word}`);
    else if (word.startsWith('--')) before.push(word);
    else ids.push(word);
  }
  const after = [...ids, ...argv.slice(end + 1)];
  return after.length === 0 ? before : [...before, '--', ...after];
}
