import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { EnvOf, INGEST_ENV, RELAY_ENV } from '../shared/config.ts';
import { watchOver } from './alarms.ts';
import { dashboard } from './dashboard.ts';
import { digest } from './digest.ts';
import {
  acknowledge,
  admitAlarms,
  allow,
  bucket,
  consume,
  deadLetters,
  every,
  notify,
  poll,
  queue,
  topic,
} from './house.ts';
import { lambda } from './lambda.ts';
import { nextCommands } from './outputs.ts';
import type { Settings } from './settings.ts';
import { keepUndelivered, subscribe } from './subscribers.ts';

/** Ingest must have done its worst batch of ten by then; the visibility timeout is six times this, as AWS asks. */
const INGEST_TIMEOUT = Duration.seconds(120);
/** A whole core (Lambda gives it at 1,769 MB), and room for a reader of its own of half a gigabyte. */
const INGEST_MB = 1792;
const RELAY_TIMEOUT = Duration.seconds(60);

/** SNS gives an e-mail subscription up above ten a second; half of that leaves room for the operator's mail. */
const MESSAGES_PER_SECOND = 5;

/** The whole pipeline, top to bottom in the order an article travels through it. */
export class RasidStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props?: StackProps) {
    const isProd = settings.env === 'prod';
    super(scope, id, {
      description: 'Rasid watches news articles and alerts (inbox, classifier, archive, alerts)',
      terminationProtection: isProd,
      ...props,
    });
    const removalPolicy = isProd ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const { logRetentionDays } = settings;

    // --- articles come in
    const inbox = bucket(this, 'Inbox', removalPolicy);
    const { queue: uploads, failed: uploadsFailed } = queue(this, 'Uploads', INGEST_TIMEOUT);
    notify(inbox, uploads);
    const { queue: backfill, failed: backfillFailed } = queue(this, 'Backfill', INGEST_TIMEOUT);

