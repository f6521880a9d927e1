import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameIn } from './arn.ts';
import type { Lambda } from './lambda.ts';
import type { PublishedMessage } from './published.ts';
import type { Queues } from './queue.ts';
import type { Time } from './time.ts';
import type { Postman, Subscription } from './topics.ts';

/** Where the postman works. */
export interface PostmanOptions {
  /** Where the host listens, for the links. */
  readonly url: () => string;
  readonly queues: Queues;
  readonly lambda: Lambda;
  /** A folder for mails and text messages, one file each; null keeps none. */
  readonly outboxDir: string | null;
  readonly time: Time;
}

/** SNS tries an HTTP endpoint three times at once, then less and less often for an hour; here these waits. */
const HTTP_RETRY_SECONDS = [0, 0, 1, 10, 60];

/** SNS gives an endpoint 15 seconds to answer. */
const HTTP_TIMEOUT_MS = 15_000;

/** Brings messages to subscribers; `busy` counts the deliveries over HTTP that are under way. */
export function openPostman(options: PostmanOptions): Postman & { busy(): number; stop(): void } {
  const { url, queues, lambda, time } = options;
  const stopping = new AbortController();
  let posting = 0;

  function notification(one: Subscription, message: PublishedMessage, text: string) {
    const attributes = Object.entries(message.attributes).map(([name, { type, value }]) => [
      name,
      { Type: type, Value: value },
    ]);
    return {
      Type: 'Notification',
      MessageId: message.messageId,
      TopicArn: message.topicArn,
      ...(message.subject === null ? {} : { Subject: message.subject }),
      Message: text,
      Timestamp: message.publishedAt,
      SignatureVersion: '1',
      Signature: 'LOCAL',
      SigningCertURL: `${url()}/signing-is-not-served.pem`,
      UnsubscribeURL: link('Unsubscribe', { SubscriptionArn: one.arn }),
      ...(attributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(attributes) }),
    };
  }

  function link(action: string, parameters: Readonly<Record<string, string>>): string {
    return `${url()}/?${new URLSearchParams({ Action: action, ...parameters })}`;
  }

  /** What cannot be delivered goes to the subscription's own failed queue, if it has one. */
  function giveUp(one: Subscription, body: string): void {
    const policy = one.attributes['RedrivePolicy'];
    if (policy === undefined) return;
    const { deadLetterTargetArn } = JSON.parse(policy) as { deadLetterTargetArn: string };
    queues.named(nameIn(deadLetterTargetArn))?.send(body);
  }

  function toQueue(one: Subscription, message: PublishedMessage, text: string): void {
    const isRaw = one.attributes['RawMessageDelivery'] === 'true';
    const body = isRaw ? text : JSON.stringify(notification(one, message, text));
    const attributes = Object.entries(message.attributes).map(([name, { type, value }]) => [
      name,
      { DataType: type, [type.startsWith('Binary') ? 'BinaryValue' : 'StringValue']: value },
    ]);
    const queue = queues.named(nameIn(one.endpoint));
    if (queue === undefined) giveUp(one, body);
    else queue.send(body, isRaw ? Object.fromEntries(attributes) : {});
  }

  function toFunction(one: Subscription, message: PublishedMessage, text: string): void {
    const { MessageAttributes = {}, ...sns } = notification(one, message, text);
    const event = {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: one.arn,
      Sns: { ...sns, Subject: message.subject, MessageAttributes },
    };
    lambda.runLater(one.endpoint, { Records: [event] });
  }

  async function post(one: Subscription, type: string, body: string): Promise<void> {
    const isRaw = type === 'Notification' && one.attributes['RawMessageDelivery'] === 'true';
    posting++;
    try {
      for (const seconds of HTTP_RETRY_SECONDS) {
        await time.until(time.in(seconds), stopping.signal);
        if (stopping.signal.aborted) return;
        if (await isTaken(one, type, body, isRaw)) return;
      }
      giveUp(one, body);
    } finally {
      posting--;
    }
  }

  async function isTaken(one: Subscription, type: string, body: string, isRaw: boolean) {
    const headers = {
      'content-type': 'text/plain; charset=UTF-8',
      'x-amz-sns-message-type': type,
      'x-amz-sns-message-id': randomUUID(),
      'x-amz-sns-topic-arn': one.topicArn,
      'x-amz-sns-subscription-arn': one.arn,
      ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    };
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(HTTP_TIMEOUT_MS)]);
    try {
      const answer = await fetch(one.endpoint, {
        method: 'POST',
        headers,
        body,
        signal,
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch (error) {
      // What fetch throws when it finds nobody there, or when the time is over.
      if (['TypeError', 'TimeoutError', 'AbortError'].includes((error as Error).name)) return false;
      throw error;
    }
  }

  function write(one: Subscription, subject: string, text: string, footer: string): void {
    if (options.outboxDir === null) return;
    mkdirSync(options.outboxDir, { recursive: true });
    const at = new Date(time.now()).toISOString();
    const to = one.endpoint.replace(/[^\w@.+-]/g, '_');
    const file = `${at.replace(/[:.]/g, '-')} ${to} ${randomUUID().slice(0, 8)}.txt`;
    const head = `To: ${one.endpoint}\nDate: ${at}\nSubject: ${subject}\n\n`;
    writeFileSync(join(options.outboxDir, file), `${head}${text}\n${footer}`);
  }

  return {
    deliver(one, message, text) {
      switch (one.protocol) {
        case 'sqs':
          return toQueue(one, message, text);
        case 'lambda':
          return toFunction(one, message, text);
        case 'http':
        case 'https': {
          const isRaw = one.attributes['RawMessageDelivery'] === 'true';
          const body = isRaw ? text : JSON.stringify(notification(one, message, text));
          void post(one, 'Notification', body);
          return;
        }
        case 'sms':
          return write(one, 'SMS', text, '');
        default: {
          const isJson = one.protocol === 'email-json';
          const body = isJson ? JSON.stringify(notification(one, message, text), null, 2) : text;
          const footer = `\n--\nTo stop these mails: ${link('Unsubscribe', { SubscriptionArn: one.arn })}\n`;
          return write(one, message.subject ?? 'AWS Notification Message', body, footer);
        }
      }
    },
    askToConfirm(one) {
      const token = one.token ?? '';
      const SubscribeURL = link('ConfirmSubscription', { TopicArn: one.topicArn, Token: token });
      if (one.protocol.startsWith('email')) {
        const text = `You have chosen to subscribe to the topic ${one.topicArn}.\nTo confirm, open this link:\n\n${SubscribeURL}`;
        return write(one, 'AWS Notification - Subscription Confirmation', text, '');
      }
      const body = {
        Type: 'SubscriptionConfirmation',
        MessageId: randomUUID(),
        Token: token,
        TopicArn: one.topicArn,
        Message: `You have chosen to subscribe to the topic ${one.topicArn}. To confirm, visit the SubscribeURL.`,
        SubscribeURL,
        Timestamp: new Date(time.now()).toISOString(),
        SignatureVersion: '1',
        Signature: 'LOCAL',
        SigningCertURL: `${url()}/signing-is-not-served.pem`,
      };
      void post(one, 'SubscriptionConfirmation', JSON.stringify(body));
    },
    busy: () => posting,
    stop: () => stopping.abort(),
  };
}
