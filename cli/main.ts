import type { Io } from './io.ts';

type Command = (argv: string[], io: Io) => Promise<number>;

interface Entry {
  readonly does: string;
  load(): Promise<Command>;
}

/** Every command, in the order a newcomer meets them; each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    does: 'run the whole pipeline on this machine: drop files into inbox/, read the alerts',
    load: async () => (await import('./start.ts')).startCommand,
  },
  console: {
    does: 'serve a page on this machine: the feed, the articles, the charts, the watchlist',
    load: async () => (await import('./console.ts')).consoleCommand,
  },
  parse: {
    does: 'show what is read of a file: title, body, date, what was dropped',
    load: async () => (await import('./parse.ts')).parseCommand,
  },
  classify: {
    does: 'show who does what to whom in a file, by the watchlist',
    load: async () => (await import('./classify.ts')).classifyCommand,
  },
  evaluate: {
    does: 'measure the watchlist against labelled articles',
    load: async () => (await import('./evaluate.ts')).evaluateCommand,
  },
  watchlist: {
    does: 'check, test, build or explain a watchlist; put it in force, or back',
    load: async () => (await import('./watchlist.ts')).watchlistCommand,
  },
  articles: {
    does: 'what came in, newest first',
    load: async () => (await import('./articles.ts')).articlesCommand,
  },
  alerts: {
    does: 'what people were told, and what not and why',
    load: async () => (await import('./alerts.ts')).alertsCommand,
  },
  stories: {
    does: 'what was told once though many sites had it',
    load: async () => (await import('./stories.ts')).storiesCommand,
  },
  show: {
    does: 'everything about one article: text, evidence, alerts, deliveries',
    load: async () => (await import('./show.ts')).showCommand,
  },
  stats: {
    does: 'how many articles came, by day and by topic',
    load: async () => (await import('./stats.ts')).statsCommand,
  },
  export: {
    does: 'the archive as a file',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  wrong: {
    does: 'make a false alarm a failing test of its rule',
    load: async () => (await import('./wrong.ts')).wrongCommand,
  },
  subscribe: {
    does: 'tell somebody by e-mail, SMS, HTTPS, queue or function, and of what',
    load: async () => (await import('./subscribe.ts')).subscribeCommand,
  },
  subscriptions: {
    does: 'who is told, and of what',
    load: async () => (await import('./subscribe.ts')).subscriptionsCommand,
  },
  unsubscribe: {
    does: 'tell somebody no more',
    load: async () => (await import('./subscribe.ts')).unsubscribeCommand,
  },
  mute: {
    does: 'no alerts of a rule for a while',
    load: async () => (await import('./mute.ts')).muteCommand,
  },
  replay: {
    does: 'read stored files again',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  status: {
    does: 'what became of a file',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  quarantine: {
    does: 'files that are no articles, why, and once more',
    load: async () => (await import('./quarantine.ts')).quarantineCommand,
  },
  dlq: {
    does: 'messages that failed for good, and once more',
    load: async () => (await import('./dlq.ts')).dlqCommand,
  },
  doctor: {
    does: 'is all well with a stack?',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  forget: {
    does: 'delete an article or a file for good, everywhere it is kept here',
    load: async () => (await import('./forget.ts')).forgetCommand,
  },
  empty: {
    does: 'delete every file of a development stack, before it is destroyed',
    load: async () => (await import('./empty.ts')).emptyCommand,
  },
};

const HELP = `rasid: watch the news.

  rasid COMMAND [OPTIONS] ...

${Object.entries(COMMANDS)
  .map(([name, { does }]) => `  ${name.padEnd(15)}${does}`)
  .join('\n')}

Every command explains itself with --help.
`;

/** Runs one command. @returns the exit code: 0 done, 1 something was wrong with the input, 2 wrong usage. */
export async function main(argv: string[]): Promise<number> {
  const io: Io = { stdout: process.stdout, stderr: process.stderr };
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.stdout.write(HELP);
    return 0;
  }
  const entry = COMMANDS[name];
  if (entry === undefined) {
    io.stderr.write(`rasid: there is no command "${name}"\n\n${HELP}`);
    return 2;
  }
  const command = await entry.load();
  try {
    return await command(rest, io);
  } catch (error) {
    if (isUsageError(error)) {
      io.stderr.write(`rasid ${name}: ${error.message}\nSee: rasid ${name} --help\n`);
      return 2;
    }
    const says = circumstance(error);
    if (says === null) throw error;
    io.stderr.write(`rasid ${name}: ${says}\n`);
    return 1;
  }
}

/** node:util's parseArgs marks its complaints with these codes; ours are `UsageError`s. */
function isUsageError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'UsageError' ||
    ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}

/** What stands in the way and is nobody's bug, in a sentence that says what to do; null for everything else. */
function circumstance(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  switch (error.name) {
    case 'BuildError':
      return `the stack could not be built\n\n${error.message}`;
    case 'StateInUseError':
      return error.message;
    case 'CredentialsProviderError':
      return 'no AWS credentials: run aws configure, or set AWS_PROFILE';
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return 'your AWS session has expired: log in again';
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `AWS does not let you: ${error.message}`;
    case 'ValidationError':
      // CloudFormation's name for a stack that is not there, or not in this region.
      return `${error.message}: is it deployed, and in this --region?`;
    default:
      return error.message === 'Region is missing'
        ? 'no AWS region: give --region, or set AWS_REGION'
        : null;
  }
}
