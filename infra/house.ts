import { Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** As long as SQS keeps a message: time to notice and to mend. */
const RETENTION = Duration.days(14);

/** A private, versioned bucket that is only spoken to over TLS. */
export function bucket(scope: Construct, id: string, removalPolicy: RemovalPolicy): Bucket {
  const made = new Bucket(scope, id, {
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // Only what nobody can read any more: the article's text stays in S3 by version.
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy,
  });
  acknowledge(
    made,
    ['AwsSolutions-S1'],
    'Access logs would cost more than the pipeline; where an audit asks for them, CloudTrail data events say the same.',
  );
  return made;
}

/** A queue, and where its failures end after five tries. */
export function queue(
  scope: Construct,
  id: string,
  consumerTimeout: Duration,
): { readonly queue: Queue; readonly failed: Queue } {
  const failed = deadLetters(scope, `${id}Failed`);
  const made = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(consumerTimeout.toSeconds() * 6),
    retentionPeriod: RETENTION,
    deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
  });
  return { queue: made, failed };
}

export function deadLetters(scope: Construct, id: string): Queue {
  const made = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: RETENTION,
  });
  acknowledge(
    made,
    ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    'It is where failures end; an alarm tells a person, who mends and redrives.',
  );
  return made;
}

export function topic(scope: Construct, id: string): Topic {
  return new Topic(scope, id, { enforceSSL: true });
}

/**
 * Lets CloudWatch's alarms publish. A topic without a policy would let them by its default; ours has a policy of its own
 * (TLS only), which replaces the default, and alarms would fall silent without a trace.
 */
export function admitAlarms(operations: Topic): void {
  operations.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [operations.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(operations).account } },
    }),
  );
}

/**
 * Every created object of the bucket becomes a message, by the bucket's own property: CDK's helper would deploy a
 * Python function with a wildcard policy for it. The bucket must come after the queue's policy, or S3 refuses it.
 */
export function notify(inbox: Bucket, uploads: Queue): void {
  uploads.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [uploads.queueArn],
      // The account, not the bucket's ARN: that would be a circle.
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(inbox).account } },
    }),
  );
  const resource = inbox.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = {
    queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: uploads.queueArn }],
  };
  const policy = uploads.node.findChild('Policy').node.defaultChild;
  if (policy) inbox.node.addDependency(policy);
}

/** Hands the queue's messages to the function, ten at a time; only those that failed come back. */
export function poll(consumer: Lambda, id: string, from: Queue, maxConcurrency: number): void {
  const mapping = new EventSourceMapping(consumer, id, {
    target: consumer,
    eventSourceArn: from.queueArn,
    batchSize: 10,
    maxConcurrency,
    reportBatchItemFailures: true,
  });
  acknowledge(
    mapping,
    ['Serverless-LambdaEventSourceMappingDestination'],
    'A mapping of a queue can have none: the queue itself has a failed queue.',
  );
}

/** Invokes the function with `input` on a schedule. */
export function every(
  scope: Construct,
  id: string,
  rate: string,
  target: Lambda,
  input: object,
): void {
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(allow(['lambda:InvokeFunction'], [target.functionArn]));
  new CfnSchedule(scope, id, {
    scheduleExpression: rate,
    flexibleTimeWindow: { mode: 'OFF' },
    target: { arn: target.functionArn, roleArn: role.roleArn, input: JSON.stringify(input) },
  });
}

/** Says why a finding of the built-in checks is meant to be so. */
export function acknowledge(construct: Construct, ids: readonly string[], reason: string): void {
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}

export function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

export function consume(...queues: Queue[]): PolicyStatement {
  return allow(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    queues.map(({ queueArn }) => queueArn),
  );
}
