import { parseArgs } from 'node:util';
import { openDesk } from './console/desk.ts';
import { serveConsole } from './console/server.ts';
import { interrupted } from './interrupted.ts';
import type { Io } from './io.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

/** A fixed port, so that the browser remembers the person's language and colours. */
const PORT = 4600;

const HELP = `rasid console: see what came in, what it said, and why it alerted.

  npx rasid console                          the pipeline on this machine
  npx rasid console --stack Rasid-news-dev   a deployed one, with your own AWS credentials

Prints the address of a page that is served on this machine alone. Whoever has the address may look and change things,
so keep it to yourself; it is another one at each start. Ctrl-C ends it.

  --port N             the port to serve it on (default: ${PORT}; 0 takes any that is free)
${TARGET_HELP}`;

/** `rasid console`: serves the page until it is interrupted. */
export async function consoleCommand(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      ...TARGET_OPTIONS,
      help: { type: 'boolean' },
      port: { type: 'string', default: String(PORT) },
    },
  });
  if (values.help) {
    io.stdout.write(HELP);
    return 0;
  }
  const target = await openTarget(values);
  const desk = openDesk(target, values.state);
  const server = await serveConsole(desk, Number(values.port));
  io.stdout.write(`${target.name}: open this page\n\n  ${server.url}\n\nCtrl-C ends it.\n`);
  await interrupted();
  await server.close();
  desk.close();
  await target.close();
  return 0;
}
