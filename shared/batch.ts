import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { forEachBounded } from './bounded.ts';

/** How the records of a batch are run, each on its own. */
export interface BatchWork<Job> {
  /** What a record asks for; one that cannot be read fails alone. */
  readonly decode: (record: SQSRecord) => Job;
  /** Cheap ones come first, so that one that kills the process has already let them through. */
  readonly cost: (job: Job) => number;
  /** Records that are worked on at once. */
  readonly width: number;
  readonly work: (job: Job) => Promise<void>;
  /** Asked before each record: once it says no, the rest goes back to the queue untouched. */
  readonly hasTime: () => boolean;
  /** Hears of each failure, so that none is silent. */
  readonly failed: (record: SQSRecord, error: unknown) => void;
}

/** Runs every record of a batch and hands only those back to the queue that failed or were not begun. */
export async function settleBatch<Job>(
  records: readonly SQSRecord[],
  { decode, cost, width, work, hasTime, failed }: BatchWork<Job>,
): Promise<SQSBatchResponse> {
  const unsettled = new Set(records);
  const jobs: { record: SQSRecord; job: Job; cost: number }[] = [];
  for (const record of records) {
    try {
      const job = decode(record);
      jobs.push({ record, job, cost: cost(job) });
    } catch (error) {
      failed(record, error);
    }
  }
  jobs.sort((a, b) => a.cost - b.cost);
  const settle = async ({ record, job }: (typeof jobs)[number]) => {
    if (!hasTime()) return;
    try {
      await work(job);
      unsettled.delete(record);
    } catch (error) {
      failed(record, error);
    }
  };
  await forEachBounded(jobs, width, settle);
  return { batchItemFailures: [...unsettled].map((r) => ({ itemIdentifier: r.messageId })) };
}
