import { randomUUID } from 'node:crypto';
import { arn } from './arn.ts';
import type { FaultInjector } from './fault.ts';
import { openJournal } from './journal.ts';
import { type Bell, bellOn, type Time } from './time.ts';

/** An attribute of a message, in SQS's shape. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64, as it comes over the wire. */
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as it lies in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  /** The queue that gave it up, if this one is its failed queue. */
  readonly from?: string;
  receives: number;
  firstReceivedAt?: number;
  visibleAt: number;
  /** The receipt handle of the last receive. */
  handle?: string;
}

/** Attributes as the API names them, all strings. */
export type QueueAttributes = Record<string, string>;

/** A standard queue: at least once, in no order that anybody may rely on. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly attributes: QueueAttributes;
  readonly bell: Bell;
  send(body: string, attributes?: MessageAttributes, delaySeconds?: number, from?: string): Message;
  /** Takes up to `max` visible messages out of sight, for the queue's time unless told; waits for the first. */
  receive(
    max: number,
    waitUntil: number,
    signal?: AbortSignal,
    hiddenUntil?: number,
  ): Promise<Message[]>;
  /** Forgets the message of a receipt handle; an old handle is no error. */
  remove(handle: string): void;
  /** Keeps a message out of sight until then; false if the handle is not of a message in flight. */
  hide(handle: string, until: number): boolean;
  purge(): void;
  messages(): readonly Message[];
  /** Whether nothing is left to deliver, in flight or not. */
  isEmpty(): boolean;
}

/** All queues of the host. */
export interface Queues {
  /** The queue of this name, made if there is none; messages of an earlier run are in it. */
  create(name: string, attributes: QueueAttributes): Queue;
  named(name: string): Queue | undefined;
  all(): readonly Queue[];
  close(): void;
}

/** What SQS takes where the template says nothing. */
const DEFAULTS: QueueAttributes = {
  VisibilityTimeout: '30',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  MaximumMessageSize: '1048576',
};

type Entry =
  | { readonly queue: string; readonly sent: Message }
  | { readonly queue: string; readonly received: string; readonly times: number }
  | { readonly queue: string; readonly gone: string }
  | { readonly queue: string; readonly moved: string; readonly to: string };

/**
 * Opens the queues; a null `file` keeps them in memory. Visibility is not kept: after a restart whatever was in flight
 * is visible at once, since whoever held it is gone.
 */
