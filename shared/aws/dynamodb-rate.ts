import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Held, RATE_WINDOW_MS, type Rate, windowOf } from '../rate.ts';

export interface RateLimits {
  /** Alerts that one rule may send by themselves in a window. */
  readonly alertsPerRule: number;
  /** Of all rules together. */
  readonly messagesPerSecond: number;
}

/** A summary names the first few anyway; the others are counted. 200 ids are 8 KB. */
const MAX_HELD_IDS = 200;
/** A function has a minute in all; what would wait longer than this the sweep sends. */
const MAX_WAIT_MS = 15_000;

/**
 * Neither free nor with a place in the queue: it is full, or somebody came between the two questions (or our own write,
 * whose answer was lost). The second time it is full.
 */
const MAX_TURN_TRIES = 2;

const HELD = 'HELD';
const PACE = { pk: 'R#ALL', sk: 'PACE' };
const heldKey = ({ window, rule }: Pick<Held, 'window' | 'rule'>) => ({
  pk: HELD,
  sk: `${window}#${rule}`,
});

/** The rate, counted in the one table so that all functions keep it together. */
export function dynamodbRate(dynamodb: DynamoDBClient, table: string, limits: RateLimits): Rate {
  /** @returns the item as it is now, or null when the condition does not hold. */
  async function update(
    key: Record<string, string>,
    input: Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression'>,
    values: Record<string, unknown>,
  ): Promise<Record<string, unknown> | null> {
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall(key),
          ...input,
          ...(input.UpdateExpression?.includes('#next')
            ? { ExpressionAttributeNames: { '#next': 'next' } }
            : {}),
          ExpressionAttributeValues: marshall(values),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return unmarshall(Attributes ?? {});
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  }

  /** Adds the id to a set of at most `max`; true when it is in. Adding again changes nothing. */
  async function addTo(
    key: Record<string, string>,
    id: string,
    max: number,
    expiresAt: number | null,
  ): Promise<boolean> {
    const added = await update(
      key,
      {
        UpdateExpression:
          expiresAt === null ? 'ADD ids :ids' : 'SET expiresAt = :expiresAt ADD ids :ids',
        ConditionExpression: 'attribute_not_exists(ids) OR size(ids) < :max OR contains(ids, :id)',
      },
      {
        ':ids': new Set([id]),
        ':id': id,
        ':max': max,
        ...(expiresAt === null ? {} : { ':expiresAt': expiresAt }),
      },
    );
    return added !== null;
  }

  const pauseMs = 1000 / limits.messagesPerSecond;

  return {
    async admit(rule, alertId, now) {
      const window = windowOf(now);
      const expiresAt = Math.ceil((now.getTime() + 2 * RATE_WINDOW_MS) / 1000);
      const key = { pk: `R#${rule}`, sk: window };
      if (await addTo(key, alertId, limits.alertsPerRule, expiresAt)) return true;
      const held = heldKey({ window, rule });
      if (!(await addTo(held, alertId, MAX_HELD_IDS, null)))
        await update(held, { UpdateExpression: 'ADD more :one' }, { ':one': 1 });
      return false;
    },
    async turn(now) {
      const at = now.getTime();
      for (let tries = 0; tries < MAX_TURN_TRIES; tries++) {
        // Somebody is before us: the next free moment after theirs.
        const queued = await update(
          PACE,
          {
            UpdateExpression: 'SET #next = #next + :pause',
            ConditionExpression: '#next > :now AND #next < :late',
          },
          { ':pause': pauseMs, ':now': at, ':late': at + MAX_WAIT_MS },
        );
        if (queued !== null) return Number(queued['next']) - pauseMs - at;
        const free = await update(
          PACE,
          {
            UpdateExpression: 'SET #next = :next',
            ConditionExpression: 'attribute_not_exists(#next) OR #next <= :now',
          },
          { ':next': at + pauseMs, ':now': at },
        );
        if (free !== null) return 0;
      }
      return null;
    },
    async held(now) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk < :window',
          ExpressionAttributeValues: marshall({ ':pk': HELD, ':window': windowOf(now) }),
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => {
        const { sk, ids, more } = unmarshall(item);
        const cut = String(sk).indexOf('#');
        return {
          window: String(sk).slice(0, cut),
          rule: String(sk).slice(cut + 1),
          alertIds: [...(ids as Set<string>)].sort(),
          more: more ?? 0,
        };
      });
    },
    async release(held) {
      await dynamodb.send(
        new DeleteItemCommand({ TableName: table, Key: marshall(heldKey(held)) }),
      );
    },
  };
}
