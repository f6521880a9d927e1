import { SNSClient } from '@aws-sdk/client-sns';
import {
  type Subscription,
  type Subscriptions,
  snsSubscriptions,
} from '../shared/aws/sns-subscriptions.ts';
import {
  checkEndpoint,
  FILTER_OPTIONS,
  filterPolicyOf,
  type Protocol,
  type Subscriber,
  SubscriberError,
} from '../shared/subscriber.ts';
import { withTarget } from './ask.ts';
import { command } from './command.ts';
import { type Io, UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';
import { paint, safe } from './terminal.ts';

const COMMON = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  digest: { type: 'boolean', default: false },
} as const;

const SUBSCRIBE_HELP = `rasid subscribe PROTOCOL TARGET [FILTERS]: who is told, and of what.

  rasid subscribe email you@example.org --topic weapons-request --lang ar
  rasid subscribe email you@example.org --actor haftar --status asserted --severity high
  rasid subscribe sms +4915112345678 --severity critical
  rasid subscribe https https://example.org/alerts --source bbc.com,reuters.com
  rasid subscribe sqs arn:aws:sqs:eu-central-1:123456789012:alerts --topic visit
  rasid subscribe lambda arn:aws:lambda:eu-central-1:123456789012:function:alerts
  rasid subscribe email you@example.org --digest       the summary instead of each alert
  rasid subscribe confirm 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=...'

  --topic, --actor, --lang, --source, --status
                       only these; again or with commas for several of one kind
  --severity S         low, notice, high or critical: this and graver
                       (SNS compares at most five of these in one subscription, and 150 combinations)
  --digest             the topic of the digests, when the settings turn them on
${TARGET_HELP}
A target that is subscribed already gets the new filter. An alert that takes back or raises what somebody was told goes
to him too, whatever its own status, language or source.
`;

const AFTER: Readonly<Record<Protocol, (target: string, topicArn: string) => string>> = {
  email:
    () => `AWS has sent an e-mail; nothing comes before its link is confirmed. Whoever clicks it can also be unsubscribed
by anybody who gets a forwarded alert. Better: copy the link's address and run

  npx rasid subscribe confirm 'THE LINK'

so that only this account can unsubscribe it.
`,
  sms: () => `The account must be out of the SMS sandbox, or the number verified in it.
`,
  https:
    () => `AWS has sent a SubscriptionConfirmation to the endpoint: it must fetch its SubscribeURL, or run
npx rasid subscribe confirm TOKEN. What it does not take waits in the queue Undelivered.
`,
  sqs: (
    target,
    topicArn,
  ) => `The queue must allow the topic to send. Its policy needs this statement:

  ${JSON.stringify({
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: target,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  })}
`,
  lambda: (target, topicArn) => `The function must allow the topic to call it:

  aws lambda add-permission --function-name ${target} --statement-id rasid --action lambda:InvokeFunction \\
    --principal sns.amazonaws.com --source-arn ${topicArn}
`,
};

const OPTIONS = { ...COMMON, ...FILTER_OPTIONS } as const;

/** Subscribes somebody, changes what he gets, or confirms. */
export const subscribeCommand = command(SUBSCRIBE_HELP, OPTIONS, 'words', async (said, io) => {
  const { values, positionals } = said;
  const [protocol, endpoint, ...more] = positionals;
  if (protocol === undefined)
    throw new UsageError('how, and to where? Such as: email you@example.org');
  if (more.length > 0) throw new UsageError(`what is ${more.join(' ')}?`);
  if (protocol === 'confirm') return confirm(endpoint, values, io);
  const subscriber = subscriberOf(protocol, endpoint, values);
  return withTarget(values, async (target) => {
    const { topicArn, subscriptions } = subscriptionsOf(target, values.digest);
    const outcome = await subscriptions.add(subscriber);
    if (values.json) {
      io.stdout.write(`${JSON.stringify({ ...subscriber, topicArn, outcome })}\n`);
      return 0;
    }
    const wants = describeFilter(subscriber.filterPolicy);
    const done = { added: 'subscribed', confirm: 'asked to confirm', changed: 'changed' }[outcome];
    io.stdout.write(
      `${paint.green(done)} ${safe(subscriber.endpoint)} on ${target.name}: ${wants}\n`,
    );
    if (outcome !== 'changed' && target.isLocal)
      io.stdout.write(
        `\nNothing leaves this machine: what it would get is written to ${values.state}/outbox/.\n`,
      );
    else if (outcome !== 'changed')
      io.stdout.write(`\n${AFTER[subscriber.protocol](subscriber.endpoint, topicArn)}`);
    return 0;
  });
});

