import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { AlertedKind, ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { Target } from '../target.ts';
import { type ConsoleApi, QUEUES, type QueueName } from './api.ts';
import type { QuarantineReader } from './quarantine-reader.ts';
import type { InForce } from './watchlist-in-force.ts';

/** More than this many are "very many" to a person. */
const MOST_COUNTED = 200;
/** A screen of quarantined files; `rasid quarantine` lists them all. */
const FILES = 50;
const MONTH_MS = 31 * 86_400_000;

interface HealthPorts {
  readonly target: Pick<Target, 'output'>;
  readonly sqs: SQSClient;
  readonly archive: ArchiveReader;
  readonly quarantine: QuarantineReader;
  readonly inForce: () => Promise<InForce>;
  readonly now: () => Date;
}

/** What an operator looks at first. */
export function healthDesk(ports: HealthPorts): Pick<ConsoleApi, 'health'> {
  const { target, sqs, archive, quarantine, inForce, now } = ports;
  const lately = () => ({
    since: new Date(now().getTime() - MONTH_MS),
    until: new Date(now().getTime() + 1),
  });

  async function depth(name: QueueName) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: target.output(name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      name,
      waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    };
  }

  async function count(kind: AlertedKind): Promise<number> {
    let counted = 0;
    for await (const { alerts } of archive.alerted(lately(), [kind])) {
      counted += alerts.filter(({ state }) => state === kind).length;
      if (counted >= MOST_COUNTED) break;
    }
    return counted;
  }

  async function lastSeenAt(): Promise<string | null> {
    for await (const { seenAt } of archive.entries(lately())) return seenAt;
    return null;
  }

  return {
    async health() {
      const { watchlist, tag, isBroken } = await inForce();
      return {
        queues: await Promise.all(QUEUES.map(depth)),
        pending: await count('PENDING'),
        failed: await count('FAILED'),
        lastSeenAt: await lastSeenAt(),
        watchlist: {
          version: watchlist.version,
          rules: watchlist.ruleCount,
          isOwn: tag !== null,
          isBroken,
        },
        quarantine: await quarantine.newest(FILES),
      };
    },
  };
}
