import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DIGEST_ENV, EnvOf } from '../shared/config.ts';
import { allow, every, topic } from './house.ts';
import { lambda } from './lambda.ts';

/** Morning in Europe, Africa and the Middle East. */
const WHEN = { hourly: 'cron(0 * * * ? *)', daily: 'cron(0 5 * * ? *)' } as const;
const HOURS = { hourly: 1, daily: 24 } as const;

/** Sums the alerts up, on a topic of its own: who wants the sum does not want each one. */
export function digest(
  scope: Construct,
  how: keyof typeof WHEN,
  {
    articles,
    alertLanguage,
    logRetentionDays,
    removalPolicy,
  }: {
    readonly articles: Table;
    readonly alertLanguage: string;
    readonly logRetentionDays: number;
    readonly removalPolicy: RemovalPolicy;
  },
): Topic {
  const digests = topic(scope, 'Digests');
  const digester = lambda(scope, 'Digest', 'digest', {
    environment: {
      ARTICLES_TABLE: articles.tableName,
      DIGESTS_TOPIC_ARN: digests.topicArn,
      ALERT_LANGUAGE: alertLanguage,
      DIGEST_HOURS: String(HOURS[how]),
    } satisfies EnvOf<typeof DIGEST_ENV>,
    may: [
      allow(['dynamodb:BatchGetItem'], [articles.tableArn]),
      allow(['dynamodb:Query'], [`${articles.tableArn}/index/gsi2`]),
      allow(['sns:Publish'], [digests.topicArn]),
    ],
    memoryMb: 256,
    timeout: Duration.seconds(60),
    logRetentionDays,
    removalPolicy,
  });
  every(Stack.of(scope), 'DigestTime', WHEN[how], digester, {});
  return digests;
}
