import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription, type Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { needsQueue, readSubscriber } from '../shared/subscriber.ts';
import { acknowledge } from './house.ts';

/** Lets the topics leave in the queue what a subscriber did not take. */
export function keepUndelivered(queue: Queue, topics: readonly Topic[]): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(queue).account },
        ArnEquals: { 'aws:SourceArn': topics.map(({ topicArn }) => topicArn) },
      },
    }),
  );
}

/**
 * Subscribes those whom the settings name, each in one line as `rasid subscribe` takes it. A queue of somebody else's
 * must itself allow the topic to send.
 */
export function subscribe(topic: Topic, undelivered: Queue, lines: readonly string[]): void {
  for (const line of lines) {
    const { protocol, endpoint, filterPolicy } = readSubscriber(line);
    // Two filters for one endpoint are one subscription in SNS, so the endpoint alone is the name.
    const name = createHash('sha256').update(`${protocol} ${endpoint}`).digest('hex').slice(0, 8);
    const made = new CfnSubscription(topic, `To${name}`, {
      topicArn: topic.topicArn,
      protocol,
      endpoint,
      ...(Object.keys(filterPolicy).length > 0
        ? { filterPolicy, filterPolicyScope: 'MessageAttributes' }
        : {}),
      ...(needsQueue(protocol)
        ? { redrivePolicy: { deadLetterTargetArn: undelivered.queueArn } }
        : {}),
    });
    if (!needsQueue(protocol))
      acknowledge(
        made,
        ['Serverless-SNSRedrivePolicy'],
        'SNS tries e-mail and SMS for six hours, and the alert stays in the table.',
      );
    if (protocol === 'lambda')
      new CfnPermission(Stack.of(topic), `Call${name}`, {
        action: 'lambda:InvokeFunction',
        functionName: endpoint,
        principal: 'sns.amazonaws.com',
        sourceArn: topic.topicArn,
      });
  }
}
