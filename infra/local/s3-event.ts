import { createHash } from 'node:crypto';
import { REGION } from './arn.ts';
import type { BucketEvent } from './s3-store.ts';
import { element } from './xml.ts';

/** A destination of a bucket's events, from the template's `NotificationConfiguration`. */
export interface Notification {
  readonly id: string;
  readonly destinationArn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

interface Configuration {
  readonly Event: string;
  readonly Filter?: { readonly S3Key?: { readonly Rules?: readonly Rule[] } };
  readonly Queue?: string;
  readonly Topic?: string;
  readonly Function?: string;
}
interface Rule {
  readonly Name: string;
  readonly Value: string;
}

/** The destinations in an `AWS::S3::Bucket`'s `NotificationConfiguration`; refuses EventBridge, which is not served. */
export function notificationsOf(configuration: unknown): Notification[] {
  const { EventBridgeConfiguration: bridge, ...lists } = (configuration ?? {}) as Record<
    string,
    readonly Configuration[]
  >;
  if (bridge !== undefined)
    throw new Error('the local host does not serve S3 events to EventBridge');
  return Object.values(lists)
    .flat()
    .map((one) => {
      const rules = one.Filter?.S3Key?.Rules ?? [];
      const rule = (name: string) => rules.find((r) => r.Name.toLowerCase() === name)?.Value ?? '';
      return {
        id: createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 32),
        destinationArn: one.Queue ?? one.Topic ?? one.Function ?? '',
        events: [one.Event],
        prefix: rule('prefix'),
        suffix: rule('suffix'),
      };
    });
}

const KIND_OF: Readonly<Record<string, readonly [list: string, destination: string]>> = {
  sqs: ['QueueConfiguration', 'Queue'],
  sns: ['TopicConfiguration', 'Topic'],
  lambda: ['CloudFunctionConfiguration', 'CloudFunction'],
};

/** What GetBucketNotificationConfiguration answers. */
export function notificationXml(notifications: readonly Notification[]): string {
  const lists = notifications.map(({ id, destinationArn, events, prefix, suffix }) => {
    const [list = '', destination = ''] = KIND_OF[destinationArn.split(':')[2] ?? ''] ?? [];
    const rules = Object.entries({ prefix, suffix })
      .filter(([, value]) => value !== '')
      .map(
        ([name, value]) =>
          `<FilterRule>${element('Name', name)}${element('Value', value)}</FilterRule>`,
      )
      .join('');
    const filter = rules === '' ? '' : `<Filter><S3Key>${rules}</S3Key></Filter>`;
    const what = events.map((event) => element('Event', event)).join('');
    return `<${list}>${element('Id', id)}${element(destination, destinationArn)}${what}${filter}</${list}>`;
  });
  return `<NotificationConfiguration>${lists.join('')}</NotificationConfiguration>`;
}

/** Whether a destination wants an event: `s3:ObjectCreated:*` takes all of its kind. */
export function isWanted({ events, prefix, suffix }: Notification, event: BucketEvent): boolean {
  const { key } = event.version;
  const isNamed = (pattern: string) =>
    pattern.endsWith('*')
      ? `s3:${event.name}`.startsWith(pattern.slice(0, -1))
      : `s3:${event.name}` === pattern;
  return events.some(isNamed) && key.startsWith(prefix) && key.endsWith(suffix);
}

/** The message that S3 sends, with the key form-encoded as S3 does it: a space is `+`, Arabic is `%D8...`. */
export function eventMessage(event: BucketEvent, configurationId: string): object {
  const { version, bucket, name } = event;
  const isRemoval = name.startsWith('ObjectRemoved:');
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: REGION,
        eventTime: new Date(version.at).toISOString(),
        eventName: name,
        userIdentity: { principalId: 'AWS:LOCAL' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': version.sequencer, 'x-amz-id-2': 'local' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId,
          bucket: {
            name: bucket,
            ownerIdentity: { principalId: 'LOCAL' },
            arn: `arn:aws:s3:::${bucket}`,
          },
          object: {
            key: formEncode(version.key),
            ...(isRemoval ? {} : { size: version.size }),
            ...(version.etag === '' ? {} : { eTag: version.etag }),
            ...(version.versionId === 'null' ? {} : { versionId: version.versionId }),
            sequencer: version.sequencer,
          },
        },
      },
    ],
  };
}

/** What S3 sends once, when the destination is set up; it has no `Records`. */
export function testEvent(bucket: string, now: number): object {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(now).toISOString(),
    Bucket: bucket,
    RequestId: 'LOCAL',
    HostId: 'local',
  };
}

/** A key as S3 encodes it in events and in listings with `encoding-type=url`. */
export function formEncode(key: string): string {
  return encodeURIComponent(key)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
