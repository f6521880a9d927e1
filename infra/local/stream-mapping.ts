import { randomUUID } from 'node:crypto';
import { failedIn } from './batch.ts';
import type { Lambda } from './lambda.ts';
import { type Mapping, type MappingSpec, reportsFailures, wantedBy } from './mapping.ts';
import type { Outcome } from './sandbox.ts';
import type { StreamRecord, TableStream } from './stream.ts';
import type { Time } from './time.ts';

/** Lambda waits longer and longer between tries of a stream's batch; it does not say how long. */
const RETRY_SECONDS = [1, 2, 4, 8, 16, 30];

/** How long the loop sleeps when nothing rings: only to see that records have grown too old. */
const LOOK_SECONDS = 60;

/** Hands a stream's records to a function, in order, until the signal aborts. */
export function mapStream(
  reader: string,
  spec: MappingSpec,
  stream: TableStream,
  lambda: Lambda,
  sendFailure: (destinationArn: string, body: string) => void,
  time: Time,
  signal: AbortSignal,
): Mapping {
  const size = spec.BatchSize ?? 100;
  const window = spec.MaximumBatchingWindowInSeconds ?? 0;
  // -1, the default, is "for ever": until the records are a day old and leave the stream.
  const retries = spec.MaximumRetryAttempts ?? -1;
  const maxAge = spec.MaximumRecordAgeInSeconds ?? -1;
  const isWanted = wantedBy(spec);
  let isBusy = false;

  const unread = () => stream.unread(reader, size, spec.StartingPosition ?? 'LATEST');

  async function collect(): Promise<readonly StreamRecord[]> {
    const until = time.in(window);
    let records = unread();
    while (records.length < size && time.now() < until && !signal.aborted) {
      await stream.bell.heard(until, signal);
      records = unread();
    }
    return records;
  }

  /** Runs a batch until it is done with or given up; the checkpoint is the caller's. */
  async function handle(records: readonly StreamRecord[], tries = 0): Promise<void> {
    let batch = records;
    for (let attempt = tries; !signal.aborted; attempt++) {
      const young = batch.filter((record) => !isTooOld(record));
      if (young.length < batch.length) {
        const old = batch.filter(isTooOld);
        giveUp(old, 'RecordAgeExceeded', attempt, null);
        batch = young;
      }
      if (batch.length === 0) return;
      const outcome = await lambda.run(spec.FunctionName, { Records: batch });
      if (signal.aborted) return;
      const ids = batch.map((record) => record.dynamodb.SequenceNumber);
      const failed = failedIn(outcome, ids, reportsFailures(spec));
      if (failed.size === 0) return;
      // What lies before the first failure is done; what lies behind it runs again, succeeded or not.
      const from = ids.findIndex((id) => failed.has(id));
      if (from > 0) stream.checkpoint(reader, batch[from - 1] as StreamRecord);
      batch = batch.slice(from);
      // Halving is not a try; and a batch that told where it failed is cut there, not in the middle.
      if (spec.BisectBatchOnFunctionError === true && from === 0 && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await handle(batch.slice(0, middle), attempt);
        if (signal.aborted) return;
        stream.checkpoint(reader, batch[middle - 1] as StreamRecord);
        return handle(batch.slice(middle), attempt);
      }
      if (retries >= 0 && attempt >= retries) {
        return giveUp(batch, 'RetryAttemptsExhausted', attempt + 1, outcome);
      }
      const wait = RETRY_SECONDS[Math.min(attempt, RETRY_SECONDS.length - 1)] ?? 0;
      await time.until(time.in(wait), signal);
    }
  }

  function isTooOld({ dynamodb }: StreamRecord): boolean {
    return maxAge > 0 && time.now() / 1000 - dynamodb.ApproximateCreationDateTime > maxAge;
  }

  /** The destination hears which records were given up, not what was in them. */
  function giveUp(
    batch: readonly StreamRecord[],
    condition: string,
    attempts: number,
    outcome: Outcome | null,
  ): void {
    const destination = spec.DestinationConfig?.OnFailure?.Destination;
    const [first, last] = [batch[0], batch.at(-1)];
    if (destination === undefined || first === undefined || last === undefined) return;
    const at = ({ dynamodb }: StreamRecord) =>
      new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();
    const report = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: spec.FunctionName,
        condition,
        approximateInvokeCount: attempts,
      },
      ...(outcome === null
        ? {}
        : {
            responseContext: {
              statusCode: 200,
              executedVersion: '$LATEST',
              functionError: outcome.ok ? null : 'Unhandled',
            },
          }),
      version: '1.0',
      timestamp: new Date(time.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000001-00000001',
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: last.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: at(first),
        approximateArrivalOfLastRecord: at(last),
        batchSize: batch.length,
        streamArn: stream.arn,
      },
    };
    sendFailure(destination, JSON.stringify(report));
  }

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      if (unread().length === 0) {
        await stream.bell.heard(time.in(LOOK_SECONDS), signal);
        continue;
      }
      isBusy = true;
      const records = await collect();
      const wanted = records.filter(isWanted);
      if (wanted.length > 0) await handle(wanted);
      const last = records.at(-1);
      if (!signal.aborted && last !== undefined) stream.checkpoint(reader, last);
      isBusy = false;
    }
  }

  return { busy: () => isBusy, stopped: poll() };
}
