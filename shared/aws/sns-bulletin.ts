import {
  InvalidParameterException,
  InvalidParameterValueException,
  type MessageAttributeValue,
  PublishCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { asciiSubject } from '../alert-text.ts';
import type { Bulletin, Message, Published } from '../ports.ts';

/** The alerts topic. A message that SNS calls invalid is refused for good; all else may pass and is thrown. */
export function snsBulletin(sns: SNSClient, topicArn: string): Bulletin {
  return {
    async publish(message) {
      const answer = await publish(message, message.subject);
      // Older regions of SNS take ASCII subjects only.
      return answer.kind === 'refused' && answer.reason.includes('Subject')
        ? publish(message, asciiSubject(message.subject))
        : answer;
    },
  };

  async function publish(
    { json, email, sms, attributes }: Message,
    subject: string,
  ): Promise<Published> {
    try {
      const { MessageId } = await sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          MessageStructure: 'json',
          Message: JSON.stringify({ default: json, email, sms }),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]),
          ),
        }),
      );
      if (MessageId === undefined) throw new Error('SNS answered without a message id');
      return { kind: 'published', messageId: MessageId };
    } catch (error) {
      if (
        error instanceof InvalidParameterException ||
        error instanceof InvalidParameterValueException
      )
        return { kind: 'refused', reason: `${error.name}: ${error.message}` };
      throw error;
    }
  }
}

function attributeOf(value: string | readonly string[]): MessageAttributeValue {
  return typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
}
