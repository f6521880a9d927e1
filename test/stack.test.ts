import { FUNCTIONS } from '../infra/bundles.ts';
import { INGEST_ENV, RELAY_ENV } from '../shared/config.ts';
import { DEV, PROD, type Resource, type Synthesized, synthesizeStack } from './synth.ts';

let dev: Synthesized;
let prod: Synthesized;
beforeAll(async () => {
  dev = await synthesizeStack(DEV);
  prod = await synthesizeStack(PROD);
});

const all = (type: string) => Object.values(dev.ofType(type));
/** The logical id that `Ref`, `Fn::GetAtt` or a join of one names. */
const target = (value: unknown): string =>
  /"([A-Z]\w+[0-9A-F]{8})"/.exec(JSON.stringify(value))?.[1] ?? '';

describe('what must not be lost', () => {
  test.each(['Inbox', 'Config'])('%s keeps every version, encrypted, in private', (id) => {
    const { Properties } = dev.resources[dev.idOf('AWS::S3::Bucket', id)] as Resource;
    expect(Properties.VersioningConfiguration.Status).toBe('Enabled');
    expect(JSON.stringify(Properties.BucketEncryption)).toContain('AES256');
    expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('the table can be brought back to any second of the last 35 days', () => {
    expect(all('AWS::DynamoDB::Table')[0]?.Properties.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
  });

  test('production keeps its data when the stack goes, development does not', () => {
    const stateful = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'];
    const policies = (stack: Synthesized) =>
      new Set(
        stateful.flatMap((type) => Object.values(stack.ofType(type)).map((r) => r.DeletionPolicy)),
      );
    expect(policies(prod)).toEqual(new Set(['Retain']));
    expect(policies(dev)).toEqual(new Set(['Delete']));
    expect(
      Object.values(prod.ofType('AWS::DynamoDB::Table'))[0]?.Properties.DeletionProtectionEnabled,
    ).toBe(true);
  });

  test('the identity of what holds data never changes: CloudFormation would make a new, empty one', () => {
    const ids = (type: string) => Object.keys(dev.ofType(type)).sort();
    expect(ids('AWS::S3::Bucket')).toEqual(['Config57D1D894', 'InboxA8E05DC3']);
    expect(ids('AWS::DynamoDB::Table')).toEqual(['Articles47CFF050']);
    expect(ids('AWS::SNS::Topic')).toEqual(
      expect.arrayContaining(['Alerts91F83244', 'Operations993AC38D']),
    );
    expect(ids('AWS::SQS::Queue')).toEqual(
      expect.arrayContaining([
        'Backfill58F8EA17',
        'BackfillFailedFD71D296',
        'RelayFailedA0612AB6',
        'Uploads4F6EB0FD',
        'UploadsFailedE7F87C7E',
      ]),
    );
  });

  test('keys and indexes of the table are those that stored items have', () => {
    const { Properties } = dev.resources['Articles47CFF050'] as Resource;
    const keys = (schema: { AttributeName: string }[]) =>
      schema.map(({ AttributeName }) => AttributeName);
    expect(keys(Properties.KeySchema)).toEqual(['pk', 'sk']);
    expect(
      Properties.GlobalSecondaryIndexes.map(
        (index: {
          IndexName: string;
          KeySchema: { AttributeName: string }[];
          Projection: object;
        }) => [index.IndexName, ...keys(index.KeySchema), index.Projection],
      ),
    ).toEqual([
      [
        'gsi1',
        'gsi1pk',
        'gsi1sk',
        {
          NonKeyAttributes: [
            'title',
            'lang',
            'source',
            'published',
            'labels',
            'actors',
            'statuses',
            'site',
          ],
          ProjectionType: 'INCLUDE',
        },
      ],
      ['gsi2', 'gsi2pk', 'gsi2sk', { ProjectionType: 'KEYS_ONLY' }],
    ]);
    expect(Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(Properties.TimeToLiveSpecification).toEqual({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
  });

  test('no resource has a name of its own, so that two stacks fit one account', () => {
    const named = Object.entries(dev.resources).filter(([, { Properties }]) =>
      [
        'BucketName',
        'TableName',
        'QueueName',
        'TopicName',
        'FunctionName',
        'RoleName',
        'LogGroupName',
        'AlarmName',
      ].some((name) => typeof Properties?.[name] === 'string'),
    );
    expect(named).toEqual([]);
  });
});

describe('the way of an upload', () => {
  test('the whole bucket is the inbox: every created object, wherever it lies, becomes a message', () => {
    const { Properties, DependsOn } = dev.resources[
      dev.idOf('AWS::S3::Bucket', 'Inbox')
    ] as Resource;
    expect(Properties.NotificationConfiguration).toEqual({
      QueueConfigurations: [
        { Event: 's3:ObjectCreated:*', Queue: { 'Fn::GetAtt': ['Uploads4F6EB0FD', 'Arn'] } },
      ],
    });
    // S3 tries the queue when the configuration is made: without its policy the deployment fails.
    expect(DependsOn).toContain(dev.idOf('AWS::SQS::QueuePolicy', 'UploadsPolicy'));
  });

  test('only S3 on behalf of this account may send to the queue', () => {
    const policy = dev.resources[dev.idOf('AWS::SQS::QueuePolicy', 'UploadsPolicy')] as Resource;
    const allowed = policy.Properties.PolicyDocument.Statement.filter(
      (s: { Effect: string }) => s.Effect === 'Allow',
    );
    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  test('every queue that a function reads hides a message six timeouts long and gives up after five tries', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping').filter(({ Properties }) =>
      /Queue|Uploads|Backfill/.test(target(Properties.EventSourceArn)),
    );
    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) {
      const queue = dev.resources[target(Properties.EventSourceArn)] as Resource;
      const consumer = dev.resources[target(Properties.FunctionName)] as Resource;
      expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        6 * consumer.Properties.Timeout,
      );
      expect(queue.Properties.RedrivePolicy.maxReceiveCount).toBe(5);
      expect(
        dev.resources[target(queue.Properties.RedrivePolicy.deadLetterTargetArn)]?.Properties
          .MessageRetentionPeriod,
      ).toBe(14 * 86_400);
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      // Reserved concurrency with a queue sends healthy messages to the failed queue.
      expect(consumer.Properties.ReservedConcurrentExecutions).toBeUndefined();
      expect(Properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    }
  });

  test('the relay hears of every article with pending alerts, from the first, and a failure stays small', () => {
    const [mapping] = all('AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.StartingPosition,
    );
    expect(mapping?.Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': ['RelayFailedA0612AB6', 'Arn'] } },
      },
    });
    expect(JSON.parse(mapping?.Properties.FilterCriteria.Filters[0].Pattern)).toEqual({
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { gsi2pk: { S: [{ prefix: 'PENDING#' }] } } },
    });
  });

  test('every ten minutes somebody looks for what the stream missed', () => {
    expect(dev.resources['Sweep']?.Properties).toMatchObject({
      ScheduleExpression: 'rate(10 minutes)',
      Target: { Input: '{"sweep":true}' },
    });
  });
});

describe('who may do what', () => {
  const statements = (prefix: string) => {
    const { Properties } = dev.resources[dev.idOf('AWS::IAM::Policy', prefix)] as Resource;
    return Properties.PolicyDocument.Statement as {
      Action: string | string[];
      Resource: unknown;
      Effect: string;
    }[];
  };
  const actions = (prefix: string) =>
    statements(prefix)
      .flatMap(({ Action }) => Action)
      .sort();

  test('ingest may read uploads and watchlist and put articles: it cannot publish, overwrite uploads, or delete', () => {
    expect(actions('IngestRole')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:ListBucketVersions',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]);
  });

  test('the relay may publish to the alerts topic alone, and cannot see an upload', () => {
    const granted = actions('RelayRole');
    expect(granted.filter((action) => action.startsWith('s3:'))).toEqual([]);
    expect(granted.filter((action) => action.startsWith('sns:'))).toEqual(['sns:Publish']);
    const [publish] = statements('RelayRole').filter(({ Action }) => Action === 'sns:Publish');
    expect(publish?.Resource).toEqual({ Ref: 'Alerts91F83244' });
  });

  test('no role has a wildcard action, a wildcard resource, or a managed policy', () => {
    for (const { Properties } of all('AWS::IAM::Policy')) {
      for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
        expect(JSON.stringify(Action)).not.toContain('*');
        expect(Resource).not.toBe('*');
      }
    }
    for (const { Properties } of all('AWS::IAM::Role'))
      expect(Properties.ManagedPolicyArns).toBeUndefined();
  });

  test('nothing is spoken in the clear: buckets, queues and topics refuse what does not come over TLS', () => {
    const guarded = new Set(
      ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
        all(type)
          .filter(({ Properties }) =>
            Properties.PolicyDocument.Statement.some(
              (s: { Effect: string; Condition?: unknown }) =>
                s.Effect === 'Deny' &&
                JSON.stringify(s.Condition).includes('"aws:SecureTransport":"false"'),
            ),
          )
          .map(({ Properties }) =>
            target(Properties.Bucket ?? Properties.Queues ?? Properties.Topics),
          ),
      ),
    );
    const holders = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic'].flatMap((type) =>
      Object.keys(dev.ofType(type)),
    );
    expect([...guarded].sort()).toEqual(holders.sort());
  });

  test('no policy of a bucket, queue or topic lets in another account', () => {
    for (const type of ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'])
      for (const { Properties } of all(type))
        for (const { Effect, Principal, Condition } of Properties.PolicyDocument.Statement) {
          if (Effect !== 'Allow') continue;
          expect(Object.keys(Principal)).toEqual(['Service']);
          expect(Condition.StringEquals['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
        }
  });
});

describe('the functions', () => {
  test.each([
    ['Ingest', INGEST_ENV],
    ['Relay', RELAY_ENV],
  ] as const)(
    '%s runs on Node 24 on arm64, has the environment it reads, and a log that ends',
    (name, env) => {
      const { Properties } = dev.resources[dev.idOf('AWS::Lambda::Function', name)] as Resource;
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(Object.keys(Properties.Environment.Variables).sort()).toEqual([...env].sort());
      expect(
        dev.resources[target(Properties.LoggingConfig.LogGroup)]?.Properties.RetentionInDays,
      ).toBe(30);
    },
  );

  test('nothing but our own functions runs at deployment or after', () => {
    // The digest is one more, when the settings ask for it.
    expect(Object.keys(dev.ofType('AWS::Lambda::Function'))).toHaveLength(
      Object.keys(FUNCTIONS).length - 1,
    );
    expect(
      Object.values(dev.resources).filter(
        ({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource',
      ),
    ).toEqual([]);
  });
});
