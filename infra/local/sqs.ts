import { createHash, randomUUID } from 'node:crypto';
import { ACCOUNT, arn, nameIn } from './arn.ts';
import { AwsError } from './aws-error.ts';
import type { Message, MessageAttributes, Queue, Queues } from './queue.ts';
import { redriveOf } from './queue.ts';
import type { Time } from './time.ts';

/** The SQS API over the queues: one call, by its name, in SQS's JSON protocol; throws `AwsError`. */
export type Sqs = (operation: string, input: unknown, signal: AbortSignal) => Promise<object>;

/** SQS's own limits: entries of a batch and of a receive, bytes of a message or batch, seconds of a long poll. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;
const MAX_WAIT_SECONDS = 20;

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: MessageAttributes;
  readonly DelaySeconds?: number;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number;
}
interface Input extends Entry {
  readonly QueueUrl: string;
  readonly QueueName: string;
  readonly QueueNamePrefix?: string;
  readonly Attributes?: Record<string, string>;
  readonly AttributeNames?: readonly string[];
  readonly MaxNumberOfMessages?: number;
  readonly WaitTimeSeconds?: number;
  readonly Entries: readonly Entry[];
  readonly SourceArn: string;
  readonly DestinationArn?: string;
}

/** Serves the queues; `url` is where the host listens. */
export function sqsOver(queues: Queues, time: Time, url: () => string): Sqs {
  const moves: object[] = [];
  const urlOf = (queue: Queue) => `${url()}/${ACCOUNT}/${queue.name}`;

  function queueNamed(name: string): Queue {
    const queue = queues.named(name);
    if (queue === undefined) {
      throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
    }
    return queue;
  }

  const queueAt = (queueUrl: string | undefined) =>
    queueNamed(decodeURIComponent((queueUrl ?? '').slice((queueUrl ?? '').lastIndexOf('/') + 1)));

  function send(queue: Queue, entry: Entry) {
    checkBody(entry.MessageBody);
    const delay = entry.DelaySeconds ?? Number(queue.attributes['DelaySeconds']);
    const message = queue.send(entry.MessageBody, entry.MessageAttributes ?? {}, delay);
    return { MessageId: message.id, MD5OfMessageBody: md5(message.body) };
  }

  async function receive(input: Input, signal: AbortSignal) {
    const queue = queueAt(input.QueueUrl);
    const max = input.MaxNumberOfMessages ?? 1;
    const wait = input.WaitTimeSeconds ?? Number(queue.attributes['ReceiveMessageWaitTimeSeconds']);
    if (max < 1 || max > MAX_ENTRIES) throw outOfRange('MaxNumberOfMessages', 1, MAX_ENTRIES);
    if (wait < 0 || wait > MAX_WAIT_SECONDS) {
      throw outOfRange('WaitTimeSeconds', 0, MAX_WAIT_SECONDS);
    }
    const { VisibilityTimeout: seconds } = input;
    const hidden = seconds === undefined ? undefined : time.in(seconds);
    const messages = await queue.receive(max, time.in(wait), signal, hidden);
    return messages.length === 0 ? {} : { Messages: messages.map(received) };
  }

  /** Moves a failed queue's messages back at once: there is nothing here to wait for. */
  function moveBack({ SourceArn, DestinationArn }: Input) {
    const source = queueNamed(nameIn(SourceArn));
    const isFailedQueue = queues.all().some((q) => redriveOf(q.attributes)?.to === source.name);
    if (!isFailedQueue) {
      throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a DLQ.');
    }
    const messages = source.messages();
    const targets = messages.map((message) => {
      const name = DestinationArn === undefined ? message.from : nameIn(DestinationArn);
      return queueNamed(name ?? '');
    });
    messages.forEach((message, n) => {
      targets[n]?.send(message.body, message.attributes);
    });
    source.purge();
    const TaskHandle = randomUUID();
    moves.unshift({
      TaskHandle,
      Status: 'COMPLETED',
      SourceArn,
      ...(DestinationArn === undefined ? {} : { DestinationArn }),
      ApproximateNumberOfMessagesMoved: messages.length,
      ApproximateNumberOfMessagesToMove: messages.length,
      StartedTimestamp: time.now(),
    });
    return { TaskHandle };
  }

  return async (operation, given, signal) => {
    const input = given as Input;
    switch (operation) {
      case 'GetQueueUrl':
        return { QueueUrl: urlOf(queueNamed(input.QueueName)) };
      case 'ListQueues': {
        const start = input.QueueNamePrefix ?? '';
        return {
          QueueUrls: queues
            .all()
            .filter(({ name }) => name.startsWith(start))
            .map(urlOf),
        };
      }
      case 'GetQueueAttributes': {
        const all = attributesOf(queueAt(input.QueueUrl), time.now());
        const asked = input.AttributeNames ?? [];
        const isAsked = ([name]: [string, string]) => asked.includes('All') || asked.includes(name);
        return { Attributes: Object.fromEntries(Object.entries(all).filter(isAsked)) };
      }
      case 'SetQueueAttributes':
        Object.assign(queueAt(input.QueueUrl).attributes, input.Attributes);
        return {};
      case 'PurgeQueue':
        queueAt(input.QueueUrl).purge();
        return {};
      case 'SendMessage':
        return send(queueAt(input.QueueUrl), input);
      case 'SendMessageBatch': {
        const queue = queueAt(input.QueueUrl);
        checkEntries(input.Entries);
        const bytes = input.Entries.reduce((n, e) => n + Buffer.byteLength(e.MessageBody), 0);
        if (bytes > MAX_BYTES) {
          throw new AwsError(
            'BatchRequestTooLong',
            `Batch requests cannot be longer than ${MAX_BYTES} bytes. You have sent ${bytes} bytes.`,
          );
        }
        return answerEach(input.Entries, (entry) => send(queue, entry));
      }
      case 'ReceiveMessage':
        return receive(input, signal);
      case 'DeleteMessage':
        queueAt(input.QueueUrl).remove(input.ReceiptHandle);
        return {};
      case 'DeleteMessageBatch': {
        const queue = queueAt(input.QueueUrl);
        checkEntries(input.Entries);
        return answerEach(input.Entries, (entry) => {
          queue.remove(entry.ReceiptHandle);
          return {};
        });
      }
      case 'ChangeMessageVisibility':
        hide(queueAt(input.QueueUrl), input, time);
        return {};
      case 'ChangeMessageVisibilityBatch': {
        const queue = queueAt(input.QueueUrl);
        checkEntries(input.Entries);
        return answerEach(input.Entries, (entry) => hide(queue, entry, time));
      }
      case 'ListDeadLetterSourceQueues': {
        const { name } = queueAt(input.QueueUrl);
        const sources = queues.all().filter((q) => redriveOf(q.attributes)?.to === name);
        return { queueUrls: sources.map(urlOf) };
      }
      case 'StartMessageMoveTask':
        return moveBack(input);
      case 'ListMessageMoveTasks':
        return { Results: moves };
      default:
        throw new AwsError(
          'UnsupportedOperation',
          `the local host does not serve SQS ${operation}: queues come from the template`,
        );
    }
  };
}

