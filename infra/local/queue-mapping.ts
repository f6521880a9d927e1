import { REGION } from './arn.ts';
import { failedIn } from './batch.ts';
import type { Lambda } from './lambda.ts';
import { type Mapping, type MappingSpec, reportsFailures, wantedBy } from './mapping.ts';
import type { Message, Queue } from './queue.ts';
import { md5, systemAttributes } from './sqs.ts';
import type { Time } from './time.ts';

/** Lambda begins with five runs at once for a queue, and stays there where the template sets no other limit. */
const DEFAULT_CONCURRENCY = 5;

/** What one event may hold, in bytes: Lambda's limit of 6 MB on a synchronous event, less room for the envelope. */
const MAX_EVENT_BYTES = 6 * 2 ** 20 - 64 * 2 ** 10;

/** Hands a queue's messages to a function until the signal aborts. */
export function mapQueue(
  spec: MappingSpec,
  queue: Queue,
  lambda: Lambda,
  time: Time,
  signal: AbortSignal,
): Mapping {
  const size = spec.BatchSize ?? 10;
  const window = spec.MaximumBatchingWindowInSeconds ?? 0;
  const limit = spec.ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
  const isWanted = wantedBy(spec);
  const running = new Set<Promise<void>>();

  async function collect(): Promise<Message[]> {
    // A receive takes ten at most, as over the API.
    const take = (max: number, until: number) =>
      queue.receive(Math.min(max, 10), until, signal, Number.POSITIVE_INFINITY);
    const batch = await take(size, Number.POSITIVE_INFINITY);
    const until = time.in(window);
    let bytes = sizeOf(batch);
    while (batch.length > 0 && batch.length < size && bytes < MAX_EVENT_BYTES / 2) {
      const more = await take(size - batch.length, until);
      if (more.length === 0) break;
      batch.push(...more);
      bytes += sizeOf(more);
    }
    return batch;
  }

  /**
   * On AWS a queue must hide messages for longer than the function may run, so that nothing comes again while a run
   * has it. Waits can be scaled here, runs cannot: hence hidden until the run has ended, and then for the rest.
   */
  async function handle(batch: readonly Message[]): Promise<void> {
    const visibleAt = time.in(Number(queue.attributes['VisibilityTimeout']));
    const records = batch.map((message) => recordOf(message, queue));
    const wanted = records.filter((record) => isWanted(forFilter(record)));
    let failed: ReadonlySet<string> = new Set();
    if (wanted.length > 0) {
      const outcome = await lambda.run(spec.FunctionName, { Records: wanted });
      const ids = wanted.map(({ messageId }) => messageId);
      failed = failedIn(outcome, ids, reportsFailures(spec));
    }
    // Once stopped, nothing is deleted: the run may have been cut short.
    if (signal.aborted) return;
    for (const { messageId, receiptHandle } of records) {
      if (failed.has(messageId)) queue.hide(receiptHandle, visibleAt);
      else queue.remove(receiptHandle);
    }
  }

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      const batch = await collect();
      if (signal.aborted || batch.length === 0) continue;
      const run = handle(batch).finally(() => running.delete(run));
      running.add(run);
      if (running.size >= limit) await Promise.race(running);
    }
    await Promise.all(running);
  }

  return { busy: () => running.size > 0, stopped: poll() };
}

function recordOf(message: Message, queue: Queue) {
  const attributes = Object.entries(message.attributes).map(([name, attribute]) => [
    name,
    {
      dataType: attribute.DataType,
      stringListValues: [],
      binaryListValues: [],
      ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
      ...(attribute.BinaryValue === undefined ? {} : { binaryValue: attribute.BinaryValue }),
    },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.handle ?? '',
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: REGION,
  };
}

/** A filter looks into a body that is a JSON object; another body it takes as text. */
function forFilter(record: ReturnType<typeof recordOf>): unknown {
  if (!record.body.trimStart().startsWith('{')) return record;
  try {
    return { ...record, body: JSON.parse(record.body) };
  } catch (error) {
    if (error instanceof SyntaxError) return record;
    throw error;
  }
}

function sizeOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
}
