import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalHost } from '../../infra/local/host.ts';
import { readSchedule } from '../../infra/local/schedule.ts';
import { fn, role, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
afterAll(remove);

const SUNDAY = '2026-11-22T10:07:30.000Z';

test.each([
  ['rate(10 minutes)', '2026-11-22T10:17:30.000Z'],
  ['rate(1 hour)', '2026-11-22T11:07:30.000Z'],
  ['rate(2 days)', '2026-11-24T10:07:30.000Z'],
  ['cron(0 6 * * ? *)', '2026-11-23T06:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-11-22T10:15:00.000Z'],
  ['cron(5,10 10-12 * * ? *)', '2026-11-22T10:10:00.000Z'],
  ['cron(0 8 ? * MON-FRI *)', '2026-11-23T08:00:00.000Z'],
  ['cron(0 8 ? * 1 *)', '2026-11-29T08:00:00.000Z'],
  ['cron(30 0 1 JAN ? *)', '2027-01-01T00:30:00.000Z'],
  ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
  ['at(2026-12-24T18:00:00)', '2026-12-24T18:00:00.000Z'],
])('%s is due at %s', (expression, due) => {
  const next = readSchedule(expression, Date.parse(SUNDAY))(Date.parse(SUNDAY));
  expect(new Date(next ?? 0).toISOString()).toBe(due);
});

test.each(['cron(0 0 1 1 ? 2020)', 'at(2020-01-01T00:00:00)'])('%s is never due again', (past) => {
  expect(readSchedule(past, 0)(Date.parse(SUNDAY))).toBeNull();
});

test.each(['rate(0 minutes)', 'rate(5 weeks)', 'cron(0 0 L * ? *)', 'cron(* * *)', 'hourly'])(
  '%s is refused',
  (expression) => {
    expect(() => readSchedule(expression, 0)).toThrow(/local host|six fields/);
  },
);

test('a schedule runs its function when it is due, and on demand', async () => {
  const NOTES = join(dir, 'notes.jsonl');
  appendFileSync(NOTES, '');
  const template = writeStack(
    dir,
    {
      Role: role(),
      Sweep: fn('sweep', { Environment: { Variables: { NOTES } } }),
      Every: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(10 minutes)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] },
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Input: '{"sweep":true}',
          },
        },
      },
    },
    {
      sweep: `import { appendFileSync } from 'node:fs';
        export const handler = async (event) => { appendFileSync(process.env.NOTES, JSON.stringify(event) + '\\n'); };`,
    },
  );
  let now = Date.parse(SUNDAY);
  const host = await startLocalHost({ template, stateDir: null, clock: () => now });
  const notes = () => readFileSync(NOTES, 'utf8').split('\n').filter(Boolean);
  await host.runSchedule('Every');
  expect(notes()).toEqual(['{"sweep":true}']);
  now += 3 * 600_000;
  while (notes().length < 2) await new Promise((done) => setTimeout(done, 5));
  await host.idle();
  expect(notes()).toEqual(['{"sweep":true}', '{"sweep":true}']);
  await host.stop();
});
