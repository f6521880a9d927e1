import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Fault, FaultInjector, Moment } from '../../infra/local/fault.ts';
import { scratch } from '../local/small-stack.ts';
import { movedClock } from '../moved-clock.ts';
import { alertingArticle, pick, quietArticle, randomOf } from '../news.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';

/** Files as people drop them: good, bad, twice, many in one, under odd names. */
export function corpusOf(seed: number): [key: string, body: string | Uint8Array][] {
  const at = seed * 100;
  const many = [0, 1, 2].map((i) => JSON.stringify({ text: alertingArticle(at + 50 + i) }));
  return [
    ...[0, 1, 2, 3].map(
      (i) => [`خبر ${i} + 100%.txt`, alertingArticle(at + i)] as [string, string],
    ),
    ...[0, 1, 2].map((i) => [`quiet/${i}.txt`, quietArticle(at + i)] as [string, string]),
    ['copy of 0.txt', alertingArticle(at)],
    ['many.ndjson', many.join('\n')],
    ['empty.txt', ''],
    ['photo.jpg', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
    ['zeros.bin', new Uint8Array(300_000)],
    ['large.txt', 'ا'.repeat(6_000_000)],
  ];
}

/** What is left when all is done: who is stored, who was told of what, what is no article and why. */
export interface Outcome {
  readonly articles: readonly string[];
  readonly told: readonly string[];
  readonly pending: readonly string[];
  readonly quarantined: readonly string[];
}

async function outcomeOf(p: Pipeline, told: readonly string[]): Promise<Outcome> {
  const articles = await p.articles();
  return {
    articles: articles.map(({ id }) => id).sort(),
    told: [...new Set(told)].sort(),
    pending: articles.flatMap(({ id, alerts }) =>
      alerts.filter(({ state }) => state === 'PENDING').map(({ rule }) => `${id}:${rule}`),
    ),
    quarantined: (await p.quarantined())
      .map(({ key, member, reason }) => `${key}#${member} ${reason}`)
      .sort(),
  };
}

const FAULTS: readonly Fault[] = [
  { do: 'kill' },
  { do: 'drop' },
  { do: 'delay', ms: 150 },
  { do: 'drip', ms: 300 },
  { do: 'cut' },
  { do: 'fail', status: 500, code: 'InternalServerError' },
  { do: 'fail', status: 503, code: 'SlowDown' },
];

/** What went wrong in a run, for whoever has to understand it. */
export interface Trace {
  readonly struck: string[];
}

/** Anything a function does may go wrong, before or after, as the seed decides, until the budget is spent. */
function faultsOf(seed: number, trace: Trace): FaultInjector {
  const random = randomOf(seed);
  const rate = 0.02 + random() * 0.2;
  let budget = 5 + Math.floor(random() * 40);
  const isStreamDown = random() < 0.2;
  const strike =
    (where: string) =>
    (moment: Moment): Fault | null => {
      if (moment.what === 'invocation') {
        const isDown = isStreamDown && moment.fn.startsWith('Relay');
        return isDown ? { do: 'fail', status: 500, code: 'StreamDown' } : null;
      }
      if (moment.caller === null || budget === 0 || random() >= rate) return null;
      budget -= 1;
      const fault = pick(random, FAULTS);
      trace.struck.push(`${where} ${moment.caller} ${moment.operation}: ${fault.do}`);
      return fault;
    };
  return {
    before: strike('before'),
    after: strike('after'),
    order(_, ids) {
      const shuffled = ids.map((id) => ({ id, at: random() })).sort((a, b) => a.at - b.at);
      return shuffled.flatMap(({ id }) => (random() < 0.1 ? [id, id] : [id]));
    },
  };
}

/** What an operator does once the cause is gone: what failed for good goes back to its queue. */
async function redrive({ host, clients }: Pipeline): Promise<void> {
  const from = host.outputs['UploadsFailedQueue'];
  const to = host.outputs['UploadsQueue'];
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return;
    for (const { Body, ReceiptHandle } of Messages) {
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
    }
  }
}

async function dropAll(p: Pipeline, seed: number): Promise<void> {
  const random = randomOf(seed + 1);
  const files = corpusOf(seed).map((file) => ({ file, at: random() }));
  for (const { file } of files.sort((a, b) => a.at - b.at)) await p.drop(...file);
}

/** The corpus of a seed when nothing goes wrong. */
export async function faultless(seed: number): Promise<Outcome> {
  const p = await openPipeline();
  try {
    await dropAll(p, seed);
    await p.host.idle();
    return await outcomeOf(
      p,
      p.alerts().map(({ alertId }) => alertId),
    );
  } finally {
    await p.host.stop();
  }
}

/** The same corpus in a bad hour; then the hour is over, the operator redrives, and the schedule sweeps. */
export async function underFaults(seed: number, trace: Trace): Promise<Outcome> {
  const { dir, remove } = scratch();
  const hourAgo = movedClock(-3_600_000);
  try {
    const bad = await openPipeline({ stateDir: dir, faults: faultsOf(seed, trace), ...hourAgo });
    await dropAll(bad, seed);
    await bad.host.idle();
    const told = bad.alerts().map(({ alertId }) => alertId);
    await bad.host.stop();
    const good = await openPipeline({ stateDir: dir });
    try {
      await redrive(good);
      await good.host.idle();
      await good.host.runSchedule('Sweep');
      await good.host.idle();
      return await outcomeOf(good, [...told, ...good.alerts().map(({ alertId }) => alertId)]);
    } finally {
      await good.host.stop();
    }
  } finally {
    remove();
  }
}
