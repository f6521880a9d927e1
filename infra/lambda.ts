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
import { DIST, type FunctionName } from './build.ts';

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
  return new Lambda(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(`${DIST}${name}`),
    handler: `${name}.handler`,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    memorySize: options.memoryMb,
    timeout: options.timeout,
    environment: { ...options.environment },
  });
}
