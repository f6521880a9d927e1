import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

/** One update. @returns what it says of the item (`ReturnValues`), or null when its condition does not hold. */
export async function updateItem(
  dynamodb: DynamoDBClient,
  input: UpdateItemCommandInput,
): Promise<Record<string, AttributeValue> | null> {
  try {
    const { Attributes } = await dynamodb.send(new UpdateItemCommand(input));
    return Attributes ?? {};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}
