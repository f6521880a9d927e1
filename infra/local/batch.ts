import type { Outcome } from './sandbox.ts';

/**
 * Which records of a batch failed, as Lambda reads a function's answer. A failed run, an answer that is not of the
 * shape, an empty or an unknown id fail all; null, `{}` and an empty list fail none.
 */
export function failedIn(
  outcome: Outcome,
  ids: readonly string[],
  reportsFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(ids);
  if (!outcome.ok) return all;
  if (!reportsFailures || outcome.result === null) return new Set();
  const { batchItemFailures: failures } = outcome.result as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const failed = failures.map(
    (failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier,
  );
  const isKnown = (id: unknown): id is string => typeof id === 'string' && all.has(id);
  return failed.every(isKnown) ? new Set(failed as string[]) : all;
}
