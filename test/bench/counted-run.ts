import { readFile } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Moment } from '../../infra/local/fault.ts';
import { startLocalHost } from '../../infra/local/host.ts';
import { makeArticles } from './articles.ts';
import { children } from './children.ts';
import { type IndexShape, meterDynamodb, type Units } from './metered-dynamodb.ts';

/** What is uploaded. */
export interface Load {
  readonly articles: number;
  readonly perObject: number;
  /** Bytes of an article. */
  readonly bytes: number;
  /** The share of articles that tell an event. */
  readonly share: number;
}

/** What a run of the real bundles used, as AWS would count it. */
export interface Usage {
  readonly objects: number;
  /** By service and operation; what the functions called. */
  readonly calls: ReadonlyMap<string, number>;
  readonly units: Readonly<Units>;
  /** By function: its runs, the CPU of its processes (start included), and the memory it is given. */
  readonly functions: ReadonlyMap<string, FunctionUsage>;
  readonly logBytes: number;
}

export interface FunctionUsage {
  readonly runs: number;
  readonly cpuMs: number;
  readonly memoryMb: number;
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, never> }>
  >;
}

interface Gsi {
  readonly KeySchema: readonly { readonly AttributeName: string }[];
  readonly Projection: { readonly NonKeyAttributes?: readonly string[] };
}

const resourcesOf = (template: Template, type: string) =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

function indexesOf(template: Template): IndexShape[] {
  const [table] = resourcesOf(template, 'AWS::DynamoDB::Table');
  const gsis: readonly Gsi[] = table?.[1].Properties['GlobalSecondaryIndexes'] ?? [];
  return gsis.map(({ KeySchema, Projection }) => ({
    keys: KeySchema.map(({ AttributeName }) => AttributeName),
    attributes: Projection.NonKeyAttributes ?? [],
  }));
}

/** Uploads made articles to the stack on this machine and counts all that it does until nothing is under way. */
export async function countedRun(template: string, load: Load): Promise<Usage> {
  const shape: Template = JSON.parse(await readFile(template, 'utf8'));
  const calls = new Map<string, number>();
  const runs = new Map<string, number>();
  let logBytes = 0;
  let upstream = '';
  const dynamodb = await meterDynamodb(() => upstream, indexesOf(shape));
  const memoryOf = (fn: string): number => {
    const lambdas = resourcesOf(shape, 'AWS::Lambda::Function');
    const found = lambdas.find(([id]) => id.startsWith(fn));
    if (found === undefined) throw new Error(`the template has no function ${fn}`);
    return found[1].Properties['MemorySize'] ?? 128;
  };
  const host = await startLocalHost({
    template,
    stateDir: null,
    env: { MAX_ALERT_AGE_DAYS: 'off', AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url },
    onLog: ({ line }) => {
      logBytes += Buffer.byteLength(line);
    },
    faults: {
      before(moment: Moment) {
        if (moment.what === 'invocation') add(runs, moment.fn);
        else if (moment.caller !== null) add(calls, `${moment.service} ${moment.operation}`);
        return null;
      },
    },
  });
  upstream = host.url;
  const s3 = new S3Client({
    endpoint: host.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const objects = objectsOf(load);
    for (const object of objects)
      await s3.send(new PutObjectCommand({ Bucket: host.outputs['InboxBucket'], ...object }));
    await host.idle();
    const processes = await children();
    const functions = new Map(
      [...runs].map(([fn, count]) => {
        const own = processes.filter((one) => one.fn === host.physicalId(fn));
        const cpuMs = own.reduce((sum, one) => sum + one.cpuMs, 0);
        return [fn, { runs: count, cpuMs, memoryMb: memoryOf(fn) }];
      }),
    );
    return { objects: objects.length, calls, units: dynamodb.units, functions, logBytes };
  } finally {
    await host.stop();
    dynamodb.stop();
  }
}

function add(map: Map<string, number>, name: string): void {
  map.set(name, (map.get(name) ?? 0) + 1);
}

function objectsOf({ articles, perObject, bytes, share }: Load): { Key: string; Body: string }[] {
  const made = makeArticles(articles, { seed: perObject, bytes, share });
  return Array.from({ length: Math.ceil(articles / perObject) }, (_, i) => {
    const members = made.slice(i * perObject, (i + 1) * perObject);
    const [{ title, body } = { title: '', body: '' }] = members;
    return perObject === 1
      ? { Key: `a-${i}.txt`, Body: `${title}\n\n${body}\n` }
      : { Key: `a-${i}.ndjson`, Body: members.map((one) => JSON.stringify(one)).join('\n') };
  });
}
