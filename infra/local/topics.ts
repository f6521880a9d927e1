import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { checkFilterPolicy } from './filter-policy.ts';
import { openJournal } from './journal.ts';
import {
  checkPublication,
  type PublishedAttributes,
  type PublishedMessage,
  passesFilter,
  textsOf,
} from './published.ts';
import type { Time } from './time.ts';

/** Somebody who gets a topic's messages. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** As the API names them: `FilterPolicy`, `RawMessageDelivery` ... */
  readonly attributes: Readonly<Record<string, string>>;
  /** What confirms it; null once it is confirmed, or where nobody has to. */
  readonly token: string | null;
  /** Whether the link in a mail no longer unsubscribes. */
  readonly isUnsubscribeGuarded: boolean;
}

/** A message on its way in. */
export interface Publication {
  readonly message: string;
  readonly subject: string | null;
  /** `MessageStructure: json`. */
  readonly isByProtocol: boolean;
  readonly attributes: PublishedAttributes;
}

/** Sends things to subscribers. */
export interface Postman {
  deliver(subscription: Subscription, message: PublishedMessage, text: string): void;
  /** Asks a new subscriber to confirm. */
  askToConfirm(subscription: Subscription): void;
}

/** All topics of the host. */
export interface Topics {
  create(arn: string, label: string): void;
  topics(): readonly string[];
  publish(topicArn: string, publication: Publication): Promise<string>;
  /** Subscribes; the same endpoint twice is one subscription, as in SNS. `arn` keeps a template's one over restarts. */
  subscribe(
    topicArn: string,
    protocol: string,
    endpoint: string,
    attributes: Readonly<Record<string, string>>,
    arn?: string,
  ): Subscription;
  confirm(topicArn: string, token: string, isUnsubscribeGuarded: boolean): Subscription;
  unsubscribe(arn: string): void;
  subscription(arn: string): Subscription;
  subscriptions(topicArn?: string): readonly Subscription[];
  setAttribute(arn: string, name: string, value: string): void;
  /** What was published since the start. */
  outbox(): readonly PublishedMessage[];
  close(): void;
}

/** Whoever answers at these must first say that they want to. */
const CONFIRMING = ['email', 'email-json', 'http', 'https'];
const PROTOCOLS = [...CONFIRMING, 'sms', 'sqs', 'lambda'];

/** Attributes of a subscription that SNS lets one set. */
const SETTABLE = [
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'DeliveryPolicy',
];

type Entry = { readonly subscribed: Subscription } | { readonly unsubscribed: string };

/** Opens the topics; a null `file` keeps subscriptions in memory. */
export function openTopics(
  file: string | null,
  postman: Postman,
  onMessage: (message: PublishedMessage) => void,
  time: Time,
): Topics {
  const labels = new Map<string, string>();
  const subscriptions = new Map<string, Subscription>();
  const published: PublishedMessage[] = [];
  const journal = openJournal<Entry>(
    file,
    (entry) => {
      if ('subscribed' in entry) subscriptions.set(entry.subscribed.arn, entry.subscribed);
      else subscriptions.delete(entry.unsubscribed);
    },
    function* () {
      for (const subscribed of subscriptions.values()) yield { subscribed };
    },
  );

  function keep(subscription: Subscription): Subscription {
    subscriptions.set(subscription.arn, subscription);
    journal.append({ subscribed: subscription });
    return subscription;
  }

  function checkTopic(topicArn: string): void {
    if (!labels.has(topicArn)) throw new AwsError('NotFound', 'Topic does not exist', 404);
  }

  function find(arn: string): Subscription {
    const found = subscriptions.get(arn);
    if (found === undefined) throw new AwsError('NotFound', 'Subscription does not exist', 404);
    return found;
  }

  const ofTopic = (topicArn: string) =>
    [...subscriptions.values()].filter((one) => one.topicArn === topicArn);

  return {
    create: (arn, label) => labels.set(arn, label),
    topics: () => [...labels.keys()],
    async publish(topicArn, { message, subject, isByProtocol, attributes }) {
      checkTopic(topicArn);
      checkPublication(message, subject, attributes);
      const byProtocol = textsOf(message, isByProtocol);
      const sent: PublishedMessage = {
        messageId: randomUUID(),
        topicArn,
        topic: labels.get(topicArn) ?? topicArn,
        subject,
        message: byProtocol['default'] ?? '',
        byProtocol,
        attributes,
        publishedAt: new Date(time.now()).toISOString(),
      };
      published.push(sent);
      for (const one of ofTopic(topicArn)) {
        const text = byProtocol[one.protocol] ?? sent.message;
        const policy = one.attributes['FilterPolicy'];
        const scope = one.attributes['FilterPolicyScope'];
        const isWanted =
          policy === undefined || passesFilter(JSON.parse(policy), scope, text, attributes);
        if (one.token === null && isWanted) postman.deliver(one, sent, text);
      }
      onMessage(sent);
      return sent.messageId;
    },
    subscribe(topicArn, protocol, endpoint, attributes, arn = `${topicArn}:${randomUUID()}`) {
      checkTopic(topicArn);
      if (!PROTOCOLS.includes(protocol)) {
        throw new AwsError('InvalidParameter', `Invalid parameter: Does not support ${protocol}`);
      }
      for (const [name, value] of Object.entries(attributes))
        checkAttribute(name, value, attributes);
      const known =
        subscriptions.get(arn) ??
        ofTopic(topicArn).find((one) => one.protocol === protocol && one.endpoint === endpoint);
      if (known?.endpoint === endpoint) return keep({ ...known, attributes });
      const token = CONFIRMING.includes(protocol) ? randomBytes(32).toString('hex') : null;
      const made = { arn, topicArn, protocol, endpoint, attributes, token };
      const subscription = keep({ ...made, isUnsubscribeGuarded: token === null });
      if (token !== null) postman.askToConfirm(subscription);
      return subscription;
    },
    confirm(topicArn, token, isUnsubscribeGuarded) {
      const waiting = ofTopic(topicArn).find((one) => one.token === token && token !== '');
      if (waiting === undefined) {
        throw new AwsError('InvalidParameter', 'Invalid parameter: Token');
      }
      return keep({ ...waiting, token: null, isUnsubscribeGuarded });
    },
    unsubscribe(arn) {
      if (subscriptions.delete(arn)) journal.append({ unsubscribed: arn });
    },
    subscription: find,
    subscriptions: (topicArn) => {
      if (topicArn === undefined) return [...subscriptions.values()];
      checkTopic(topicArn);
      return ofTopic(topicArn);
    },
    setAttribute(arn, name, value) {
      const found = find(arn);
      const { [name]: _, ...others } = found.attributes;
      const attributes = value === '' || value === '{}' ? others : { ...others, [name]: value };
      if (name in attributes) checkAttribute(name, value, attributes);
      keep({ ...found, attributes });
    },
    outbox: () => published,
    close: () => journal.close(),
  };
}

function checkAttribute(name: string, value: string, all: Readonly<Record<string, string>>): void {
  if (!SETTABLE.includes(name)) {
    throw new AwsError('InvalidParameter', `Invalid parameter: AttributeName ${name}`);
  }
  if (name === 'FilterPolicy') checkFilterPolicy(value, all['FilterPolicyScope']);
}
