/**
 * `npm run cost`: dollars per million articles, from the calls, bytes and CPU milliseconds of a run of the real bundles on
 * this machine and a dated price table. Nothing is estimated but what AWS alone can say: how long its answers take.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../../cli/synthesize.ts';
import { countedRun, type FunctionUsage, type Load, type Usage } from './counted-run.ts';
import { PRICES } from './prices.ts';
import { table } from './rounds.ts';

const ARTICLES = 1_000;
/** Ordinary days alert on two to five articles of a hundred. */
const SHARE = 0.02;
/** Lambda itself writes a line when a run starts, ends and is reported, as JSON some 600 bytes together. */
const PLATFORM_LOG_BYTES = 600;

const LOADS: Readonly<Record<string, Load>> = {
  'one article an object': { articles: ARTICLES, perObject: 1, bytes: 4_500, share: SHARE },
  '100 articles an object': { articles: ARTICLES, perObject: 100, bytes: 4_500, share: SHARE },
  'articles of 18 KB': { articles: ARTICLES, perObject: 1, bytes: 18_000, share: SHARE },
  '20 % tell an event': { articles: ARTICLES, perObject: 1, bytes: 4_500, share: 0.2 },
};

/** Lambda gives one core at this memory, and less in proportion. */
const CORE_MB = 1769;
/** What AWS answers in within a region, milliseconds; not measured here. */
const WAIT_MS = {
  's3 GetObject': 25,
  'dynamodb PutItem': 6,
  'dynamodb GetItem': 4,
  'dynamodb Query': 4,
  'dynamodb UpdateItem': 6,
  'sns Publish': 25,
};
/** Calls of ingest that wait at once; relay's wait one after the other. */
const INGEST_WIDTH = 4;

/** How long the function would run on Lambda: its CPU at its share of a core, and the waits for what it calls. */
function billedMs(fn: string, { cpuMs, memoryMb }: FunctionUsage, calls: (name: string) => number) {
  const mine = fn.startsWith('Ingest')
    ? (['s3 GetObject', 'dynamodb PutItem'] as const)
    : (['dynamodb GetItem', 'dynamodb Query', 'dynamodb UpdateItem', 'sns Publish'] as const);
  const waits = mine.reduce((sum, name) => sum + calls(name) * WAIT_MS[name], 0);
  return (
    cpuMs / Math.min(1, memoryMb / CORE_MB) + waits / (fn.startsWith('Ingest') ? INGEST_WIDTH : 1)
  );
}

/** Units used, and dollars for a million articles. */
type Bill = Readonly<Record<string, readonly [number, number]>>;

const UPLOADER = 'S3 PUT (the uploader)';

function billOf({ articles }: Load, usage: Usage): Bill {
  const calls = (name: string) => usage.calls.get(name) ?? 0;
  const runs = [...usage.functions.values()];
  const total = (of: (one: (typeof runs)[number]) => number) =>
    runs.reduce((sum, one) => sum + of(one), 0);
  const gbSeconds = [...usage.functions].reduce(
    (sum, [fn, one]) => sum + (billedMs(fn, one, calls) / 1000) * (one.memoryMb / 1024),
    0,
  );
  const ingestRuns = [...usage.functions].find(([fn]) => fn.startsWith('Ingest'))?.[1].runs ?? 0;
  const logBytes = usage.logBytes + PLATFORM_LOG_BYTES * total((one) => one.runs);
  const line = (units: number, price: number) => [units, (units * price * 1e6) / articles] as const;
  return {
    [UPLOADER]: line(usage.objects, PRICES.s3Put),
    'S3 GET': line(calls('s3 GetObject'), PRICES.s3Get),
    // S3's send of every notice, and a receive and a delete a batch.
    'SQS requests': line(usage.objects + 2 * ingestRuns, PRICES.sqsRequest),
    'DynamoDB write units: items': line(usage.units.write - usage.units.index, PRICES.writeUnit),
    'DynamoDB write units: indexes': line(usage.units.index, PRICES.writeUnit),
    'DynamoDB read units': line(usage.units.read, PRICES.readUnit),
    'Lambda GB-seconds': line(gbSeconds, PRICES.lambdaGbSecond),
    'Lambda runs': line(
      total((one) => one.runs),
      PRICES.lambdaRequest,
    ),
    'SNS publishes': line(calls('sns Publish'), PRICES.snsPublish),
    'log bytes': line(logBytes, PRICES.logGb / 1e9),
  };
}

/** What no design of this kind goes below: one GET, one send with a tenth of a receive and a delete, one item with one index entry. */
function floorOf({ perObject }: Load): number {
  const perArticle = PRICES.s3Get / perObject + (1.2 * PRICES.sqsRequest) / perObject;
  return (perArticle + 2 * PRICES.writeUnit) * 1e6;
}

function rowsOf(load: Load, bill: Bill): string[][] {
  const sum = Object.values(bill).reduce((all, [, dollars]) => all + dollars, 0);
  const [, uploader] = bill[UPLOADER] ?? [0, 0];
  return [
    ...Object.entries(bill).map(([name, [units, dollars]]) => [
      name,
      ((units * 1000) / load.articles).toFixed(units > load.articles ? 0 : 1),
      dollars.toFixed(2),
    ]),
    ['**all in**', '', `**${sum.toFixed(2)}**`],
    ['without the uploader’s PUT', '', (sum - uploader).toFixed(2)],
    ['floor: GET, SQS, two write units', '', floorOf(load).toFixed(2)],
  ];
}

/**
 * The stack with so many runs of ingest at once. At its full width twenty processes share the cores of this machine, and the
 * time of a run is mostly the others'.
 */
async function withConcurrency(runs: number, path: string): Promise<string> {
  const template = await readFile(path, 'utf8');
  await writeFile(path, template.replace(/("MaximumConcurrency": ?)\d+/g, `$1${runs}`));
  return path;
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const folder = await mkdtemp(join(tmpdir(), 'rasid-cost-'));
try {
  const template = await withConcurrency(2, await synthesize(folder));
  process.stdout.write(
    `Prices of ${PRICES.date}, ${PRICES.region}; ${ARTICLES} articles a run. Lambda's time is the CPU of this machine at Lambda's share of a core and ${JSON.stringify(WAIT_MS)} ms of waiting. ${SHARE * 100} % of the articles tell an event unless said otherwise.\n`,
  );
  const bills: Record<string, Bill> = {};
  for (const [title, load] of Object.entries(LOADS)) {
    const bill = billOf(load, await countedRun(template, load));
    bills[title] = bill;
    const head = [title, 'units per 1,000 articles', '$ per million'];
    process.stdout.write(`\n${table(head, rowsOf(load, bill))}\n`);
  }
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, 'cost.json'), `${JSON.stringify({ PRICES, bills }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
