import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalHost } from '../../infra/local/host.ts';

/** A folder that goes away with the test file; call inside `afterAll`. */
export function scratch(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'rasid-local-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Real clients that talk to a host. */
export function clientsOf(host: Pick<LocalHost, 'url'>) {
  const config = {
    endpoint: host.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return {
    s3: new S3Client(config),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    dynamodb: new DynamoDBClient(config),
  };
}

/** Resources of a template, as CloudFormation writes them. */
export type Resources = Readonly<Record<string, { Type: string; Properties?: unknown }>>;

/** Writes a stack of these resources as `cdk synth` would, each function's code an asset; returns the template's path. */
export function writeStack(
  dir: string,
  resources: Resources,
  code: Readonly<Record<string, string>> = {},
  outputs: Readonly<Record<string, unknown>> = {},
): string {
  mkdirSync(dir, { recursive: true });
  const files: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(code)) {
    mkdirSync(join(dir, `asset.${name}`), { recursive: true });
    writeFileSync(join(dir, `asset.${name}`, 'index.mjs'), source);
    files[name] = {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { current: { bucketName: 'assets', objectKey: `${name}.zip` } },
    };
  }
  writeFileSync(join(dir, 'Small.assets.json'), JSON.stringify({ version: '55.0.0', files }));
  const file = join(dir, 'Small.template.json');
  writeFileSync(file, JSON.stringify({ Resources: resources, Outputs: outputs }));
  return file;
}

/** A function whose code is the asset of the same name. */
export function fn(name: string, properties: object = {}) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Timeout: 20,
      MemorySize: 256,
      ...properties,
    },
  };
}

/** A role that allows what it is told on everything. */
export function role(...actions: readonly string[]) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
        },
      ],
    },
  };
}
