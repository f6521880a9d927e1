import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { objectsIn } from '../shared/notice.ts';
import { withTarget } from './ask.ts';
import { command } from './command.ts';
import { type Io, UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { safe } from './terminal.ts';

const HELP = `rasid dlq: messages that failed for good, and once more.

  rasid dlq list --stack Rasid-news-dev
  rasid dlq list --queue backfill --local
  rasid dlq redrive --queue uploads --stack Rasid-news-dev

  --queue Q            uploads, backfill, relay or undelivered (list: all of them unless told)
  --json               for programs
${TARGET_HELP}
redrive sends uploads back to the queue they came from; what was stored already is found as known. The relay's messages
only say which stretch of the stream failed: they are thrown away, once no alert is waiting any more. Undelivered holds
what a subscriber's endpoint did not take: SNS sends nothing twice, so mend the endpoint, hand it what it missed, and
redrive throws these away too.
`;

/** Queue by what people call it: the output that names its failed queue. */
const FAILED = {
  uploads: 'UploadsFailedQueue',
  backfill: 'BackfillFailedQueue',
  relay: 'RelayFailedQueue',
  undelivered: 'UndeliveredQueue',
} as const;
/** Where its messages came from. */
const CAME_FROM = { uploads: 'UploadsQueue', backfill: 'BackfillQueue' } as const;
type QueueName = keyof typeof FAILED;

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  queue: { type: 'string' },
} as const;

/** Lists and redrives what is in the failed queues. */
export const dlqCommand = command(HELP, OPTIONS, 'words', async ({ values, positionals }, io) => {
  const [action, ...more] = positionals;
  if ((action !== 'list' && action !== 'redrive') || more.length > 0)
    throw new UsageError('say list or redrive');
  const { queue } = values;
  if (queue !== undefined && !isQueue(queue))
    throw new UsageError(`--queue ${queue}: there are ${Object.keys(FAILED).join(', ')}`);
  if (action === 'redrive' && queue === undefined) throw new UsageError('redrive which --queue?');
  if (action === 'redrive') wantTarget(values, 'it sends messages again');

  return withTarget(values, async (target) => {
    if (action === 'redrive') {
      io.stderr.write(`On ${target.name}\n`);
      return redrive(target, queue as QueueName, io, values.json);
    }
    const names = queue === undefined ? (Object.keys(FAILED) as QueueName[]) : [queue];
    for (const name of names) await list(target, name, io, values.json);
    return 0;
  });
});

const isQueue = (name: string): name is QueueName => Object.hasOwn(FAILED, name);

/** Long enough to read a hundred messages, short enough that a redrive right after finds them all. */
const PEEK_SECONDS = 10;
/** What a person can take in; the count says how many there are. */
const MOST = 100;

async function list(target: Target, name: QueueName, io: Io, json: boolean): Promise<void> {
  const sqs = new SQSClient(target.client);
  const QueueUrl = target.output(FAILED[name]);
  const count = await countOf(sqs, QueueUrl);
  if (!json) io.stdout.write(`${name}: ${count === 0 ? 'nothing failed' : `${count} failed`}\n`);
  for await (const message of peek(sqs, QueueUrl)) {
    const sentAt = new Date(Number(message.Attributes?.SentTimestamp ?? 0)).toISOString();
    const keys = keysOf(name, message);
    if (json) io.stdout.write(`${JSON.stringify({ queue: name, sentAt, keys })}\n`);
    else io.stdout.write(`  ${sentAt.slice(0, 19)}  ${keys.map(safe).join(', ')}\n`);
  }
}

/** Each message once: one that is seen a second time was hidden for too short a time, and so all have been seen. */
async function* peek(sqs: SQSClient, QueueUrl: string): AsyncGenerator<Message> {
  const seen = new Set<string | undefined>();
  while (seen.size < MOST) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: PEEK_SECONDS,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    const fresh = Messages.filter(({ MessageId }) => !seen.has(MessageId));
    if (fresh.length === 0) return;
    yield* fresh;
    for (const { MessageId } of fresh) seen.add(MessageId);
  }
}

/** What SNS had for a subscriber: an alert's id, or the confirmation that it asks for. Raw deliveries have no envelope. */
function untaken(body: string): string {
  const { Type, Message, ...raw } = JSON.parse(body);
  if (Type === 'SubscriptionConfirmation') return 'a confirmation that an endpoint did not take';
  const { alertId, type } = Message === undefined ? raw : JSON.parse(Message);
  return alertId ?? type;
}

/** What a message speaks of: files, or a stretch of the stream. One that cannot be read is shown as it is. */
function keysOf(name: QueueName, { Body = '' }: Message): string[] {
  if (name === 'relay') {
    const { requestContext, DDBStreamBatchInfo } = JSON.parse(Body);
    return [`${DDBStreamBatchInfo?.batchSize} articles, ${requestContext?.condition}`];
  }
  if (name === 'undelivered') return [untaken(Body)];
  try {
    return objectsIn(Body).map(({ key }) => key);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof URIError)
      return [`no upload notice: ${Body.slice(0, 200)}`];
    throw error;
  }
}

async function redrive(target: Target, name: QueueName, io: Io, json: boolean): Promise<number> {
  const sqs = new SQSClient(target.client);
  const QueueUrl = target.output(FAILED[name]);
  const count = await countOf(sqs, QueueUrl);
  if (name === 'relay' || name === 'undelivered') {
    const waiting = name === 'relay' ? await pendingOf(target) : 0;
    if (waiting > 0) {
      io.stderr.write(
        `${waiting} articles have alerts waiting; the sweep sends them within ten minutes. Once none is waiting, this queue can be emptied.\n`,
      );
      return 1;
    }
    if (count > 0) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  } else if (count > 0)
    await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: await arnOf(sqs, QueueUrl),
        DestinationArn: await arnOf(sqs, target.output(CAME_FROM[name])),
      }),
    );
  await target.idle();
  if (json) io.stdout.write(`${JSON.stringify({ queue: name, redriven: count })}\n`);
  else
    io.stdout.write(
      `${count} messages ${name === 'uploads' || name === 'backfill' ? 'on their way back' : 'thrown away'}\n`,
    );
  return 0;
}

/** How many articles have alerts that wait. */
export async function pendingOf(target: Target, before = new Date()): Promise<number> {
  const outbox = dynamodbOutbox(new DynamoDBClient(target.client), target.output('ArticlesTable'));
  let waiting = 0;
  for await (const _ of outbox.overdue(before)) waiting += 1;
  return waiting;
}

/** About how many messages a queue holds. */
export async function countOf(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

async function arnOf(sqs: SQSClient, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.['QueueArn'];
}
