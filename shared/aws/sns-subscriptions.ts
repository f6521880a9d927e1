import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { type FilterPolicy, needsQueue, type Subscriber } from '../subscriber.ts';

/** Somebody who is subscribed to a topic. */
export interface Subscription {
  /** Null until it is confirmed. */
  readonly arn: string | null;
  readonly protocol: string;
  readonly endpoint: string;
  /** Null while SNS does not tell, before the confirmation. */
  readonly filterPolicy: FilterPolicy | null;
  /** Whether only the account's own credentials can unsubscribe it, so that a forwarded e-mail cannot. */
  readonly isGuarded: boolean;
}

export interface Subscriptions {
  /** Subscribes, or gives the subscription of this endpoint another filter. */
  add(subscriber: Subscriber): Promise<'added' | 'changed' | 'confirm'>;
  list(): Promise<Subscription[]>;
  /** @returns false when the token is not, or no longer, one of SNS. */
  confirm(token: string): Promise<boolean>;
  remove(arn: string): Promise<void>;
}

/** The subscriptions of a topic. @param undeliveredArn the queue for what an endpoint does not take. */
export function snsSubscriptions(
  sns: SNSClient,
  topicArn: string,
  undeliveredArn: string,
): Subscriptions {
  async function list(): Promise<Subscription[]> {
    const found: Subscription[] = [];
    let next: string | undefined;
    do {
      const { Subscriptions = [], NextToken } = await sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next }),
      );
      for (const { SubscriptionArn = '', Protocol = '', Endpoint = '' } of Subscriptions) {
        const arn = SubscriptionArn.startsWith('arn:') ? SubscriptionArn : null;
        const attributes = arn === null ? null : await attributesOf(arn);
        found.push({
          arn,
          protocol: Protocol,
          endpoint: Endpoint,
          filterPolicy: attributes && JSON.parse(attributes['FilterPolicy'] ?? '{}'),
          isGuarded: attributes?.['ConfirmationWasAuthenticated'] === 'true',
        });
      }
      next = NextToken;
    } while (next !== undefined);
    return found;
  }

  /** Null when somebody unsubscribed it meanwhile. */
  async function attributesOf(arn: string): Promise<Record<string, string> | null> {
    try {
      const { Attributes } = await sns.send(
        new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }),
      );
      return Attributes ?? null;
    } catch (error) {
      if (error instanceof NotFoundException) return null;
      throw error;
    }
  }

  async function set(arn: string, attributes: Record<string, string>): Promise<void> {
    for (const [AttributeName, AttributeValue] of Object.entries(attributes))
      await sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: arn,
          AttributeName,
          AttributeValue,
        }),
      );
  }

  return {
    list,
    async add({ protocol, endpoint, filterPolicy }) {
      const isFiltered = Object.keys(filterPolicy).length > 0;
      const attributes: Record<string, string> = {
        ...(needsQueue(protocol)
          ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: undeliveredArn }) }
          : {}),
        ...(isFiltered
          ? { FilterPolicyScope: 'MessageAttributes', FilterPolicy: JSON.stringify(filterPolicy) }
          : {}),
      };
      const known = (await list()).find(
        (one) => one.protocol === protocol && one.endpoint === endpoint,
      );
      if (known?.arn) {
        // An empty policy takes the filter away.
        await set(known.arn, { ...attributes, ...(isFiltered ? {} : { FilterPolicy: '{}' }) });
        return 'changed';
      }
      const { SubscriptionArn = '' } = await sns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: protocol,
          Endpoint: endpoint,
          Attributes: attributes,
        }),
      );
      return SubscriptionArn.startsWith('arn:') ? 'added' : 'confirm';
    },
    async confirm(token) {
      try {
        await sns.send(
          new ConfirmSubscriptionCommand({
            TopicArn: topicArn,
            Token: token,
            AuthenticateOnUnsubscribe: 'true',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof InvalidParameterException || error instanceof NotFoundException)
          return false;
        throw error;
      }
    },
    async remove(arn) {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    },
  };
}
