import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type LocalHost, type LocalHostOptions, startLocalHost } from '../infra/local/host.ts';
import type { AlertMessage } from '../shared/alert.ts';
import { type Item, recordFrom } from '../shared/aws/article-item.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { clientsOf } from './local/small-stack.ts';
import { synthesized } from './synthesized.ts';

/** A line of a function's log, read. */
export interface Fact {
  readonly level: string;
  readonly message: string;
  // biome-ignore lint/suspicious/noExplicitAny: a log line is whatever it says
  readonly [field: string]: any;
}

/** The real stack, running on this machine, and what a test wants to know of it. */
export interface Pipeline {
  readonly host: LocalHost;
  readonly clients: ReturnType<typeof clientsOf>;
  readonly bucket: string;
  readonly table: string;
  /** What the functions logged so far, in order. */
  readonly facts: readonly Fact[];
  /** Every line as written. */
  readonly lines: readonly string[];
  drop(key: string, body: string | Uint8Array, metadata?: Record<string, string>): Promise<void>;
  items(): Promise<Item[]>;
  articles(): Promise<ArticleRecord[]>;
  /** Key, member and reason of what is no article. */
  quarantined(): Promise<{ key: string; member: number; reason: string }[]>;
  /** Alerts in the order in which the topic took them. */
  alerts(): AlertMessage[];
}

/** Hours, days: nothing in these tests waits for a limit that is there for people. */
const ENV = {
  MAX_ALERT_AGE_DAYS: 'off',
  MAX_MESSAGES_PER_SECOND: '1000',
  MAX_ALERTS_PER_RULE: '100000',
};

/** Starts the stack as it would be deployed. `host.stop()` ends it. */
export async function openPipeline(options: Partial<LocalHostOptions> = {}): Promise<Pipeline> {
  const facts: Fact[] = [];
  const lines: string[] = [];
  const host = await startLocalHost({
    template: await synthesized(),
    stateDir: null,
    timeScale: 0.001,
    ...options,
    env: { ...ENV, ...options.env },
    onLog({ line }) {
      lines.push(line);
      if (line.startsWith('{')) facts.push(JSON.parse(line));
    },
  });
  const clients = clientsOf(host);
  const bucket = host.outputs['InboxBucket'] ?? '';
  const table = host.outputs['ArticlesTable'] ?? '';

  async function items(): Promise<Item[]> {
    const all: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await clients.dynamodb.send(
        new ScanCommand({ TableName: table, ExclusiveStartKey: start, ConsistentRead: true }),
      );
      all.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return all;
  }

  return {
    host,
    clients,
    bucket,
    table,
    facts,
    lines,
    items,
    async drop(key, body, metadata = {}) {
      await clients.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: Buffer.from(body),
          Metadata: metadata,
        }),
      );
    },
    async articles() {
      const stored = await items();
      return stored.filter(({ sk, v }) => sk?.S === 'META' && v !== undefined).map(recordFrom);
    },
    async quarantined() {
      const stored = await items();
      return stored
        .filter(({ sk }) => sk?.S?.startsWith('Q#'))
        .map((item) => unmarshall(item))
        .map(({ key, member, reason }) => ({ key, member, reason }));
    },
    alerts: () =>
      host
        .outbox()
        .filter(({ topicArn }) => topicArn === host.outputs['AlertsTopic'])
        .map(({ message }): AlertMessage => JSON.parse(message)),
  };
}