export function openQueues(file: string | null, time: Time, order: FaultInjector['order']): Queues {
  const lying = new Map<string, Map<string, Message>>();
  const queues = new Map<string, Queue>();
  const messagesOf = (name: string) => {
    const messages = lying.get(name) ?? new Map<string, Message>();
    lying.set(name, messages);
    return messages;
  };

  const journal = openJournal<Entry>(
    file,
    (entry) => {
      const messages = messagesOf(entry.queue);
      if ('sent' in entry) messages.set(entry.sent.id, { ...entry.sent });
      else if ('gone' in entry) messages.delete(entry.gone);
      else if ('moved' in entry) {
        const message = messages.get(entry.moved);
        messages.delete(entry.moved);
        if (message) messagesOf(entry.to).set(message.id, moved(message, entry.queue));
      } else {
        const message = messages.get(entry.received);
        if (message) Object.assign(message, { receives: entry.times, visibleAt: 0 });
      }
    },
    function* () {
      for (const [queue, messages] of lying) {
        for (const { handle: _, ...message } of messages.values()) {
          const visibleAt = message.receives > 0 ? 0 : message.visibleAt;
          yield { queue, sent: { ...message, visibleAt } };
        }
      }
    },
  );

  function open(name: string, attributes: QueueAttributes): Queue {
    const messages = messagesOf(name);
    const bell = bellOn(time);
    const drop = (id: string) => {
      if (messages.delete(id)) journal.append({ queue: name, gone: id });
    };
    /** Copies that were ordered on top; SQS may deliver a message again although it was deleted. */
    const copies: Message[] = [];
    const byHandle = (handle: string) => {
      for (const message of messages.values()) if (message.handle === handle) return message;
      return undefined;
    };

    function take(max: number, hiddenUntil: number): Message[] {
      const taken = copies.splice(0, max);
      const isTaken = new Set<string>();
      const found = visible(order === undefined ? max - taken.length : Number.POSITIVE_INFINITY);
      for (const id of order?.(name, [...found.keys()]) ?? found.keys()) {
        const message = found.get(id);
        if (message === undefined) continue;
        if (isTaken.has(id)) copies.push({ ...message, handle: randomUUID() });
        else if (taken.length < max) {
          isTaken.add(id);
          taken.push(receive(message, hiddenUntil));
        }
      }
      return taken;
    }

    function receive(message: Message, hiddenUntil: number): Message {
      message.receives++;
      message.firstReceivedAt ??= time.now();
      message.handle = randomUUID();
      message.visibleAt = hiddenUntil;
      journal.append({ queue: name, received: message.id, times: message.receives });
      return { ...message };
    }

    /** Up to `enough` visible messages; expired and hopeless ones are dealt with on the way. */
    function visible(enough: number): Map<string, Message> {
      const now = time.now();
      const oldest = now - Number(attributes['MessageRetentionPeriod']) * 1000;
      const redrive = redriveOf(attributes);
      const found = new Map<string, Message>();
      for (const message of messages.values()) {
        if (found.size >= enough) break;
        if (message.sentAt < oldest) drop(message.id);
        else if (message.visibleAt > now) continue;
        else if (redrive !== null && message.receives >= redrive.max) giveUp(message, redrive.to);
        else found.set(message.id, message);
      }
      return found;
    }

    function giveUp(message: Message, to: string) {
      messages.delete(message.id);
      journal.append({ queue: name, moved: message.id, to });
      messagesOf(to).set(message.id, moved(message, name));
      queues.get(to)?.bell.ring();
    }

    return {
      name,
      arn: arn('sqs', name),
      attributes,
      bell,
      send(body, messageAttributes = {}, delay = Number(attributes['DelaySeconds']), from) {
        const message: Message = {
          id: randomUUID(),
          body,
          attributes: messageAttributes,
          sentAt: time.now(),
          receives: 0,
          visibleAt: delay === 0 ? 0 : time.in(delay),
          ...(from === undefined ? {} : { from }),
        };
        messages.set(message.id, message);
        journal.append({ queue: name, sent: message });
        bell.ring();
        return message;
      },
      async receive(max, waitUntil, signal, hiddenUntil) {
        for (;;) {
          const usual = time.in(Number(attributes['VisibilityTimeout']));
          const taken = take(max, hiddenUntil ?? usual);
          const isOver = time.now() >= waitUntil || signal?.aborted === true;
          if (taken.length > 0 || isOver) return taken;
          const next = [...messages.values()].reduce(
            (soonest, { visibleAt }) => Math.min(soonest, visibleAt),
            waitUntil,
          );
          // A message kept back by `order` is visible already: look again, but not in a tight loop.
          await bell.heard(Math.max(next, time.now() + 20), signal);
        }
      },
      remove(handle) {
        const message = byHandle(handle);
        if (message) drop(message.id);
      },
      hide(handle, until) {
        const message = byHandle(handle);
        if (message === undefined) return false;
        message.visibleAt = until;
        bell.ring();
        return true;
      },
      purge() {
        for (const id of [...messages.keys()]) drop(id);
      },
      messages: () => [...messages.values()],
      isEmpty: () => messages.size + copies.length === 0,
    };
  }

  return {
    create(name, attributes) {
      const queue = queues.get(name) ?? open(name, { ...DEFAULTS, ...attributes });
      queues.set(name, queue);
      return queue;
    },
    named: (name) => queues.get(name),
    all: () => [...queues.values()],
    close: () => journal.close(),
  };
}

/** The failed queue and the number of receives before it, from the queue's `RedrivePolicy`. */
export function redriveOf(attributes: QueueAttributes): { max: number; to: string } | null {
  const policy = attributes['RedrivePolicy'];
  if (policy === undefined || policy === '') return null;
  const { maxReceiveCount, deadLetterTargetArn } = JSON.parse(policy) as Record<string, string>;
  return {
    max: Number(maxReceiveCount),
    to: deadLetterTargetArn?.slice(deadLetterTargetArn.lastIndexOf(':') + 1) ?? '',
  };
}

/** A message in its failed queue: visible, and its receives count on, as SQS has it. */
function moved({ handle: _, ...message }: Message, from: string): Message {
  return { ...message, from, visibleAt: 0 };
}
