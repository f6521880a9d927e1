import { command } from '../cli/command.ts';
import { run } from './commands.ts';

/** One id in 64 begins with a dash. */
const ID = '-Wk2b7xLq0Zr9aVfT3yHcA';

const echo = command(
  'help',
  { article: { type: 'string' }, yes: { type: 'boolean' } },
  'words',
  async ({ values, positionals }, io) => {
    io.stdout.write(JSON.stringify([values.article, values.yes, positionals]));
    return 0;
  },
);

test.each([
  [
    ['--article', ID],
    [ID, null, []],
  ],
  [[`--article=${ID}`], [ID, null, []]],
  [[ID], [null, null, [ID]]],
  [
    [ID, '--yes', ID],
    [null, true, [ID, ID]],
  ],
  [
    ['--', ID],
    [null, null, [ID]],
  ],
])('an article’s id may begin with a dash: %j', async (argv, expected) => {
  expect((await run(echo, ...argv)).json()).toEqual(expected);
});

test('what only looks like an id is still an option that does not exist', async () => {
  await expect(run(echo, '--articles', ID)).rejects.toThrow('--articles');
  await expect(run(echo, '-x')).rejects.toThrow('-x');
});
