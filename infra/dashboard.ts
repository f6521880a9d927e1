import { Duration, type Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryWidget,
  MathExpression,
  type MathExpressionProps,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS, type MetricName, NAMESPACE } from '../shared/metrics.ts';
import { ours, type Watched } from './alarms.ts';

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
const MINUTE_5 = Duration.minutes(5);
/** A row of the dashboard is 24 columns wide. */
const HALF = 12;
const THIRD = 8;

/** One page that answers, from the top: is all well, what came in, what went out, how quick, and where it is stuck. */
export function dashboard(stack: Stack, watched: Watched, alarms: readonly Alarm[]): void {
  const { ingest, relay, uploads, failed } = watched;
  const count = (name: MetricName, label: string, period = HOUR) =>
    ours(stack, name, Stats.SUM, period).with({ label });
  const latency = (percentile: number) =>
    ours(stack, 'UploadToAlert', Stats.percentile(percentile), HOUR).with({
      label: `p${percentile}`,
    });

  new Dashboard(stack, 'Dashboard', { defaultInterval: DAY }).addWidgets(
    new TextWidget({
      width: 24,
      height: 2,
      markdown: `# ${stack.stackName}\nNews in, alerts out. What each alarm means and what to do: \`docs/runbook.md\`.`,
    }),
    new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: [...alarms] }),
    new SingleValueWidget({
      title: 'Last 24 hours',
      width: 24,
      height: 3,
      metrics: [
        count('Ingested', 'new articles', DAY),
        count('Duplicates', 'copies', DAY),
        count('Quarantined', 'no articles', DAY),
        count('AlertsSent', 'alerts sent', DAY),
        count('Suppressed', 'alerts suppressed', DAY),
        ours(stack, 'UploadToAlert', Stats.percentile(90), DAY).with({
          label: 'upload to alert, p90 ms',
        }),
      ],
    }),
    new GraphWidget({
      title: 'Uploads an hour',
      width: HALF,
      stacked: true,
      left: [
        count('Ingested', 'new articles'),
        count('Duplicates', 'copies'),
        count('Quarantined', 'no articles'),
        count('Ignored', 'ignored'),
      ],
    }),
    new GraphWidget({
      title: 'Alerts an hour, by topic',
      width: HALF,
      stacked: true,
      left: [byPart(stack, 'AlertsSent')],
    }),
    new GraphWidget({
      title: 'From upload to alert, ms',
      width: THIRD,
      left: [latency(50), latency(90), latency(99)],
    }),
    new GraphWidget({
      title: 'No articles, by reason',
      width: THIRD,
      stacked: true,
      left: [byPart(stack, 'Quarantined')],
    }),
    new GraphWidget({
      title: 'Waiting uploads, and the oldest (s)',
      width: THIRD,
      left: [uploads.metricApproximateNumberOfMessagesVisible({ period: MINUTE_5 })],
      right: [uploads.metricApproximateAgeOfOldestMessage({ period: MINUTE_5 })],
    }),
    new GraphWidget({
      title: 'Failed for good',
      width: THIRD,
      left: Object.entries(failed).map(([label, queue]) =>
        queue.metricApproximateNumberOfMessagesVisible({ label, period: MINUTE_5 }),
      ),
    }),
    new GraphWidget({
      title: 'Longest runs (ms)',
      width: THIRD,
      left: [ingest, relay].map((fn) =>
        fn.metricDuration({ statistic: Stats.MAXIMUM, period: MINUTE_5 }),
      ),
    }),
    new GraphWidget({
      title: 'Crashes and throttles',
      width: THIRD,
      left: [ingest, relay].flatMap((fn) => [
        fn.metricErrors({ period: MINUTE_5 }),
        fn.metricThrottles({ period: MINUTE_5 }),
      ]),
    }),
    new LogQueryWidget({
      title: 'Errors',
      width: 24,
      logGroupNames: [ingest, relay].map((fn) => fn.logGroup.logGroupName),
      queryLines: [
        'fields @timestamp, message, error.message',
        'filter level = "error"',
        'sort @timestamp desc',
        'limit 20',
      ],
    }),
  );
}

/** A line for each value of the metric's second dimension, also for those that nobody has thought of yet. */
function byPart(stack: Stack, name: 'AlertsSent' | 'Quarantined'): MathExpression {
  const search = `{${NAMESPACE},Stack,${METRICS[name].by}} MetricName="${name}" Stack="${stack.stackName}"`;
  const props: MathExpressionProps = {
    expression: `SEARCH('${search}', 'Sum', ${HOUR.toSeconds()})`,
    label: '',
    period: HOUR,
  };
  return new MathExpression(props);
}
