import { createHash } from 'node:crypto';
import { ACCOUNT, arn, REGION } from './arn.ts';
import { streamArn } from './dynamodb.ts';
import type { Resource, Template } from './template.ts';

/** Types that are created and do their work here. */
export const SERVED = [
  'AWS::DynamoDB::Table',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
] as const;

/**
 * Types that are taken and have no effect here. Roles and policies are read for one thing: whether a function may
 * list a bucket, which decides between 404 and 403.
 */
export const WITHOUT_EFFECT = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
] as const;

/** What a resource is called here: `ref` is what `Ref` gives, `attributes` what `Fn::GetAtt` gives. */
export interface Identity {
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A resource with its names and its properties resolved. */
export interface Created<Properties> extends Identity {
  readonly id: string;
  readonly properties: Properties;
}

/** Throws an error that lists every resource whose type the host does not know. */
export function checkTypes(template: Template): void {
  const known: readonly string[] = [...SERVED, ...WITHOUT_EFFECT];
  const unknown = Object.entries(template.resources).filter(
    ([, { Type }]) => !known.includes(Type),
  );
  if (unknown.length === 0) return;
  const list = unknown.map(([id, { Type }]) => `${id} (${Type})`).join(', ');
  throw new Error(
    `the local host does not know these resources: ${list}; it serves ${SERVED.join(', ')} ` +
      `and takes without effect ${WITHOUT_EFFECT.join(', ')}`,
  );
}

/** The names of a resource. They follow from the stack and the logical id, so that state outlives a new deployment. */
export function identityOf(
  stackName: string,
  logicalId: string,
  { Type, Properties = {} }: Resource,
  url: string,
): Identity {
  const given = (property: string, otherwise: string) => {
    const value = Properties[property];
    return typeof value === 'string' ? value : otherwise;
  };
  const plain = shorten(`${stackName}-${logicalId}`, 64);
  switch (Type) {
    case 'AWS::SQS::Queue': {
      const name = given('QueueName', shorten(`${stackName}-${logicalId}`, 80));
      const ref = `${url}/${ACCOUNT}/${name}`;
      return { name, ref, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: ref } };
    }
    case 'AWS::SNS::Topic': {
      const name = given('TopicName', plain);
      const ref = arn('sns', name);
      return { name, ref, attributes: { TopicArn: ref, TopicName: name } };
    }
    case 'AWS::S3::Bucket': {
      const name = given('BucketName', shorten(`${stackName}-${logicalId}`.toLowerCase(), 63));
      return {
        name,
        ref: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
        },
      };
    }
    case 'AWS::DynamoDB::Table': {
      const name = given('TableName', plain);
      const attributes = { Arn: arn('dynamodb', `table/${name}`), StreamArn: streamArn(name) };
      return { name, ref: name, attributes };
    }
    case 'AWS::Lambda::Function': {
      const name = given('FunctionName', plain);
      return { name, ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
    }
    case 'AWS::IAM::Role': {
      const name = given('RoleName', plain);
      const roleArn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
      return { name, ref: name, attributes: { Arn: roleArn, RoleId: name } };
    }
    case 'AWS::Logs::LogGroup': {
      const name = given('LogGroupName', plain);
      return { name, ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
    }
    default: {
      const service = Type.split('::')[1]?.toLowerCase() ?? 'local';
      return { name: plain, ref: plain, attributes: { Arn: arn(service, plain), Id: plain } };
    }
  }
}

/** Names have a longest length; what is cut is told apart by a hash. */
function shorten(name: string, max: number): string {
  if (name.length <= max) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, max - 9)}-${hash}`;
}
