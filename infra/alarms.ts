import { Duration, type Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type MetricName, NAMESPACE } from '../shared/metrics.ts';

/** What is watched. */
export interface Watched {
  readonly ingest: Lambda;
  readonly relay: Lambda;
  readonly uploads: Queue;
  /** Queues that hold what failed: each entry there is work for a person. */
  readonly failed: Readonly<
    Record<'UploadsFailed' | 'BackfillFailed' | 'RelayFailed' | 'Undelivered', Queue>
  >;
  readonly alerts: Topic;
  readonly silenceHours: number | null;
}

/** One thing that can go wrong, when it counts as wrong, and what it means for whoever is woken by it. */
interface Concern {
  readonly means: string;
  readonly metric: IMetric;
  readonly above?: number;
  readonly below?: number;
  readonly periods?: number;
  /** Periods within `periods` that must be bad; all of them unless told. */
  readonly outOf?: number;
  /** Whether hearing nothing is bad news itself. */
  readonly missing?: 'bad' | 'good';
}

const FIVE_MINUTES = Duration.minutes(5);

/** A metric that our own code emits, of this stack. */
export function ours(stack: Stack, name: MetricName, statistic: string, period: Duration): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName: name,
    dimensionsMap: { Stack: stack.stackName },
    statistic,
    period,
  });
}

/** Every alarm goes to the operations topic, and again when it is over; each has an entry in `docs/runbook.md`. */
export function watchOver(stack: Stack, operations: Topic, watched: Watched): Alarm[] {
  return Object.entries(concerns(stack, watched)).map(([id, concern]) => {
    const { means, metric, above, below, periods = 1, outOf = periods, missing } = concern;
    const alarm = new Alarm(stack, id, {
      alarmDescription: `${means} What to do: docs/runbook.md#${id.toLowerCase()}`,
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        above === undefined
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: outOf,
      treatMissingData:
        missing === 'bad' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(operations));
    alarm.addOkAction(new SnsAction(operations));
    return alarm;
  });
}

/** The alarms by id: `Alarm` stands at the end, so that none takes the name of a resource. */
function concerns(stack: Stack, watched: Watched): Readonly<Record<string, Concern>> {
  const { ingest, relay, uploads, failed, alerts, silenceHours } = watched;
  return {
    ...failedQueues(failed),
    UploadsWaitAlarm: {
      means: 'An upload has been waiting for half an hour: ingest is too slow, or keeps failing.',
      metric: uploads.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES }),
      // A message that fails is invisible for 12 minutes: two tries are a passing fault, three are not.
      above: 30 * 60,
    },
    StreamBehindAlarm: {
      means: 'Alerts are late: the relay is a quarter of an hour behind the table.',
      metric: relay.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      above: 15 * 60_000,
    },
    PendingAlertAlarm: {
      means: 'An alert waited more than 15 minutes to be sent.',
      metric: ours(stack, 'PendingAge', Stats.MAXIMUM, FIVE_MINUTES),
      above: 15 * 60,
    },
    SweepAlarm: {
      means: 'Nobody has looked for overdue alerts for half an hour.',
      metric: ours(stack, 'Sweeps', Stats.SUM, Duration.minutes(30)),
      below: 1,
      missing: 'bad',
    },
    AlertRefusedAlarm: {
      means: 'SNS refused an alert for good; nobody was told of it.',
      metric: ours(stack, 'AlertsFailed', Stats.SUM, FIVE_MINUTES),
      above: 0,
    },
    DeliveryAlarm: {
      means: 'SNS could not deliver an alert to a subscriber.',
      metric: alerts.metricNumberOfNotificationsFailed({ period: FIVE_MINUTES }),
      above: 0,
    },
    QuarantineAlarm: {
      means: 'More than a fifth of an hour’s uploads were no articles.',
      metric: quarantinedShare(stack),
      above: 20,
    },
    WatchlistAlarm: {
      means: 'The watchlist in the bucket is invalid; the last good one stays in force.',
      metric: ours(stack, 'WatchlistInvalid', Stats.SUM, FIVE_MINUTES),
      above: 0,
    },
    ...functionConcerns('Ingest', ingest),
    ...functionConcerns('Relay', relay),
    ...(silenceHours === null
      ? {}
      : {
          SilenceAlarm: {
            means: `Not one new article in ${silenceHours} hours: the sources are dead, or the way in is.`,
            metric: ours(stack, 'Ingested', Stats.SUM, Duration.hours(1)),
            below: 1,
            periods: silenceHours,
            missing: 'bad',
          } as const,
        }),
  };
}

function failedQueues(failed: Watched['failed']): Record<string, Concern> {
  return Object.fromEntries(
    Object.entries(failed).map(([name, queue]) => [
      `${name}Alarm`,
      {
        means: `Something failed for good and waits in ${name}.`,
        metric: queue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: FIVE_MINUTES,
        }),
        above: 0,
      },
    ]),
  );
}

/** In percent; 0 below ten of an hour, since one bad file among three says nothing. */
function quarantinedShare(stack: Stack): IMetric {
  const period = Duration.hours(1);
  return new MathExpression({
    expression: 'IF(bad >= 10, 100 * bad / (bad + FILL(good, 0)), 0)',
    usingMetrics: {
      bad: ours(stack, 'Quarantined', Stats.SUM, period),
      good: ours(stack, 'Ingested', Stats.SUM, period),
    },
    label: 'quarantined, %',
    period,
  });
}

/** A function whose runs come near its timeout is about to be killed in the middle of one. */
const NEAR_TIMEOUT = 0.8;

function functionConcerns(name: 'Ingest' | 'Relay', fn: Lambda): Record<string, Concern> {
  const timeoutMs = fn.timeout?.toMilliseconds() ?? 0;
  return {
    [`${name}ErrorsAlarm`]: {
      means: `Runs of ${name} crash (out of memory or time, or a fault in the code).`,
      metric: fn.metricErrors({ period: FIVE_MINUTES }),
      above: 0,
      periods: 3,
      outOf: 2,
    },
    [`${name}ThrottledAlarm`]: {
      means: `Runs of ${name} are refused: the account's concurrency is used up.`,
      metric: fn.metricThrottles({ period: FIVE_MINUTES }),
      above: 0,
      periods: 3,
      outOf: 3,
    },
    [`${name}SlowAlarm`]: {
      means: `A run of ${name} took more than ${NEAR_TIMEOUT * 100} % of its time.`,
      metric: fn.metricDuration({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      above: timeoutMs * NEAR_TIMEOUT,
      periods: 3,
      outOf: 2,
    },
  };
}