/** The system attributes of a received message, as SQS and Lambda name them. */
export function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: ACCOUNT,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.from === undefined ? {} : { DeadLetterQueueSourceArn: arn('sqs', message.from) }),
  };
}

/** MD5 in hexadecimal, as SQS sends it along for the client to check. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function received(message: Message) {
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: systemAttributes(message),
    ...(Object.keys(message.attributes).length === 0
      ? {}
      : { MessageAttributes: message.attributes }),
  };
}

function attributesOf(queue: Queue, now: number): Record<string, string> {
  let visible = 0;
  let delayed = 0;
  const messages = queue.messages();
  for (const { visibleAt, receives } of messages) {
    if (visibleAt <= now) visible++;
    else if (receives === 0) delayed++;
  }
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(messages.length - visible - delayed),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}

function hide(queue: Queue, entry: Entry, time: Time): object {
  if (!queue.hide(entry.ReceiptHandle, time.in(entry.VisibilityTimeout ?? 0))) {
    throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.');
  }
  return {};
}

/** XML's characters only, at least one, at most 1 MiB. */
function checkBody(body: string | undefined): void {
  if (body === undefined || body === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (Buffer.byteLength(body) > MAX_BYTES) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BYTES} bytes.`,
    );
  }
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'The message contains characters outside the allowed set.',
    );
  }
}

function checkEntries(entries: readonly Entry[] | undefined): void {
  if (entries === undefined || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  }
}

/** A batch answers entry by entry. */
function answerEach(entries: readonly Entry[], act: (entry: Entry) => object) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function outOfRange(name: string, from: number, to: number): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value for parameter ${name} is invalid. Reason: Must be >= ${from} and <= ${to}, if provided.`,
  );
}
