import { command } from './command.ts';
import { openDesk } from './console/desk.ts';
import { serveConsole } from './console/server.ts';
import { interrupted } from './interrupted.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

/** A fixed port, so that the browser remembers the person's language and colours; any other when it is taken. */
export const CONSOLE_PORT = 4600;

const HELP = `rasid console: see what came in, what it said, and why it alerted.

  npx rasid console                          the pipeline on this machine
  npx rasid console --stack Rasid-news-dev   a deployed one, with your own AWS credentials

Prints the address of a page that is served on this machine alone. Whoever has the address may look and change things,
so keep it to yourself; it is another one at each start. Ctrl-C ends it.

  --port N             the port to serve it on (default: ${CONSOLE_PORT}; any that is free when it is taken)
${TARGET_HELP}`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  port: { type: 'string', default: String(CONSOLE_PORT) },
} as const;

/** `rasid console`: serves the page until it is interrupted. */
export const consoleCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  const target = await openTarget(values);
  const desk = openDesk(target, values.state);
  const server = await serveConsole(desk, Number(values.port));
  io.stdout.write(`${target.name}: open this page\n\n  ${server.url}\n\nCtrl-C ends it.\n`);
  await interrupted();
  await server.close();
  desk.close();
  await target.close();
  return 0;
});
