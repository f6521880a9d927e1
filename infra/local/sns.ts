import { randomUUID } from 'node:crypto';
import { ACCOUNT } from './arn.ts';
import { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http.ts';
import type { PublishedAttribute } from './published.ts';
import type { Publication, Subscription, Topics } from './topics.ts';
import { element } from './xml.ts';

/** The SNS API in its Query protocol: one call, by its `Action`; throws `AwsError`. */
export type Sns = (action: string, query: URLSearchParams) => Promise<HttpAnswer>;

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** Serves the topics. */
export function snsOver(topics: Topics): Sns {
  async function answer(action: string, query: URLSearchParams): Promise<string> {
    const get = (name: string) => query.get(name) ?? '';
    switch (action) {
      case 'Publish': {
        const id = await topics.publish(
          query.get('TopicArn') ?? get('TargetArn'),
          publication(query, ''),
        );
        return element('MessageId', id);
      }
      case 'PublishBatch':
        return publishBatch(topics, query);
      case 'Subscribe': {
        const given = entries(query, 'Attributes');
        const one = topics.subscribe(get('TopicArn'), get('Protocol'), get('Endpoint'), given);
        const isHidden = one.token !== null && get('ReturnSubscriptionArn') !== 'true';
        return element('SubscriptionArn', isHidden ? 'pending confirmation' : one.arn);
      }
      case 'ConfirmSubscription': {
        const once = get('AuthenticateOnUnsubscribe') === 'true';
        return element('SubscriptionArn', topics.confirm(get('TopicArn'), get('Token'), once).arn);
      }
      case 'Unsubscribe':
        topics.unsubscribe(get('SubscriptionArn'));
        return '';
      case 'ListTopics': {
        const members = topics
          .topics()
          .map((arn) => `<member>${element('TopicArn', arn)}</member>`);
        return `<Topics>${members.join('')}</Topics>`;
      }
      case 'ListSubscriptions':
        return listing(topics.subscriptions());
      case 'ListSubscriptionsByTopic':
        return listing(topics.subscriptions(get('TopicArn')));
      case 'GetTopicAttributes': {
        const ours = topics.subscriptions(get('TopicArn'));
        const pending = ours.filter(({ token }) => token !== null).length;
        return attributeMap({
          TopicArn: get('TopicArn'),
          Owner: ACCOUNT,
          SubscriptionsConfirmed: String(ours.length - pending),
          SubscriptionsPending: String(pending),
        });
      }
      case 'GetSubscriptionAttributes':
        return attributeMap(subscriptionAttributes(topics.subscription(get('SubscriptionArn'))));
      case 'SetSubscriptionAttributes':
        topics.setAttribute(get('SubscriptionArn'), get('AttributeName'), get('AttributeValue'));
        return '';
      default:
        throw new AwsError(
          'InvalidAction',
          `the local host does not serve SNS ${action}: topics come from the template`,
        );
    }
  }

  return async (action, query) => {
    const inside = await answer(action, query);
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${inside}</${action}Result><ResponseMetadata>${element('RequestId', randomUUID())}</ResponseMetadata></${action}Response>`,
    };
  };
}

async function publishBatch(topics: Topics, query: URLSearchParams): Promise<string> {
  const done: string[] = [];
  const failed: string[] = [];
  for (let n = 1; query.has(`PublishBatchRequestEntries.member.${n}.Id`); n++) {
    const prefix = `PublishBatchRequestEntries.member.${n}.`;
    const id = element('Id', query.get(`${prefix}Id`));
    try {
      const given = publication(query, prefix);
      const messageId = await topics.publish(query.get('TopicArn') ?? '', given);
      done.push(`<member>${id}${element('MessageId', messageId)}</member>`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const told = element('Code', error.code) + element('Message', error.message);
      failed.push(`<member>${id}${told}${element('SenderFault', true)}</member>`);
    }
  }
  if (done.length + failed.length > 10) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'At most 10 entries are allowed.');
  }
  return `<Successful>${done.join('')}</Successful><Failed>${failed.join('')}</Failed>`;
}

function publication(query: URLSearchParams, prefix: string): Publication {
  const get = (name: string) => query.get(prefix + name);
  const attributes: Record<string, PublishedAttribute> = {};
  for (let n = 1; ; n++) {
    const at = `${prefix}MessageAttributes.entry.${n}.`;
    const name = query.get(`${at}Name`);
    if (name === null) break;
    attributes[name] = {
      type: query.get(`${at}Value.DataType`) ?? '',
      value: query.get(`${at}Value.StringValue`) ?? query.get(`${at}Value.BinaryValue`) ?? '',
    };
  }
  return {
    message: get('Message') ?? '',
    subject: get('Subject'),
    isByProtocol: get('MessageStructure') === 'json',
    attributes,
  };
}

/** `Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true` */
function entries(query: URLSearchParams, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (let n = 1; query.has(`${name}.entry.${n}.key`); n++) {
    found[query.get(`${name}.entry.${n}.key`) ?? ''] = query.get(`${name}.entry.${n}.value`) ?? '';
  }
  return found;
}

function listing(subscriptions: readonly Subscription[]): string {
  const members = subscriptions.map(
    (one) =>
      `<member>${element('SubscriptionArn', one.token === null ? one.arn : 'PendingConfirmation')}${element('Owner', ACCOUNT)}${element('Protocol', one.protocol)}${element('Endpoint', one.endpoint)}${element('TopicArn', one.topicArn)}</member>`,
  );
  return `<Subscriptions>${members.join('')}</Subscriptions>`;
}

function attributeMap(attributes: Readonly<Record<string, string>>): string {
  const items = Object.entries(attributes).map(
    ([name, value]) => `<entry>${element('key', name)}${element('value', value)}</entry>`,
  );
  return `<Attributes>${items.join('')}</Attributes>`;
}

function subscriptionAttributes(one: Subscription): Record<string, string> {
  return {
    ...one.attributes,
    SubscriptionArn: one.arn,
    TopicArn: one.topicArn,
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    Owner: ACCOUNT,
    PendingConfirmation: String(one.token !== null),
    ConfirmationWasAuthenticated: String(one.isUnsubscribeGuarded),
  };
}
