import {
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Held, RATE_WINDOW_MS, type Rate, windowOf } from '../rate.ts';
import { MAX_SHOWN } from '../summary.ts';
import { updateItem } from './update-item.ts';

export interface RateLimits {
  /** Alerts that one rule may send by themselves in a window. */
  readonly alertsPerRule: number;
  /** Of all rules together. */
  readonly messagesPerSecond: number;
}

/** As many as a summary shows; the others are counted. Twenty ids are under 1 KB, one write unit. */
const MAX_HELD_IDS = MAX_SHOWN;
/** A function has a minute in all; what would wait longer than this the sweep sends. */
const MAX_WAIT_MS = 15_000;

const HELD = 'HELD';
const PACE = { pk: 'R#ALL', sk: 'PACE' };
/**
 * The end of the article's id, eight of 22 random letters: a rule's sixty make an item of 600 bytes, one write unit, and
 * two that seem to be one let one alert more through.
 */
const shortId = (alertId: string) => alertId.slice(14, 22);
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
    const attributes = await updateItem(dynamodb, {
      TableName: table,
      Key: marshall(key),
      ...input,
      ...(input.UpdateExpression?.includes('#next')
        ? { ExpressionAttributeNames: { '#next': 'next' } }
        : {}),
      ExpressionAttributeValues: marshall(values),
      ReturnValues: 'ALL_NEW',
    });
    return attributes && unmarshall(attributes);
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
  /** When the next message may go out, as far as this function knows: mostly it is free, or mostly it is not. */
  let seenNext = 0;

  /** Takes the turn at once; null when somebody is before us. @returns when the next message may go out. */
  async function start(at: number): Promise<number | null> {
    const free = await update(
      PACE,
      {
        UpdateExpression: 'SET #next = :next',
        ConditionExpression: 'attribute_not_exists(#next) OR #next <= :now',
      },
      { ':next': at + pauseMs, ':now': at },
    );
    return free === null ? null : at + pauseMs;
  }

  /** Takes the turn behind somebody; null when there is nobody, or too many. */
  async function queue(at: number): Promise<number | null> {
    const queued = await update(
      PACE,
      {
        UpdateExpression: 'SET #next = #next + :pause',
        ConditionExpression: '#next > :now AND #next < :late',
      },
      { ':pause': pauseMs, ':now': at, ':late': at + MAX_WAIT_MS },
    );
    return queued === null ? null : Number(queued['next']);
  }

  return {
    async admit(rule, alertId, now) {
      const window = windowOf(now);
      const expiresAt = Math.ceil((now.getTime() + 2 * RATE_WINDOW_MS) / 1000);
      const key = { pk: `R#${rule}`, sk: window };
      if (await addTo(key, shortId(alertId), limits.alertsPerRule, expiresAt)) return true;
      const held = heldKey({ window, rule });
      if (!(await addTo(held, alertId, MAX_HELD_IDS, null)))
        await update(held, { UpdateExpression: 'ADD more :one' }, { ':one': 1 });
      return false;
    },
    async turn(now) {
      const at = now.getTime();
      const tries = seenNext > at ? [queue, start, queue] : [start, queue];
      for (const attempt of tries) {
        const next = await attempt(at);
        if (next === null) continue;
        seenNext = next;
        return next - pauseMs - at;
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
