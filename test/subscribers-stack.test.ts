import { readSettings } from '../infra/settings.ts';
import { DEV, type Synthesized, synthesizeStack } from './synth.ts';

const LINES = [
  'email desk@example.org --topic weapons-request --lang ar',
  'sqs arn:aws:sqs:eu-central-1:123456789012:alerts',
  'lambda arn:aws:lambda:eu-central-1:123456789012:function:alerts --severity critical',
];

let stack: Synthesized;
beforeAll(async () => {
  stack = await synthesizeStack({ ...DEV, subscribers: LINES, digest: 'daily' });
});

const subscriptions = () =>
  Object.values(stack.ofType('AWS::SNS::Subscription')).map(({ Properties }) => Properties);
const to = (protocol: string) => subscriptions().find(({ Protocol }) => Protocol === protocol);

test('those whom the settings name are subscribed, each with his filter', () => {
  const desk = subscriptions().find(({ FilterPolicy }) => FilterPolicy?.topic);
  expect(desk).toMatchObject({
    Protocol: 'email',
    Endpoint: 'desk@example.org',
    FilterPolicy: { topic: ['weapons-request'], lang: ['ar'] },
    FilterPolicyScope: 'MessageAttributes',
  });
  expect(desk.RedrivePolicy).toBeUndefined();
});

test.each(['sqs', 'lambda'])('what %s does not take is kept', (protocol) => {
  const undelivered = stack.idOf('AWS::SQS::Queue', 'Undelivered');
  expect(to(protocol)?.RedrivePolicy).toEqual({
    deadLetterTargetArn: { 'Fn::GetAtt': [undelivered, 'Arn'] },
  });
});

test('a function that is subscribed may be called by the topic', () => {
  expect(Object.values(stack.ofType('AWS::Lambda::Permission'))).toMatchObject([
    {
      Properties: {
        Principal: 'sns.amazonaws.com',
        FunctionName: expect.stringMatching(/^arn:aws:lambda/),
      },
    },
  ]);
});

test('the digest has a topic and a role of its own, and may read the outbox and nothing else', () => {
  const digests = stack.idOf('AWS::SNS::Topic', 'Digests');
  expect(stack.outputs['DigestsTopic']?.Value).toEqual({ Ref: digests });
  const policies = Object.entries(stack.ofType('AWS::IAM::Policy')).filter(([id]) =>
    id.startsWith('DigestRole'),
  );
  const actions = policies.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(
      ({ Action }: { Action: string | string[] }) => Action,
    ),
  );
  expect(actions.filter((action) => !action.startsWith('logs:')).sort()).toEqual([
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'sns:Publish',
  ]);
});

describe('settings', () => {
  const node = (context: Record<string, unknown>) => ({
    tryGetContext: (key: string) => context[key],
  });

  test('-c alertLanguage and -c subscribers go before cdk.json', () => {
    const settings = readSettings(
      node({
        rasid: { alertLanguage: 'en', subscribers: [LINES[1]] },
        alertLanguage: 'ar',
        subscribers: `${LINES[0]}; sms +4915112345678`,
      }),
    );
    expect(settings).toMatchObject({
      alertLanguage: 'ar',
      subscribers: [LINES[0], 'sms +4915112345678'],
    });
  });

  test('a subscriber that SNS would refuse is refused before the deployment, with the reason', () => {
    expect(() => readSettings(node({ subscribers: 'email desk --topic visit' }))).toThrow(
      /"subscribers", "email desk --topic visit": email wants something like you@example.org/,
    );
    expect(() => readSettings(node({ rasid: { digest: 'weekly' } }))).toThrow(
      /"digest" is "weekly"/,
    );
  });
});
