import type { Fault, Moment } from '../infra/local/fault.ts';
import { scratch } from './local/small-stack.ts';
import { movedClock } from './moved-clock.ts';
import { alertingArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

type Where = 'before' | 'after';

/** A fault that waits for its moment, so many times. */
let armed: { where: Where; operation: string; caller: string; fault: Fault; times: number } | null =
  null;

function strike(where: Where) {
  return (moment: Moment): Fault | null => {
    if (moment.what !== 'call' || armed === null || armed.times === 0) return null;
    const { operation, caller, fault } = armed;
    if (
      armed.where !== where ||
      moment.operation !== operation ||
      !moment.caller?.startsWith(caller)
    )
      return null;
    armed.times -= 1;
    return fault;
  };
}

let p: Pipeline;
beforeAll(async () => {
  p = await openPipeline({ faults: { before: strike('before'), after: strike('after') } });
}, 120_000);
afterAll(() => p.host.stop());

let n = 1000;
/** Drops an article while the fault waits for it; says how often it was stored and how often told. */
async function dropUnder(fault: NonNullable<typeof armed>) {
  const key = `fault-${n}.txt`;
  armed = { ...fault };
  await p.drop(key, alertingArticle(n++));
  await p.host.idle();
  const struck = fault.times - (armed?.times ?? 0);
  armed = null;
  const stored = (await p.articles()).filter(({ object }) => object.key === key);
  return {
    struck,
    stored: stored.length,
    states: stored.flatMap(({ alerts }) => alerts.map(({ state }) => state)),
    told: p.alerts().filter(({ article }) => article.s3.key === key).length,
    quarantined: (await p.quarantined()).filter((entry) => entry.key === key).length,
  };
}

const WELL = { stored: 1, states: ['SENT'], told: 1, quarantined: 0 };
/** Between sending and marking nobody can tell whether it was sent: then twice is better than never. */
const TWICE = { ...WELL, told: 2 };

test.each([
  ['before', 'Ingest', 'GetObject', WELL],
  ['after', 'Ingest', 'GetObject', WELL],
  ['before', 'Ingest', 'PutItem', WELL],
  ['after', 'Ingest', 'PutItem', WELL],
  ['before', 'Relay', 'GetItem', WELL],
  ['after', 'Relay', 'GetItem', WELL],
  ['before', 'Relay', 'Publish', WELL],
  ['after', 'Relay', 'Publish', TWICE],
] as const)(
  'a process killed %s %s’s %s loses nothing',
  async (where, caller, operation, expected) => {
    const { struck, ...end } = await dropUnder({
      where,
      caller,
      operation,
      fault: { do: 'kill' },
      times: 1,
    });
    expect(struck).toBe(1);
    expect(end).toEqual(expected);
  },
);

test.each([
  ['GetObject', 'Ingest', 503, 'SlowDown', 5],
  ['PutItem', 'Ingest', 400, 'ProvisionedThroughputExceededException', 2],
  ['PutItem', 'Ingest', 500, 'InternalServerError', 5],
  ['GetItem', 'Relay', 400, 'ThrottlingException', 2],
  ['Publish', 'Relay', 503, 'ServiceUnavailable', 5],
  ['Publish', 'Relay', 400, 'Throttling', 2],
  ['UpdateItem', 'Relay', 400, 'ProvisionedThroughputExceededException', 2],
])(
  '%s of %s answers %d %s, %d times in a row: nothing lost, nothing twice',
  async (operation, caller, status, code, times) => {
    const fault = { do: 'fail', status, code } as const;
    const { struck, ...end } = await dropUnder({
      where: 'before',
      caller,
      operation,
      fault,
      times,
    });
    expect(struck).toBe(times);
    expect(end).toEqual(WELL);
  },
  60_000,
);

test.each([
  ['PutItem', 'Ingest'],
  ['UpdateItem', 'Relay'],
  ['GetObject', 'Ingest'],
])('an answer to %s that is lost on the way changes nothing', async (operation, caller) => {
  const { struck, ...end } = await dropUnder({
    where: 'after',
    caller,
    operation,
    fault: { do: 'drop' },
    times: 1,
  });
  expect(struck).toBe(1);
  expect(end).toEqual(WELL);
});

test.each<Fault>([{ do: 'drip', ms: 1000 }, { do: 'cut' }])(
  'a file whose body comes badly (%j) is taken in whole or not at all',
  async (fault) => {
    const { struck, ...end } = await dropUnder({
      where: 'after',
      caller: 'Ingest',
      operation: 'GetObject',
      fault,
      times: 1,
    });
    expect(struck).toBe(1);
    expect(end).toEqual(WELL);
  },
);

test('notices that come twice and in any order make each article once and each alert once', async () => {
  const shuffled = await openPipeline({
    faults: { order: (_, ids) => [...ids, ...ids].sort(() => Math.sin(n++) - 0.2) },
  });
  try {
    for (let i = 2000; i < 2012; i++) await shuffled.drop(`${i}.txt`, alertingArticle(i));
    await shuffled.host.idle();
    expect(await shuffled.articles()).toHaveLength(12);
    expect(new Set(shuffled.alerts().map(({ alertId }) => alertId)).size).toBe(12);
    expect(shuffled.alerts()).toHaveLength(12);
  } finally {
    await shuffled.host.stop();
  }
}, 60_000);

test('three days without the stream: the next sweep sends what it missed, once', async () => {
  const { dir, remove } = scratch();
  const dead: Fault = { do: 'fail', status: 500, code: 'Down' };
  const isDown = (moment: Moment) =>
    moment.what === 'invocation' && moment.fn.startsWith('Relay') ? dead : null;
  const ago = movedClock(-3 * 86_400_000);
  const before = await openPipeline({ stateDir: dir, faults: { before: isDown }, ...ago });
  for (let i = 3000; i < 3003; i++) await before.drop(`${i}.txt`, alertingArticle(i));
  await before.host.idle();
  const pending = (await before.articles()).flatMap(({ alerts }) =>
    alerts.map(({ state }) => state),
  );
  await before.host.stop();
  expect(pending).toEqual(['PENDING', 'PENDING', 'PENDING']);

  const after = await openPipeline({ stateDir: dir });
  try {
    await after.host.runSchedule('Sweep');
    await after.host.idle();
    await after.host.runSchedule('Sweep');
    await after.host.idle();
    expect(after.alerts()).toHaveLength(3);
    const sent = (await after.articles()).flatMap(({ alerts }) => alerts.map(({ state }) => state));
    expect(sent).toEqual(['SENT', 'SENT', 'SENT']);
  } finally {
    await after.host.stop();
    remove();
  }
}, 60_000);
