import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleOf, type FunctionName } from './bundles.ts';
import { acknowledge } from './house.ts';

export interface LambdaOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Everything it may do besides writing its own log. */
  readonly may: readonly PolicyStatement[];
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/** A function with the house defaults: arm64, its own role and log, the bundle that `infra/build.ts` made of it. */
export function lambda(
  scope: Construct,
  id: string,
  name: FunctionName,
  options: LambdaOptions,
): Lambda {
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: options.logRetentionDays,
    removalPolicy: options.removalPolicy,
  });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  for (const statement of options.may) role.addToPolicy(statement);
  const made = new Lambda(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(bundleOf(name)),
    handler: `${name}.handler`,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    memorySize: options.memoryMb,
    timeout: options.timeout,
    environment: { ...options.environment },
  });
  acknowledge(
    made,
    ['Serverless-LambdaDLQ'],
    'Its sources are queues and a stream, which keep what fails; the sweep, its one asynchronous call, comes again in ten minutes.',
  );
  acknowledge(
    made,
    ['Serverless-LambdaTracing'],
    'Traces would cost more than the function; one JSON line a step, with the article’s id, tells the same story.',
  );
  return made;
}