function subscriberOf(
  protocol: string,
  endpoint: string | undefined,
  filters: Parameters<typeof filterPolicyOf>[0] & { digest: boolean },
): Subscriber {
  try {
    checkEndpoint(protocol, endpoint);
    const { digest, ...wanted } = filters;
    const filterPolicy = filterPolicyOf(wanted);
    if (digest && Object.keys(filterPolicy).length > 0)
      throw new SubscriberError('a digest sums everything up: it takes no filter');
    return { protocol: protocol as Protocol, endpoint: endpoint as string, filterPolicy };
  } catch (error) {
    if (error instanceof SubscriberError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function subscriptionsOf(target: Target, isDigest: boolean) {
  if (isDigest && !target.has('DigestsTopic'))
    throw new UsageError(
      'digests are off: set "digest" to "hourly" or "daily" in cdk.json, and deploy (here: start again)',
    );
  const topicArn = target.output(isDigest ? 'DigestsTopic' : 'AlertsTopic');
  const sns = new SNSClient(target.client);
  const subscriptions = snsSubscriptions(sns, topicArn, target.output('UndeliveredQueueArn'));
  return { topicArn, subscriptions };
}

async function confirm(
  link: string | undefined,
  values: Parameters<typeof withTarget>[0] & { digest: boolean; json: boolean },
  io: Io,
): Promise<number> {
  if (link === undefined) throw new UsageError("confirm wants the e-mail's link, or its token");
  const said = URL.canParse(link) ? new URL(link).searchParams : null;
  const token = said === null ? link : said.get('Token');
  if (token === null) throw new UsageError('that link has no Token: copy all of it, in quotes');
  return withTarget(values, async (target) => {
    // A link says itself which of the two topics it is for; a bare token does not.
    const topicArn = said?.get('TopicArn') ?? null;
    const isDigest = topicArn === null ? values.digest : topicArn !== target.output('AlertsTopic');
    const isDone = await subscriptionsOf(target, isDigest).subscriptions.confirm(token);
    if (values.json) io.stdout.write(`${JSON.stringify({ confirmed: isDone })}\n`);
    else if (isDone) io.stdout.write('confirmed; only this account can unsubscribe it\n');
    else io.stderr.write('SNS does not know that token: links last three days; subscribe again\n');
    return isDone ? 0 : 1;
  });
}

const describeFilter = (policy: Subscriber['filterPolicy']) =>
  Object.entries(policy)
    .map(([name, values]) => `${name} ${values.join(' or ')}`)
    .join(', ') || 'everything';

const LIST_HELP = `rasid subscriptions: who is told, and of what.

  rasid subscriptions
  rasid subscriptions --digest --json

${TARGET_HELP}`;

/** Lists who is subscribed. */
export const subscriptionsCommand = command(LIST_HELP, COMMON, 'no words', async (said, io) => {
  const { values } = said;
  return withTarget(values, async (target) => {
    const all = await subscriptionsOf(target, values.digest).subscriptions.list();
    if (values.json) io.stdout.write(`${JSON.stringify({ subscriptions: all })}\n`);
    else io.stdout.write(all.map(lineOf).join('') || `nobody is subscribed on ${target.name}\n`);
    return 0;
  });
});

function lineOf({ protocol, endpoint, arn, filterPolicy, isGuarded }: Subscription): string {
  const state =
    arn === null ? paint.yellow('waits for its confirmation') : describeFilter(filterPolicy ?? {});
  const open =
    arn !== null && protocol === 'email' && !isGuarded
      ? paint.dim(' (anybody with one of its e-mails can unsubscribe it)')
      : '';
  return `${protocol.padEnd(7)}${safe(endpoint)}: ${state}${open}\n`;
}

const UNSUBSCRIBE_HELP = `rasid unsubscribe TARGET: it is told no more.

  rasid unsubscribe you@example.org
  rasid unsubscribe +4915112345678 --digest

${TARGET_HELP}
Exit code 1: it is not subscribed, or not confirmed yet (such a request ends by itself after three days).
`;

/** Ends every subscription of a target. */
export const unsubscribeCommand = command(UNSUBSCRIBE_HELP, COMMON, 'words', async (said, io) => {
  const { values, positionals } = said;
  const [endpoint, ...more] = positionals;
  if (endpoint === undefined || more.length > 0) throw new UsageError('whom? Give one address');
  return withTarget(values, async (target) => {
    const { subscriptions } = subscriptionsOf(target, values.digest);
    const removed = await removeAll(subscriptions, endpoint);
    if (values.json) io.stdout.write(`${JSON.stringify({ removed })}\n`);
    else if (removed > 0) io.stdout.write(`unsubscribed ${safe(endpoint)} on ${target.name}\n`);
    else io.stderr.write(`${endpoint} is not subscribed on ${target.name}, or not confirmed yet\n`);
    return removed > 0 ? 0 : 1;
  });
});

async function removeAll(subscriptions: Subscriptions, endpoint: string): Promise<number> {
  let removed = 0;
  for (const one of await subscriptions.list()) {
    if (one.endpoint !== endpoint || one.arn === null) continue;
    await subscriptions.remove(one.arn);
    removed += 1;
  }
  return removed;
}
