import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
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

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** Stories in the one table: claims of band keys, and beside its first article what became of each story. */
export function dynamodbStories(dynamodb: DynamoDBClient, table: string): StoryBook {
  async function get(key: Record<string, string>): Promise<Record<string, unknown> | null> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item === undefined ? null : unmarshall(Item);
  }

  /** @returns false when the condition does not hold. */
  async function put(
    item: Record<string, unknown>,
    condition: string,
    values: Record<string, unknown>,
  ): Promise<boolean> {
    const input: PutItemCommandInput = {
      TableName: table,
      Item: marshall(item),
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: marshall(values) } : {}),
    };
    try {
      await dynamodb.send(new PutItemCommand(input));
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
      if (await put(item, free, { ':now': seconds(now) })) return articleId;
      const owner = (await get(bandItemKey(key)))?.['article'];
      return typeof owner === 'string' ? owner : this.claim(key, articleId, now);
    },
    async holder(key, now) {
      const item = await get(bandItemKey(key));
      if (item === null || (item['expiresAt'] as number) < seconds(now)) return null;
      return item['article'] as string;
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