    // --- they are read, classified by the watchlist in force, and kept
    const config = bucket(this, 'Config', removalPolicy);
    const articles = new Table(this, 'Articles', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: isProd,
      removalPolicy,
    });
    articles.addGlobalSecondaryIndex({
      indexName: 'gsi1',
      partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [
        'title',
        'lang',
        'source',
        'published',
        'labels',
        'actors',
        'statuses',
        'site',
      ],
    });
    articles.addGlobalSecondaryIndex({
      indexName: 'gsi2',
      partitionKey: { name: 'gsi2pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi2sk', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });

    const ingest = lambda(this, 'Ingest', 'ingest', {
      environment: {
        ARTICLES_TABLE: articles.tableName,
        CONFIG_BUCKET: config.bucketName,
        BACKFILL_QUEUE_ARN: backfill.queueArn,
        MAX_ALERT_AGE_DAYS: String(settings.maxAlertAgeDays ?? 'off'),
        STACK_NAME: this.stackName,
      } satisfies EnvOf<typeof INGEST_ENV>,
      may: [
        allow(
          ['s3:GetObject', 's3:GetObjectVersion'],
          [inbox, config].map((b) => b.arnForObjects('*')),
        ),
        // Without it S3 answers 403 for what is missing, and a deleted upload would be retried for ever.
        allow(['s3:ListBucket', 's3:ListBucketVersions'], [inbox.bucketArn, config.bucketArn]),
        allow(['dynamodb:PutItem', 'dynamodb:GetItem'], [articles.tableArn]),
        consume(uploads, backfill),
      ],
      memoryMb: INGEST_MB,
      timeout: INGEST_TIMEOUT,
      logRetentionDays,
      removalPolicy,
    });
    acknowledge(
      ingest.role ?? ingest,
      [inbox, config].map(
        (b) =>
          `AwsSolutions-IAM5[Resource::<${this.getLogicalId(b.node.defaultChild as CfnBucket)}.Arn>/*]`,
      ),
      'Every object of these two buckets is its business: the whole inbox is the inbox.',
    );
    poll(ingest, 'FromUploads', uploads, 20);
    // Two at a time, so that an archive of years never stands in front of today's news.
    poll(ingest, 'FromBackfill', backfill, 2);

    // --- what is on the watchlist goes out
    const alerts = topic(this, 'Alerts');
    const relayFailed = deadLetters(this, 'RelayFailed');
    const relay = lambda(this, 'Relay', 'relay', {
      environment: {
        ARTICLES_TABLE: articles.tableName,
        ALERTS_TOPIC_ARN: alerts.topicArn,
        ALERT_LANGUAGE: settings.alertLanguage,
        MAX_ALERTS_PER_RULE: String(settings.alertsPerRule),
        MAX_MESSAGES_PER_SECOND: String(MESSAGES_PER_SECOND),
        STACK_NAME: this.stackName,
      } satisfies EnvOf<typeof RELAY_ENV>,
      may: [
        // Alerts are read and marked; stories, mutes and the rate are items of the table too.
        allow(
          ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'].map((a) => `dynamodb:${a}`),
          [articles.tableArn],
        ),
        allow(['dynamodb:Query'], [`${articles.tableArn}/index/gsi2`]),
        allow(['sns:Publish'], [alerts.topicArn]),
        allow(
          [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          [articles.tableStreamArn ?? ''],
        ),
        allow(['sqs:SendMessage'], [relayFailed.queueArn]),
      ],
      memoryMb: 256,
      timeout: RELAY_TIMEOUT,
      logRetentionDays,
      removalPolicy,
    });
    new EventSourceMapping(relay, 'FromArticles', {
      target: relay,
      eventSourceArn: articles.tableStreamArn ?? '',
      // LATEST would lose what is written while the mapping is being made.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      reportBatchItemFailures: true,
      // Not `SqsDlq`: it grants more than sending.
      onFailure: { bind: () => ({ destination: relayFailed.queueArn }) },
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { NewImage: { gsi2pk: { S: FilterRule.beginsWith('PENDING#') } } },
        }),
      ],
    });
    every(this, 'Sweep', 'rate(10 minutes)', relay, { sweep: true });
    const undelivered = deadLetters(this, 'Undelivered');
    subscribe(alerts, undelivered, settings.subscribers);
    const digests =
      settings.digest === 'off'
        ? null
        : digest(this, settings.digest, { articles, ...settings, removalPolicy });
    keepUndelivered(undelivered, digests === null ? [alerts] : [alerts, digests]);

    // --- somebody is told when it fails
    const operations = topic(this, 'Operations');
    if (settings.operatorEmail !== null) {
      const operator = new Subscription(this, 'Operator', {
        topic: operations,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: settings.operatorEmail,
      });
      acknowledge(
        operator,
        ['Serverless-SNSRedrivePolicy'],
        'SNS tries e-mail for 6 hours; what an alarm says is also in the console and on the dashboard.',
      );
    }
    admitAlarms(operations);
    const watched = {
      ingest,
      relay,
      uploads,
      failed: {
        UploadsFailed: uploadsFailed,
        BackfillFailed: backfillFailed,
        RelayFailed: relayFailed,
        Undelivered: undelivered,
      },
      alerts,
      silenceHours: settings.silenceHours,
    };
    dashboard(this, watched, watchOver(this, operations, watched));

    for (const [name, value] of Object.entries({
      InboxBucket: inbox.bucketName,
      ConfigBucket: config.bucketName,
      ArticlesTable: articles.tableName,
      AlertsTopic: alerts.topicArn,
      OperationsTopic: operations.topicArn,
      UploadsQueue: uploads.queueUrl,
      UploadsFailedQueue: uploadsFailed.queueUrl,
      BackfillQueue: backfill.queueUrl,
      BackfillFailedQueue: backfillFailed.queueUrl,
      RelayFailedQueue: relayFailed.queueUrl,
      UndeliveredQueue: undelivered.queueUrl,
      UndeliveredQueueArn: undelivered.queueArn,
      ...(digests === null ? {} : { DigestsTopic: digests.topicArn }),
      ...nextCommands(inbox.bucketName, id),
    }))
      new CfnOutput(this, name, { value });
  }
}
