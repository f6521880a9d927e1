import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { StoryBook } from '../story/book.ts';
import type { Story } from '../story/story.ts';
import { articleKey } from './article-item.ts';
import { dynamodbBook } from './dynamodb-book.ts';
import { updateItem } from './update-item.ts';

const storyItemKey = (articleId: string, topic: string) => ({
  pk: articleKey(articleId).pk,
  sk: `STORY#${topic}`,
});

/** Stories in the one table: the book of each topic, and beside its first article what became of each story. */
export function dynamodbStories(dynamodb: DynamoDBClient, table: string): StoryBook {
  async function get(key: Record<string, string>): Promise<Record<string, unknown> | null> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item === undefined ? null : unmarshall(Item);
  }

  return {
    ...dynamodbBook(dynamodb, table),
    async story(articleId, topic) {
      const item = await get(storyItemKey(articleId, topic));
      if (item === null) return null;
      return { story: item['story'] as Story, version: item['version'] as number };
    },
    async save(story, version) {
      const values = { ':story': story, ':next': (version ?? 0) + 1 };
      const saved = await updateItem(dynamodb, {
        TableName: table,
        Key: marshall(storyItemKey(story.id, story.topic)),
        UpdateExpression: 'SET story = :story, version = :next',
        ConditionExpression: version === null ? 'attribute_not_exists(pk)' : 'version = :version',
        ExpressionAttributeValues: marshall(
          version === null ? values : { ...values, ':version': version },
        ),
      });
      return saved !== null;
    },
    async recall(key, topic, now) {
      const item = await get({ pk: `S#E#${key}`, sk: topic });
      if (item === null || (item['expiresAt'] as number) * 1000 < now.getTime()) return null;
      return item['article'] as string;
    },
  };
}
