import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { StoryBook, StoryKey } from '../story/place-story.ts';
import type { Story } from '../story/story.ts';
import { articleKey } from './article-item.ts';

/** Copies come within hours, over a weekend at most; after this a text that comes again is news again. */
const STORY_WINDOW_S = 3 * 86_400;
/** Denials and cancellations take longer. */
const CORRECTION_WINDOW_S = 14 * 86_400;

const storyItemKey = (articleId: string, topic: string) => ({
  pk: articleKey(articleId).pk,
  sk: `STORY#${topic}`,
});

const bandItemKey = ({ band, topic, slot }: StoryKey) => ({
  pk: `S#${band}`,
  sk: slot === 0 ? topic : `${topic}#${slot}`,
});

/** The slot of a band's item; null for an item of another topic that begins alike. */
function slotOf(sk: string, topic: string): number | null {
  if (sk === topic) return 0;
  const slot = sk.startsWith(`${topic}#`) ? Number(sk.slice(topic.length + 1)) : Number.NaN;
  return Number.isInteger(slot) ? slot : null;
}

/** A claim that fails tells whose the key is; a read for it would cost more than the look itself. */
const TELL_WHOSE = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** Stories in the one table: claims of band keys, and beside its first article what became of each story. */
export function dynamodbStories(dynamodb: DynamoDBClient, table: string): StoryBook {
  async function get(key: Record<string, string>): Promise<Record<string, unknown> | null> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item === undefined ? null : unmarshall(Item);
  }

  const conditional = (
    item: Record<string, unknown>,
    condition: string,
    values: Record<string, unknown>,
  ): PutItemCommandInput => ({
    TableName: table,
    Item: marshall(item),
    ConditionExpression: condition,
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: marshall(values) } : {}),
  });

  /** @returns false when the condition does not hold. */
  async function put(
    item: Record<string, unknown>,
    condition: string,
    values: Record<string, unknown>,
  ): Promise<boolean> {
    try {
      await dynamodb.send(new PutItemCommand(conditional(item, condition, values)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    async claim(key, articleId, now) {
      const item = {
        ...bandItemKey(key),
        article: articleId,
        expiresAt: seconds(now) + STORY_WINDOW_S,
      };
      // DynamoDB may take two days to remove what has expired.
      const free = 'attribute_not_exists(pk) OR expiresAt < :now';
      const input = { ...conditional(item, free, { ':now': seconds(now) }), ...TELL_WHOSE };
      try {
        await dynamodb.send(new PutItemCommand(input));
        return articleId;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // Nobody's: what was there went in between.
        return error.Item?.['article']?.S ?? this.claim(key, articleId, now);
      }
    },
    async holders(band, topic, now) {
      const input = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :topic)',
        ExpressionAttributeValues: marshall({ ':pk': `S#${band}`, ':topic': topic }),
        ConsistentRead: true,
      };
      const found: (string | null)[] = [];
      for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input)) {
        for (const item of Items.map((one) => unmarshall(one))) {
          const slot = slotOf(item['sk'], topic);
          if (slot !== null && item['expiresAt'] >= seconds(now)) found[slot] = item['article'];
        }
      }
      return Array.from(found, (article) => article ?? null);
    },
    takeOver(key, from, articleId, now) {
      const item = {
        ...bandItemKey(key),
        article: articleId,
        expiresAt: seconds(now) + STORY_WINDOW_S,
      };
      return put(item, 'article = :from', { ':from': from });
    },
    async story(articleId, topic) {
      const item = await get(storyItemKey(articleId, topic));
      if (item === null) return null;
      return { story: item['story'] as Story, version: item['version'] as number };
    },
    save(story, version) {
      const item = {
        ...storyItemKey(story.id, story.topic),
        story,
        version: (version ?? 0) + 1,
      };
      return version === null
        ? put(item, 'attribute_not_exists(pk)', {})
        : put(item, 'version = :version', { ':version': version });
    },
    async remember(keys, topic, articleId, now) {
      for (const key of keys)
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({
              pk: `S#E#${key}`,
              sk: topic,
              article: articleId,
              expiresAt: seconds(now) + CORRECTION_WINDOW_S,
            }),
          }),
        );
    },
    async recall(key, topic, now) {
      const item = await get({ pk: `S#E#${key}`, sk: topic });
      if (item === null || (item['expiresAt'] as number) < seconds(now)) return null;
      return item['article'] as string;
    },
  };
}
