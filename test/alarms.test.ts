import { readFileSync } from 'node:fs';
import { METRICS, NAMESPACE } from '../shared/metrics.ts';
import { DEV, type Resource, type Synthesized, synthesizeStack } from './synth.ts';

let dev: Synthesized;
beforeAll(async () => {
  dev = await synthesizeStack(DEV);
});

const all = (type: string) => Object.values(dev.ofType(type));
/** The logical id that `Ref` or `Fn::GetAtt` names. */
const target = (value: unknown): string =>
  /"([A-Z]\w+[0-9A-F]{8})"/.exec(JSON.stringify(value))?.[1] ?? '';

describe('somebody is told when it fails', () => {
  const RUNBOOK = readFileSync(new URL('../docs/runbook.md', import.meta.url), 'utf8');
  const alarms = () => dev.ofType('AWS::CloudWatch::Alarm');
  /** The construct id: the logical id without its hash. */
  const names = () =>
    Object.keys(alarms())
      .map((id) => id.slice(0, -8))
      .sort();
  const metricsOf = ({ Properties }: Resource) =>
    Properties.Metrics?.flatMap(
      (m: { MetricStat?: { Metric: object } }) => m.MetricStat?.Metric ?? [],
    ) ?? [Properties];

  test('every alarm reaches the operations topic when it begins and when it ends, and CloudWatch may publish there', () => {
    for (const { Properties } of Object.values(alarms())) {
      expect(Properties.AlarmActions).toEqual([{ Ref: 'Operations993AC38D' }]);
      expect(Properties.OKActions).toEqual([{ Ref: 'Operations993AC38D' }]);
    }
    const policy = dev.resources[dev.idOf('AWS::SNS::TopicPolicy', 'OperationsPolicy')] as Resource;
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
      }),
    );
  });

  test('the operator is subscribed to the operations topic', () => {
    expect(all('AWS::SNS::Subscription').map(({ Properties }) => Properties)).toContainEqual({
      Protocol: 'email',
      Endpoint: 'desk@example.org',
      TopicArn: { Ref: 'Operations993AC38D' },
    });
  });

  test('every failed queue has an alarm, and so has every function for errors, throttles and time', () => {
    const watched = Object.values(alarms())
      .flatMap(metricsOf)
      .map(({ MetricName, Dimensions }) => `${MetricName} ${target(Dimensions?.[0]?.Value)}`);
    const failed = Object.keys(dev.ofType('AWS::SQS::Queue')).filter((id) => id.includes('Failed'));
    for (const id of failed) expect(watched).toContain(`ApproximateNumberOfMessagesVisible ${id}`);
    for (const id of Object.keys(dev.ofType('AWS::Lambda::Function')))
      for (const metric of ['Errors', 'Throttles', 'Duration'])
        expect(watched).toContain(`${metric} ${id}`);
  });

  test('the runbook has one entry an alarm, and each alarm links to its own', () => {
    const entries = [...RUNBOOK.matchAll(/^### (\w+Alarm)$/gm)].map(([, name]) => name);
    expect(entries.sort()).toEqual(names());
    for (const [id, { Properties }] of Object.entries(alarms()))
      expect(Properties.AlarmDescription).toContain(
        `docs/runbook.md#${id.slice(0, -8).toLowerCase()}`,
      );
  });

  test('every entry of the runbook says what it means, how to look, and how to mend it, with a command', () => {
    for (const entry of RUNBOOK.split(/^### /m).slice(1)) {
      expect(entry).toMatch(/\*\*Means\.\*\*/);
      expect(entry).toMatch(/\*\*Look\.\*\*/);
      expect(entry).toMatch(/\*\*Mend\.\*\*/);
      expect(entry).toMatch(/```sh\n/);
    }
  });

  test('every metric of ours that an alarm looks at is one that the code emits, under this stack', () => {
    const own = Object.values(alarms())
      .flatMap(metricsOf)
      .filter(({ Namespace }) => Namespace === NAMESPACE);
    expect(own.length).toBeGreaterThan(4);
    for (const { MetricName, Dimensions } of own) {
      expect(Object.keys(METRICS)).toContain(MetricName);
      expect(Dimensions).toEqual([{ Name: 'Stack', Value: 'Rasid-news-dev' }]);
    }
  });

  test('silence and a dead sweep are bad news: hearing nothing counts as an alarm there, and nowhere else', () => {
    const breaching = Object.entries(alarms()).filter(
      ([, { Properties }]) => Properties.TreatMissingData === 'breaching',
    );
    expect(breaching.map(([id]) => id.slice(0, -8)).sort()).toEqual(['SilenceAlarm', 'SweepAlarm']);
  });

  test('where silence is usual, there is no alarm for it', async () => {
    const quiet = await synthesizeStack({ ...DEV, silenceHours: null });
    expect(
      Object.keys(quiet.ofType('AWS::CloudWatch::Alarm')).some((id) => id.startsWith('Silence')),
    ).toBe(false);
  });

  test('the dashboard is valid JSON without text of ours that CloudWatch would refuse', () => {
    const [board] = all('AWS::CloudWatch::Dashboard') as [Resource];
    const [separator, parts] = board.Properties.DashboardBody['Fn::Join'];
    const body = JSON.parse(
      parts.map((part: unknown) => (typeof part === 'string' ? part : 'x')).join(separator),
    );
    expect(body.widgets.length).toBeGreaterThan(8);
  });
});
