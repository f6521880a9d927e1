import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startLocalHost } from '../infra/local/host.ts';
import { clientsOf, writeStack } from './local/small-stack.ts';
import { DEV, synthesizeStack } from './synth.ts';

/** The stack's own table, with its indexes, on this machine, and a real client that talks to it. */
export async function startTable(): Promise<{
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  /** Another client of the table, as another function has one. */
  newClient(): DynamoDBClient;
  stop(): Promise<void>;
}> {
  const { ofType } = await synthesizeStack(DEV);
  const [found] = Object.values(ofType('AWS::DynamoDB::Table'));
  if (found === undefined) throw new Error('the stack has no table');
  const dir = mkdtempSync(join(tmpdir(), 'rasid-table-'));
  const template = writeStack(
    dir,
    { Articles: { Type: found.Type, Properties: found.Properties } },
    {},
    { Table: { Value: { Ref: 'Articles' } } },
  );
  const host = await startLocalHost({ template, stateDir: null });
  const { dynamodb } = clientsOf(host);
  return {
    dynamodb,
    table: host.outputs['Table'] ?? '',
    newClient: () => clientsOf(host).dynamodb,
    async stop() {
      dynamodb.destroy();
      await host.stop();
    },
  };
}
