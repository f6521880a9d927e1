/**
 * `npm run cost`: dollars per million articles, from the calls, bytes and milliseconds of a run of the real bundles on
 * this machine and a dated price table. Nothing is estimated but what AWS alone can say, and that is named below.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { synthesize } from '../../cli/synthesize.ts';
import type { Moment } from '../../infra/local/fault.ts';
import { startLocalHost } from '../../infra/local/host.ts';
import { makeArticles } from './articles.ts';
import { itemBytes, writeUnits } from './item-size.ts';
import { PRICES } from './prices.ts';

const ARTICLES = 2_000;
/** Ordinary days alert on two to five articles of a hundred. */
const SHARE = 0.02;

/** What one run used, as AWS would count it. */
interface Usage {
  readonly calls: Map<string, number>;
  readonly ms: Map<string, number>;
  readonly runs: Map<string, number>;
  logBytes: number;
}

async function run(template: string, perObject: number, bytes: number, share: number) {
  const usage: Usage = { calls: new Map(), ms: new Map(), runs: new Map(), logBytes: 0 };
  const began = new Map<unknown, number>();
  const count = (map: Map<string, number>, name: string, by = 1) =>
    map.set(name, (map.get(name) ?? 0) + by);
  const host = await startLocalHost({
    template,
    stateDir: null,
    env: { MAX_ALERT_AGE_DAYS: 'off' },
    onLog: ({ line }) => {
      usage.logBytes += Buffer.byteLength(line);
    },
    faults: {
      before(moment: Moment) {
        if (moment.what === 'invocation') began.set(moment.event, performance.now());
        else if (moment.caller !== null)
          count(usage.calls, `${moment.service} ${moment.operation}`);
        return null;
      },
      after(moment: Moment) {
        if (moment.what !== 'invocation') return null;
        count(usage.runs, moment.fn);
        count(usage.ms, moment.fn, performance.now() - (began.get(moment.event) ?? 0));
        began.delete(moment.event);
        return null;
      },
    },
  });
  const client = { endpoint: host.url, region: 'us-east-1', credentials: credentialsOf(host.env) };
  const s3 = new S3Client(client);
  const articles = makeArticles(ARTICLES, { seed: perObject, bytes, share });
  const objects = chunks(articles, perObject).map((members, i) =>
    perObject === 1
      ? { Key: `a-${i}.txt`, Body: `${members[0]?.title}\n\n${members[0]?.body}\n` }
      : { Key: `a-${i}.ndjson`, Body: members.map((one) => JSON.stringify(one)).join('\n') },
  );
  for (const object of objects)
    await s3.send(new PutObjectCommand({ Bucket: host.outputs['InboxBucket'] ?? '', ...object }));
  await host.idle();
  const items = await scan(new DynamoDBClient(client), host.outputs['ArticlesTable'] ?? '');
  await host.stop();
  return { usage, items, objects: objects.length };
}

const credentialsOf = (env: Readonly<Record<string, string>>) => ({
  accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
});

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

type Item = Record<string, AttributeValue>;

