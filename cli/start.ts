import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { startLocalHost } from '../infra/local/host.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import { command } from './command.ts';
import { openDesk } from './console/desk.ts';
import { serveConsole } from './console/server.ts';
import { CONSOLE_PORT } from './console.ts';
import { filesIn, type InboxFile, uploadFile } from './files.ts';
import { interrupted } from './interrupted.ts';
import { type Io, UsageError } from './io.ts';
import { type Journal, journal } from './journal.ts';
import { openPage } from './open-page.ts';
import { synthesize } from './synthesize.ts';
import { announceHost, openTarget, type Target } from './target.ts';
import { watchFolder } from './watch-folder.ts';

const HELP = `rasid start: the whole pipeline on this machine.

  npm start                          run it; drop files into inbox/ and read the alerts here
  npm start -- --once PATH...        process these files and folders, print a summary, exit
                                     (1 when anything was quarantined)

  --inbox DIR          the folder to watch (default: inbox)
  --state DIR          where everything is kept between runs (default: .rasid)
  --fresh              forget what earlier runs kept
  --port N             the port of the S3, SQS, SNS and DynamoDB endpoint (default: 4599)
  --max-alert-age D    days after publication beyond which an article alerts nobody (default: off)
`;

/** A fixed port, so that a command copied from the screen works tomorrow too. */
const PORT = 4599;
/** Nobody at a terminal waits the twelve minutes after which SQS hands a failed message out again: 36 s will do. */
const TIME_SCALE = 0.05;
const SAMPLES = fileURLToPath(new URL('../test/articles/', import.meta.url));

const OPTIONS = {
  once: { type: 'boolean', default: false },
  inbox: { type: 'string', default: 'inbox' },
  state: { type: 'string', default: '.rasid' },
  fresh: { type: 'boolean', default: false },
  port: { type: 'string', default: String(PORT) },
  'max-alert-age': { type: 'string', default: 'off' },
} as const;

/** Runs the whole pipeline on this machine: once over some files, or until somebody ends it. */
export const startCommand = command(HELP, OPTIONS, 'words', async ({ values, positionals }, io) => {
  if (values.once && positionals.length === 0)
    throw new UsageError('--once wants files or folders');
  if (!values.once && positionals.length > 0)
    throw new UsageError(`what to do with ${positionals[0]}? Say --once to process it`);
  const missing = positionals.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UsageError(`there is no ${missing.join(', no ')}`);

  const stateDir = resolve(values.state);
  if (values.fresh) await rm(stateDir, { recursive: true, force: true });
  await mkdir(stateDir, { recursive: true });
  io.stderr.write('Building and starting ...\n');
  const pipeline = await startPipeline(stateDir, values, io);
  if (values.once) {
    await pipeline.upload(filesIn(positionals));
    await pipeline.stop();
    return pipeline.told.summary();
  }
  await serve(pipeline, resolve(values.inbox), io);
  return 0;
});

interface Pipeline {
  readonly stateDir: string;
  readonly target: Target;
  /** The endpoint of its S3, SQS, SNS and DynamoDB. */
  readonly url: string;
  readonly told: Journal;
  upload(files: AsyncIterable<InboxFile> | Iterable<InboxFile>): Promise<void>;
  /** Resolves when all that came in is done and told. */
  idle(): Promise<void>;
  /** Waits for what is under way, then ends the host. */
  stop(): Promise<void>;
}

async function startPipeline(
  stateDir: string,
  {
    port,
    'max-alert-age': maxAlertAge,
  }: { readonly port: string; readonly 'max-alert-age': string },
  io: Io,
): Promise<Pipeline> {
  const template = await synthesize(join(stateDir, 'cdk.out'));
  const told = journal(io);
  const host = await startLocalHost({
    template,
    stateDir,
    port: Number(port),
    timeScale: TIME_SCALE,
    env: {
      MAX_ALERT_AGE_DAYS: maxAlertAge.replace(/d$/, ''),
      // Five a second is for people's mail; here it goes to a folder and to this screen.
      MAX_MESSAGES_PER_SECOND: '100',
    },
    onLog: ({ line }) => told.hear(line),
  });
  const withdraw = await announceHost(stateDir, host);
  const target = await openTarget({ state: stateDir });
  const s3 = new S3Client(target.client);
  told.readFrom(dynamodbOutbox(new DynamoDBClient(target.client), target.output('ArticlesTable')));
  const idle = async () => {
    await host.idle();
    await told.flush();
  };
  return {
    stateDir,
    target,
    url: host.url,
    told,
    upload: async (files) => {
      for await (const file of files) await uploadFile(s3, target.output('InboxBucket'), file);
    },
    idle,
    stop: async () => {
      await idle();
      await withdraw();
      await host.stop();
    },
  };
}

/** Watches a folder and serves the page until Ctrl-C. */
async function serve(pipeline: Pipeline, inbox: string, io: Io): Promise<void> {
  await mkdir(inbox, { recursive: true });
  const watching = await watchFolder(inbox, (file) => pipeline.upload([file]));
  if (watching.isEmpty) await pipeline.upload(samples());
  await pipeline.idle();
  const desk = openDesk(pipeline.target, pipeline.stateDir);
  const page = await serveConsole(desk, CONSOLE_PORT);
  io.stdout.write(`
Running. Look at it on this page, and drop files there, or into ${inbox}:

  ${page.url}

Or use any S3 client:

  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1 \\
    aws --endpoint-url ${pipeline.url} s3 cp article.txt s3://${pipeline.target.output('InboxBucket')}/

State is kept in ${pipeline.stateDir}. Ctrl-C ends it.
`);
  if (process.stdout.isTTY) openPage(page.url);
  await interrupted();
  io.stderr.write('\nEnding ...\n');
  await page.close();
  desk.close();
  await watching.stop();
  await pipeline.stop();
}

async function* samples(): AsyncGenerator<InboxFile> {
  for await (const { path, key } of filesIn([SAMPLES]))
    if (/\/source\.\w+$/.test(key)) yield { path, key: `samples/${key.replace('/source', '')}` };
}
