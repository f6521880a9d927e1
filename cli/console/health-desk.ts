import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Quarantine } from '../../shared/aws/dynamodb-quarantine.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import { pendingOf } from '../dlq.ts';
import { entriesOf, readAgain } from '../quarantine.ts';
import type { Target } from '../target.ts';
import { type ConsoleApi, QUEUES, type QueueName } from './api.ts';
import type { InForce } from './watchlist-in-force.ts';

/** A screen of quarantined files; `rasid quarantine list` lists them all. */
const FILES = 50;
const MONTH_MS = 31 * 86_400_000;

interface HealthPorts {
  readonly target: Target;
  readonly sqs: SQSClient;
  readonly archive: ArchiveReader;
  readonly quarantine: Quarantine;
  readonly inForce: () => Promise<InForce>;
  readonly now: () => Date;
}

/** What an operator looks at first. */
export function healthDesk(ports: HealthPorts): Pick<ConsoleApi, 'health' | 'redrive'> {
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

  async function refused(): Promise<number> {
    let count = 0;
    for await (const _ of archive.alerted(lately(), ['FAILED'])) count += 1;
    return count;
  }

  async function lastSeenAt(): Promise<string | null> {
    for await (const { seenAt } of archive.entries(lately())) return seenAt;
    return null;
  }

  return {
    async health() {
      const { watchlist, tag, isBroken } = await inForce();
      const entries = await entriesOf(quarantine, undefined, lately().since, FILES);
      return {
        queues: await Promise.all(QUEUES.map(depth)),
        pending: await pendingOf(target),
        failed: await refused(),
        lastSeenAt: await lastSeenAt(),
        watchlist: {
          version: watchlist.version,
          rules: watchlist.ruleCount,
          isOwn: tag !== null,
          isBroken,
        },
        quarantine: entries.map(({ object, name, reason, advice, at }) => {
          const { key, versionId, member } = object;
          return { key, versionId, member, name, reason, advice, at };
        }),
      };
    },
    async redrive({ key, versionId }) {
      const entries = await quarantine.of({ bucket: target.output('InboxBucket'), key });
      const wanted = entries.filter(({ object }) => object.versionId === versionId);
      await readAgain(target, quarantine, wanted);
    },
  };
}
