/** CloudWatch's folder for our metrics. */
export const NAMESPACE = 'Rasid';

/**
 * Every metric the code emits, each also by stack, so that two stacks in one account stay apart. `by` names a second
 * dimension; it takes few values, since each is a metric that is paid for.
 */
export const METRICS = {
  /** Articles stored for the first time. */
  Ingested: { unit: 'Count', by: null },
  /** Copies of a stored article under another name, and redeliveries. */
  Duplicates: { unit: 'Count', by: null },
  /** Stored articles that a replay brought to another watchlist. */
  Rescored: { unit: 'Count', by: null },
  /** Uploads, or members of them, that are no articles. */
  Quarantined: { unit: 'Count', by: 'Reason' },
  /** Folder markers, system files, and what was deleted before it was read. */
  Ignored: { unit: 'Count', by: null },
  /** Alerts stored but not to be sent by themselves: of old articles, of stories that are told, of muted rules. */
  Suppressed: { unit: 'Count', by: null },
  AlertsSent: { unit: 'Count', by: 'Topic' },
  /** Refused by SNS for good. */
  AlertsFailed: { unit: 'Count', by: null },
  /** From the upload of the file to SNS having taken the alert. */
  UploadToAlert: { unit: 'Milliseconds', by: null },
  /** How long an alert had been waiting when the relay took it up. */
  PendingAge: { unit: 'Seconds', by: null },
  /** Runs of the sweep; none for half an hour means that nobody looks for what the stream missed. */
  Sweeps: { unit: 'Count', by: null },
  /** Looks at a watchlist that may not take effect. */
  WatchlistInvalid: { unit: 'Count', by: null },
} as const;

export type MetricName = keyof typeof METRICS;

/** Counts what happens. */
export interface Meter {
  /** @param part the value of the metric's second dimension, for those that have one. */
  add(metric: MetricName, value?: number, part?: string): void;
}

/** CloudWatch reads at most 100 values of a metric in one line. */
const MAX_VALUES = 100;

/**
 * A meter that gathers one invocation's counts and writes them, when flushed, as lines in CloudWatch's embedded metric
 * format: no call, no permission, no wait.
 */
export function embeddedMeter(
  stack: string,
  write: (line: string) => void,
  now: () => Date,
): Meter & { flush(): void } {
  const values = new Map<string, { metric: MetricName; part: string | null; all: number[] }>();

  return {
    add(metric, value = 1, part) {
      const slot = `${metric}\0${part ?? ''}`;
      const { unit } = METRICS[metric];
      const entry = values.get(slot) ?? { metric, part: part ?? null, all: [] };
      values.set(slot, entry);
      if (unit === 'Count') entry.all[0] = (entry.all[0] ?? 0) + value;
      else entry.all.push(value);
    },
    flush() {
      for (const { metric, part, all } of values.values())
        for (let i = 0; i < all.length; i += MAX_VALUES)
          write(embedded(stack, metric, part, all.slice(i, i + MAX_VALUES), now()));
      values.clear();
    },
  };
}

function embedded(
  stack: string,
  metric: MetricName,
  part: string | null,
  all: readonly number[],
  at: Date,
): string {
  const { unit, by } = METRICS[metric];
  const isParted = by !== null && part !== null;
  return JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: isParted ? [['Stack'], ['Stack', by]] : [['Stack']],
          Metrics: [{ Name: metric, Unit: unit }],
        },
      ],
    },
    Stack: stack,
    ...(isParted ? { [by]: part } : {}),
    [metric]: all.length === 1 ? all[0] : all,
  });
}
