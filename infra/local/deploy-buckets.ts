import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameIn } from './arn.ts';
import type { Services } from './deploy.ts';
import type { Created } from './resource-types.ts';
import {
  eventMessage,
  isWanted,
  type Notification,
  notificationsOf,
  testEvent,
} from './s3-event.ts';

/** What the host reads of an `AWS::S3::Bucket`. */
export interface BucketProperties {
  readonly VersioningConfiguration?: { readonly Status: string };
  readonly NotificationConfiguration?: unknown;
}

/** Creates the buckets and begins to send their events. */
export function connectBuckets(
  buckets: readonly Created<BucketProperties>[],
  { queues, topics, store, lambda, time }: Services,
  stateDir: string | null,
): void {
  const notifications = new Map<string, readonly Notification[]>();
  for (const { name, properties } of buckets) {
    const list = notificationsOf(properties.NotificationConfiguration);
    store.create(name, properties.VersioningConfiguration?.Status === 'Enabled', list);
    notifications.set(name, list);
  }

  function send(destinationArn: string, event: object): void {
    const body = JSON.stringify(event);
    const service = destinationArn.split(':')[2];
    if (service === 'sqs') {
      const queue = queues.named(nameIn(destinationArn));
      if (queue === undefined) throw new Error(`there is no queue ${destinationArn} to notify`);
      queue.send(body);
    } else if (service === 'lambda') lambda.runLater(destinationArn, event);
    else {
      const subject = 'Amazon S3 Notification';
      void topics.publish(destinationArn, {
        message: body,
        subject,
        isByProtocol: false,
        attributes: {},
      });
    }
  }

  // S3 sends its test event when a configuration is set, not at every start.
  const file = stateDir === null ? null : join(stateDir, 's3', 'notifications.json');
  const last: Record<string, unknown> =
    file !== null && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const [bucket, list] of notifications) {
    if (JSON.stringify(last[bucket]) === JSON.stringify(list)) continue;
    for (const one of list) send(one.destinationArn, testEvent(bucket, time.now()));
  }
  if (file !== null) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(notifications)));
  }
  store.listen((event) => {
    for (const one of notifications.get(event.bucket) ?? []) {
      if (isWanted(one, event)) send(one.destinationArn, eventMessage(event, one.id));
    }
  });
}
