import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';

/** Runs `work` on every item, at most `width` at a time, and says for each how it ended, in order. */
export async function settleBounded<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<PromiseSettledResult<void>[]> {
  const results: PromiseSettledResult<void>[] = [];
  const entries = items.entries();
  const lane = async () => {
    for (const [i, item] of entries) {
      results[i] = await work(item).then(
        () => ({ status: 'fulfilled', value: undefined }) as const,
        (reason: unknown) => ({ status: 'rejected', reason }) as const,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}

/**
 * Runs every record of a batch on its own and hands only the failed ones back to the queue.
 * `failed` hears of each failure, so that none is silent.
 */
export async function settleBatch(
  records: readonly SQSRecord[],
  width: number,
  work: (record: SQSRecord) => Promise<void>,
  failed: (record: SQSRecord, error: unknown) => void,
): Promise<SQSBatchResponse> {
  const results = await settleBounded(records, width, work);
  const batchItemFailures = records.flatMap((record, i) => {
    const result = results[i];
    if (result?.status === 'fulfilled') return [];
    failed(record, result?.reason);
    return [{ itemIdentifier: record.messageId }];
  });
  return { batchItemFailures };
}
