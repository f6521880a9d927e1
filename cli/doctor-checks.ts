import {
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { WATCHLIST_KEY } from '../shared/aws/s3-watchlist.ts';
import { openWatchlist } from '../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../shared/watchlist/compile.ts';
import { formatProblem } from '../shared/watchlist/problem.ts';
import { countOf, pendingOf } from './dlq.ts';
import type { Target } from './target.ts';
import { sourcesOf } from './watchlist-files.ts';

/** `ill`: something is broken. `odd`: it works, but perhaps not as somebody wishes. */
export interface Finding {
  readonly state: 'well' | 'odd' | 'ill';
  readonly says: string;
}

export type Check = (target: Target) => Promise<Finding>;

const well = (says: string): Finding => ({ state: 'well', says });
const odd = (says: string): Finding => ({ state: 'odd', says });
const ill = (says: string): Finding => ({ state: 'ill', says });

/** Every check but the probe, in the order of the way of an article. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'uploads are announced': notification,
  'the queue takes them': queuePolicy,
  'nothing failed for good': failedQueues,
  'the watchlist is valid': watchlist,
  'no alert is late': lateAlerts,
  'somebody is told': subscribers,
  'somebody hears the alarms': operator,
};

async function notification(target: Target): Promise<Finding> {
  const { QueueConfigurations = [] } = await new S3Client(target.client).send(
    new GetBucketNotificationConfigurationCommand({ Bucket: target.output('InboxBucket') }),
  );
  const name = target.output('UploadsQueue').split('/').at(-1) ?? '';
  const isWired = QueueConfigurations.some(({ QueueArn = '', Events = [], Filter }) => {
    const isAll = Events.includes('s3:ObjectCreated:*') && Filter === undefined;
    return isAll && QueueArn.endsWith(`:${name}`);
  });
  return isWired
    ? well('every new file of the bucket goes to the queue')
    : ill('the bucket does not announce its files to the queue: deploy again');
}

async function queuePolicy(target: Target): Promise<Finding> {
  const { Attributes } = await new SQSClient(target.client).send(
    new GetQueueAttributesCommand({
      QueueUrl: target.output('UploadsQueue'),
      AttributeNames: ['Policy'],
    }),
  );
  return Attributes?.['Policy']?.includes('s3.amazonaws.com')
    ? well('S3 may send to the queue')
    : ill('the queue does not let S3 in: deploy again');
}

async function failedQueues(target: Target): Promise<Finding> {
  const sqs = new SQSClient(target.client);
  const outputs = [
    'UploadsFailedQueue',
    'BackfillFailedQueue',
    'RelayFailedQueue',
    'UndeliveredQueue',
  ];
  const counts = await Promise.all(
    outputs.map(async (name) => ({ name, count: await countOf(sqs, target.output(name)) })),
  );
  const full = counts.filter(({ count }) => count > 0);
  if (full.length === 0) return well('the failed queues are empty');
  const list = full.map(({ name, count }) => `${count} in ${name}`).join(', ');
  return ill(`${list}: rasid dlq list`);
}

async function watchlist(target: Target): Promise<Finding> {
  const shipped = await sourcesOf([]);
  const own = await ownWatchlist(target);
  const sources = own === null ? shipped : [...shipped, { name: WATCHLIST_KEY, text: own }];
  const compiled = compileWatchlist(sources);
  if (compiled.kind === 'compiled') {
    const { version } = openWatchlist(compiled.artifact);
    return well(
      `${own === null ? 'the shipped one' : `${WATCHLIST_KEY} of the bucket`} is in force, version ${version}`,
    );
  }
  const [first] = compiled.problems;
  return ill(
    `${WATCHLIST_KEY} is invalid, the last good one stays in force: ${first ? formatProblem(first) : ''}`,
  );
}

async function ownWatchlist(target: Target): Promise<string | null> {
  try {
    const { Body } = await new S3Client(target.client).send(
      new GetObjectCommand({ Bucket: target.output('ConfigBucket'), Key: WATCHLIST_KEY }),
    );
    return (await Body?.transformToString('utf-8')) ?? '';
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

/** Younger ones are on their way; the sweep has those that are older than ten minutes. */
const LATE_MS = 15 * 60_000;

async function lateAlerts(target: Target): Promise<Finding> {
  const late = await pendingOf(target, new Date(Date.now() - LATE_MS));
  return late === 0
    ? well('none has waited a quarter of an hour')
    : ill(`${late} articles have alerts that wait: is the sweep running, does SNS answer?`);
}

async function subscribers(target: Target): Promise<Finding> {
  const { confirmed, pending } = await subscriptionsOf(target, target.output('AlertsTopic'));
  if (pending > 0) return odd(`${pending} have not confirmed yet: they get nothing until they do`);
  return confirmed > 0
    ? well(`${confirmed} subscriptions`)
    : odd('nobody is subscribed: rasid subscribe email you@example.org');
}

async function operator(target: Target): Promise<Finding> {
  const { confirmed, pending } = await subscriptionsOf(target, target.output('OperationsTopic'));
  if (confirmed > 0) return well(`${confirmed} subscriptions`);
  return pending > 0
    ? ill('the operator has not confirmed the subscription: look for the mail of AWS')
    : odd('nobody: set operatorEmail in cdk.json and deploy');
}

async function subscriptionsOf(target: Target, TopicArn: string) {
  const sns = new SNSClient(target.client);
  const count = { confirmed: 0, pending: 0 };
  let NextToken: string | undefined;
  do {
    const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
    for (const { SubscriptionArn } of page.Subscriptions ?? [])
      count[SubscriptionArn?.startsWith('arn:') ? 'confirmed' : 'pending'] += 1;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return count;
}
