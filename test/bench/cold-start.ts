import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Plugin } from 'esbuild';
import { bundle, shippedSources } from '../../infra/build.ts';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { pendingKey, SHARDS } from '../../shared/aws/article-item.ts';
import { WATCHLIST_KEY } from '../../shared/aws/s3-watchlist.ts';
import type { EnvOf, INGEST_ENV, RELAY_ENV } from '../../shared/config.ts';
import { SHIPPED_ARTIFACT } from '../../shared/node/watchlist-reader.ts';
import { noticeOf } from '../../shared/notice.ts';
import { artifactName } from '../../shared/watch.ts';
import { ENGINE_VERSION, openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { makeArticles } from './articles.ts';
import { quietStack } from './quiet-stack.ts';
import { median, table } from './rounds.ts';
import { makeWatchlist } from './watchlists.ts';

const ROUNDS = 9;
const RULES = 10_000;
const run = promisify(execFile);
const CHILD = fileURLToPath(new URL('./first-result.js', import.meta.url));
const HANDLERS = 'test/bench/handlers';
/** Bundled as anyone would, for what they are beside ours. */
const BARE = ['empty', 'ingest-clients', 'ingest-calls', 'relay-clients', 'relay-calls'];

/** One handler whose first result is waited for. */
interface Candidate {
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  /** An event of its own in every round, since a function that has seen an article does less. */
  readonly event: (round: number) => Promise<unknown> | unknown;
}

/**
 * CPU from the start of a process to the first result of each bundled handler, real calls to the local host included,
 * beside a handler that only makes the same SDK clients and one that also makes the same calls.
 */
export async function benchColdStart(): Promise<{ name: string; rows: string[][]; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-cold-'));
  const host = await startLocalHost({ template: await quietStack(folder), stateDir: null });
  try {
    const candidates = await candidatesOf(host, folder);
    const taken = new Map(Object.keys(candidates).map((name) => [name, [] as First[]]));
    for (let round = 0; round <= ROUNDS; round++)
      for (const [name, candidate] of Object.entries(candidates)) {
        const first = await firstResult(candidate, await candidate.event(round));
        // The first round fills the caches of the disk.
        if (round > 0) taken.get(name)?.push(first);
      }
    const ms = (name: string) => median((taken.get(name) ?? []).map(({ cpu }) => cpu)) / 1000;
    const rows = Object.keys(candidates).map((name) => {
      const kind = name.split(':')[0] ?? '';
      const of = (base: string) =>
        candidates[base] === undefined ? '' : (ms(name) / ms(base)).toFixed(2);
      const rss = median((taken.get(name) ?? []).map((one) => one.rss)) / 2 ** 20;
      return [
        name,
        ms(name).toFixed(0),
        of(`${kind}: SDK clients`),
        of(`${kind}: SDK clients and calls`),
        rss.toFixed(0),
      ];
    });
    return {
      name: 'cold-start',
      rows,
      text: table(
        [
          'from process start to the first result',
          'CPU ms',
          '/ clients',
          '/ clients and calls',
          'RSS MB',
        ],
        rows,
      ),
    };
  } finally {
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface First {
  readonly cpu: number;
  readonly rss: number;
}

async function firstResult({ bundle: path, env }: Candidate, event: unknown): Promise<First> {
  const { stderr } = await run(process.execPath, [CHILD, path, JSON.stringify(event)], {
    env: { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const { answer, ...first } = JSON.parse(stderr);
  if (answer?.batchItemFailures?.length > 0) throw new Error(`${path} failed: ${stderr}`);
  return first;
}

async function candidatesOf(host: LocalHost, folder: string): Promise<Record<string, Candidate>> {
  const bundled = async (to: string, names: readonly string[], plugins?: readonly Plugin[]) => {
    const entries = names.map((name) => [name, `${HANDLERS}/${name}.ts`]);
    await bundle(Object.fromEntries(entries), join(folder, to), plugins);
    return (name: string) => join(folder, to, `${name}.mjs`);
  };
  const bare = await bundled('bare', BARE, []);
  const lean = await bundled('lean', ['ingest-clients', 'ingest-article', 'relay-clients']);
  const ours = (name: string) => join(folder, 'bundles', name, `${name}.mjs`);
  const output = (name: string) => host.outputs[name] ?? '';
  const aws = { ...host.env, AWS_SESSION_TOKEN: 'local' };
  const ingestEnv: EnvOf<typeof INGEST_ENV> = {
    ...aws,
    ARTICLES_TABLE: output('ArticlesTable'),
    CONFIG_BUCKET: output('ConfigBucket'),
    BACKFILL_QUEUE_ARN: 'arn:none',
    MAX_ALERT_AGE_DAYS: 'off',
    STACK_NAME: 'Bench',
  };
  const relayEnv: EnvOf<typeof RELAY_ENV> = {
    ...aws,
    ARTICLES_TABLE: output('ArticlesTable'),
    ALERTS_TOPIC_ARN: output('AlertsTopic'),
    ALERT_LANGUAGE: 'en',
    MAX_ALERTS_PER_RULE: '1000',
    MAX_MESSAGES_PER_SECOND: '5',
    STACK_NAME: 'Bench',
  };
  const large = await storeWatchlist(host, folder);
  const upload = uploader(host);
  const unseen = makeArticles(1_000, { seed: 12, share: 1 });
  const article = (round: number) => {
    const { title, body } = unseen[round] ?? { title: '', body: '' };
    return { text: `${title}\n\n${body}\n` };
  };
  const withoutCalls = (watchlist: string): Candidate => ({
    bundle: lean('ingest-article'),
    env: { ...ingestEnv, WATCHLIST: watchlist },
    event: article,
  });
  return {
    'empty handler': { bundle: bare('empty'), env: {}, event: () => ({}) },
    'ingest: SDK clients': { bundle: bare('ingest-clients'), env: ingestEnv, event: () => ({}) },
    'ingest: SDK clients and calls': {
      bundle: bare('ingest-calls'),
      env: ingestEnv,
      event: upload,
    },
    'ingest: SDK clients, lean': {
      bundle: lean('ingest-clients'),
      env: ingestEnv,
      event: () => ({}),
    },
    'ingest: default watchlist, without its calls': withoutCalls(
      join(folder, 'bundles', 'ingest', SHIPPED_ARTIFACT),
    ),
    [`ingest: ${RULES} rules, without its calls`]: withoutCalls(large),
    'ingest: default watchlist': { bundle: ours('ingest'), env: ingestEnv, event: upload },
    [`ingest: ${RULES} rules`]: {
      bundle: ours('ingest'),
      // The inbox serves as the other bucket with a watchlist.
      env: { ...ingestEnv, CONFIG_BUCKET: output('InboxBucket') },
      event: upload,
    },
    'relay: SDK clients': { bundle: bare('relay-clients'), env: relayEnv, event: () => ({}) },
    'relay: SDK clients and calls': {
      bundle: bare('relay-calls'),
      env: relayEnv,
      event: () => ({}),
    },
    'relay: SDK clients, lean': {
      bundle: lean('relay-clients'),
      env: relayEnv,
      event: () => ({}),
    },
    'relay: one alert': { bundle: ours('relay'), env: relayEnv, event: () => pending(host) },
  };
}

const clientOf = ({ url, env }: LocalHost) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: {
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  },
});

/** Puts a large watchlist and its compiled form where ingest looks for them. @returns a file of the compiled form. */
async function storeWatchlist(host: LocalHost, folder: string): Promise<string> {
  const s3 = new S3Client(clientOf(host));
  const yaml = makeWatchlist(RULES);
  const compiled = compileWatchlist([
    ...(await shippedSources()),
    { name: 'watchlist.yaml', text: yaml },
  ]);
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
  const shipped = openWatchlist(
    await readFile(join(folder, 'bundles', 'ingest', SHIPPED_ARTIFACT)),
  );
  const Key = artifactName(yaml, `${ENGINE_VERSION}:${shipped.version}`);
  const Bucket = host.outputs['InboxBucket'];
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: compiled.artifact }));
  await s3.send(new PutObjectCommand({ Bucket, Key: WATCHLIST_KEY, Body: yaml }));
  const file = join(folder, 'large.bin');
  await writeFile(file, compiled.artifact);
  return file;
}

/** Uploads an article that nobody has seen, with one event in it, and gives the notice of it as SQS does. */
function uploader(host: LocalHost): () => Promise<unknown> {
  const s3 = new S3Client(clientOf(host));
  const articles = makeArticles(1_000, { seed: 11, share: 1 });
  const bucket = host.outputs['InboxBucket'] ?? '';
  let uploaded = 0;
  return async () => {
    const { title, body } = articles[uploaded] ?? { title: '', body: '' };
    const key = `article-${uploaded++}.txt`;
    const Body = `${title}\n\n${body}\n`;
    const { VersionId = null } = await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body }),
    );
    const object = { bucket, key, versionId: VersionId, size: Buffer.byteLength(Body) };
    const more = { uploadedAt: new Date().toISOString(), rescore: false, tellNew: false };
    return { Records: [{ messageId: key, body: noticeOf([{ ...object, ...more }]) }] };
  };
}

/** A stream event for an article that waits to be told of. */
async function pending(host: LocalHost): Promise<unknown> {
  const dynamodb = new DynamoDBClient(clientOf(host));
  for (let shard = 0; shard < SHARDS; shard++) {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: host.outputs['ArticlesTable'],
        IndexName: 'gsi2',
        KeyConditionExpression: 'gsi2pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pendingKey(shard) } },
        Limit: 1,
      }),
    );
    const [item] = Items;
    if (item?.['pk'] !== undefined)
      return { Records: [{ dynamodb: { Keys: { pk: item['pk'] }, SequenceNumber: '1' } }] };
  }
  throw new Error('no article waits to be told of: did ingest store one?');
}
