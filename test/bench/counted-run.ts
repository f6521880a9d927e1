import { readFile } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Moment } from '../../infra/local/fault.ts';
import { startLocalHost } from '../../infra/local/host.ts';
import { makeArticles } from './articles.ts';
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
  /** By function: its runs, their milliseconds on this machine, and the memory it is given. */
  readonly functions: ReadonlyMap<string, { runs: number; ms: number; memoryMb: number }>;
  readonly logBytes: number;
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
  const functions = new Map<string, { runs: number; ms: number; memoryMb: number }>();
  const began = new Map<unknown, number>();
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
        if (moment.what === 'invocation') began.set(moment.event, performance.now());
        else if (moment.caller !== null) {
          const name = `${moment.service} ${moment.operation}`;
          calls.set(name, (calls.get(name) ?? 0) + 1);
        }
        return null;
      },
      after(moment: Moment) {
        if (moment.what !== 'invocation') return null;
        const { fn, event } = moment;
        const so = functions.get(fn) ?? { runs: 0, ms: 0, memoryMb: memoryOf(fn) };
        functions.set(fn, {
          ...so,
          runs: so.runs + 1,
          ms: so.ms + performance.now() - (began.get(event) ?? 0),
        });
        began.delete(event);
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
    return { objects: objects.length, calls, units: dynamodb.units, functions, logBytes };
  } finally {
    await host.stop();
    dynamodb.stop();
  }
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