async function scan(dynamodb: DynamoDBClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** What gsi1 projects, beside the keys: see the stack. */
const GSI1 = [
  'pk',
  'sk',
  'gsi1pk',
  'gsi1sk',
  'title',
  'lang',
  'source',
  'site',
  'published',
  'labels',
  'actors',
  'statuses',
];

/**
 * Write units of everything in the table: each item once with its index entries, and for an article that the relay
 * marked, the update with the index entry that moved (one deleted, one put).
 */
function unitsOf(items: readonly Item[]): number {
  return items.reduce((sum, item) => {
    const own = writeUnits(itemBytes(item));
    const gsi1 = item['gsi1pk'] ? writeUnits(itemBytes(only(item, GSI1))) : 0;
    const gsi2 = item['gsi2pk'] ? 1 : 0;
    const marked = item['gsi2pk']?.S?.startsWith('SENT#') ? own + 2 : 0;
    return sum + own + gsi1 + gsi2 + marked;
  }, 0);
}

const only = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

const MEMORY_GB: Readonly<Record<string, number>> = { Ingest: 1, Relay: 0.25 };

function bill({ usage, items, objects }: Awaited<ReturnType<typeof run>>) {
  const n = (name: string) => usage.calls.get(name) ?? 0;
  const sum = (map: Map<string, number>, weigh: (name: string) => number) =>
    [...map].reduce((total, [name, value]) => total + value * weigh(name), 0);
  const memory = (fn: string) =>
    MEMORY_GB[Object.keys(MEMORY_GB).find((one) => fn.includes(one)) ?? ''] ?? 0;
  const ingestRuns = sum(usage.runs, (fn) => (fn.includes('Ingest') ? 1 : 0));
  const perMillion = 1e6 / ARTICLES;
  const reads = n('dynamodb GetItem') + n('dynamodb Query');
  return {
    'S3 PUT (the uploader)': [objects, objects * PRICES.s3Put * perMillion],
    'S3 GET': [n('s3 GetObject'), n('s3 GetObject') * PRICES.s3Get * perMillion],
    // S3's send, and a receive and a delete a batch.
    'SQS requests': [
      objects + 2 * ingestRuns,
      (objects + 2 * ingestRuns) * PRICES.sqsRequest * perMillion,
    ],
    'DynamoDB write units': [unitsOf(items), unitsOf(items) * PRICES.writeUnit * perMillion],
    'DynamoDB read units': [reads, reads * PRICES.readUnit * perMillion],
    'Lambda ms': [
      Math.round(sum(usage.ms, () => 1)),
      (sum(usage.ms, (fn) => memory(fn) / 1000) * PRICES.lambdaGbSecond +
        sum(usage.runs, () => PRICES.lambdaRequest)) *
        perMillion,
    ],
    'SNS publishes': [n('sns Publish'), n('sns Publish') * PRICES.snsPublish * perMillion],
    'Log bytes': [usage.logBytes, (usage.logBytes / 1e9) * PRICES.logGb * perMillion],
  } satisfies Record<string, [number, number]>;
}

/** What no design of this kind can go below: one GET, one send and a tenth of a receive and a delete, one item with one index entry. */
function floor(perObject: number): number {
  return (
    (PRICES.s3Get / perObject + (1.2 * PRICES.sqsRequest) / perObject + 2 * PRICES.writeUnit) * 1e6
  );
}

function print(title: string, perObject: number, lines: ReturnType<typeof bill>): void {
  const rows = Object.entries(lines);
  const total = rows.reduce((sum, [, [, dollars]]) => sum + dollars, 0);
  const own = total - lines['S3 PUT (the uploader)'][1];
  process.stdout.write(
    `\n${title}\n\n| | units per 1,000 articles | $ per million |\n|---|---:|---:|\n`,
  );
  for (const [name, [units, dollars]] of rows)
    process.stdout.write(
      `| ${name} | ${((units * 1000) / ARTICLES).toFixed(0)} | ${dollars.toFixed(2)} |\n`,
    );
  process.stdout.write(
    `| **all** | | **${total.toFixed(2)}** |\n| without the uploader's PUT | | ${own.toFixed(2)} |\n| floor (GET, SQS, two write units) | | ${floor(perObject).toFixed(2)} |\n`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'rasid-cost-'));
try {
  const template = await synthesize(folder);
  process.stdout.write(
    `Prices of ${PRICES.date}, ${PRICES.region}; ${ARTICLES} articles a run. Lambda time is this machine's.\n`,
  );
  for (const [title, perObject, bytes, share] of [
    [`One article an object, 4.5 KB, ${SHARE * 100} % alert`, 1, 4_500, SHARE],
    [`100 articles an object, 4.5 KB, ${SHARE * 100} % alert`, 100, 4_500, SHARE],
    [`One article an object, 18 KB, ${SHARE * 100} % alert`, 1, 18_000, SHARE],
    ['One article an object, 4.5 KB, 20 % alert', 1, 4_500, 0.2],
  ] as const)
    print(title, perObject, bill(await run(template, perObject, bytes, share)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
