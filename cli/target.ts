import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type LocalHost, startLocalHost } from '../infra/local/host.ts';
import { UsageError } from './io.ts';
import { synthesize } from './synthesize.ts';

/** The options by which every command that speaks to a stack says which. */
export const TARGET_OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  local: { type: 'boolean' },
  state: { type: 'string', default: '.rasid' },
} as const;

export const TARGET_HELP = `  --stack ID           a deployed stack, such as Rasid-news-dev, with your own AWS credentials
  --region R           its region (default: your AWS configuration's)
  --local              the pipeline on this machine (the default; commands that delete, send or change want it said)
  --state DIR          where that one is kept (default: .rasid)
`;

export interface TargetChoice {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly local?: boolean | undefined;
  readonly state: string;
}

/** A stack to speak to: SDK clients made with `client` reach it, `output` names its resources. */
export interface Target {
  /** For people: what is being spoken to. */
  readonly name: string;
  readonly isLocal: boolean;
  /** What every SDK client of this target is made with. */
  readonly client: Readonly<{
    endpoint?: string;
    region?: string;
    credentials?: Readonly<{ accessKeyId: string; secretAccessKey: string }>;
  }>;
  /** Whether the stack has such an output: some depend on its settings. */
  has(name: string): boolean;
  /** @throws Error when the stack has no such output: it was deployed by another Rasid. */
  output(name: string): string;
  /** Resolves when everything under way is done; at once for a deployed stack. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What changes or deletes something wants its stack named.
 * @param does what it does to it, for the complaint
 * @throws UsageError when neither --stack nor --local was said
 */
export function wantTarget({ stack, local }: TargetChoice, does: string): void {
  if (stack === undefined && !local)
    throw new UsageError(`${does}: say where, --stack ID or --local`);
}

/** Opens the stack that the options name. A local one that is not running is started for as long as the command takes. */
export async function openTarget(choice: TargetChoice): Promise<Target> {
  if (choice.stack !== undefined && choice.local)
    throw new UsageError('--stack or --local, not both');
  return choice.stack === undefined
    ? openLocal(resolve(choice.state))
    : openStack(choice.stack, choice.region);
}

async function openStack(name: string, region: string | undefined): Promise<Target> {
  const client = region === undefined ? {} : { region };
  const { Stacks = [] } = await new CloudFormationClient(client).send(
    new DescribeStacksCommand({ StackName: name }),
  );
  const outputs = Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]),
  );
  return {
    name: region === undefined ? name : `${name} (${region})`,
    isLocal: false,
    client,
    has: (key) => outputs[key] !== undefined,
    output: (key) => outputOf(outputs, key, name),
    idle: async () => {},
    close: async () => {},
  };
}

/** What a running `rasid start` leaves in its state folder for the other commands. */
interface Running {
  readonly pid: number;
  readonly url: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

const runningFile = (stateDir: string) => join(stateDir, 'running.json');

/** Lets other commands find this host; the returned function takes the notice away. */
export async function announceHost(
  stateDir: string,
  { url, outputs, env }: Pick<LocalHost, 'url' | 'outputs' | 'env'>,
): Promise<() => Promise<void>> {
  const running: Running = { pid: process.pid, url, outputs, env };
  await writeFile(runningFile(stateDir), JSON.stringify(running), { mode: 0o600 });
  return () => rm(runningFile(stateDir), { force: true });
}

async function openLocal(stateDir: string): Promise<Target> {
  const running = await findRunning(stateDir);
  if (running !== null)
    return localTarget(
      stateDir,
      running,
      async () => {},
      async () => {},
    );
  if (!existsSync(stateDir))
    throw new UsageError(`nothing is kept in ${stateDir} yet: npm start first, or name a --stack`);
  const host = await startLocalHost({ template: await templateIn(stateDir), stateDir });
  return localTarget(
    stateDir,
    host,
    () => host.idle(),
    () => host.stop(),
  );
}

async function templateIn(stateDir: string): Promise<string> {
  const assembly = join(stateDir, 'cdk.out');
  const files = existsSync(assembly) ? await readdir(assembly) : [];
  const template = files.find((file) => file.endsWith('.template.json'));
  return template === undefined ? synthesize(assembly) : join(assembly, template);
}

async function findRunning(stateDir: string): Promise<Running | null> {
  if (!existsSync(runningFile(stateDir))) return null;
  const running: Running = JSON.parse(await readFile(runningFile(stateDir), 'utf8'));
  return isAlive(running.pid) ? running : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function localTarget(
  stateDir: string,
  { url, outputs, env }: Pick<LocalHost, 'url' | 'outputs' | 'env'>,
  idle: () => Promise<void>,
  close: () => Promise<void>,
): Target {
  return {
    name: `this machine (${stateDir})`,
    isLocal: true,
    client: {
      endpoint: url,
      region: env['AWS_REGION'] ?? 'us-east-1',
      credentials: {
        accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? 'local',
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
      },
    },
    has: (key) => outputs[key] !== undefined,
    output: (key) => outputOf(outputs, key, 'the local stack'),
    idle,
    close,
  };
}

function outputOf(outputs: Readonly<Record<string, string>>, key: string, stack: string): string {
  const value = outputs[key];
  if (value === undefined)
    throw new Error(`${stack} has no output ${key}: deploy this version of Rasid first`);
  return value;
}
