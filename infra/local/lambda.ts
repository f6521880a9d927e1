import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { REGION } from './arn.ts';
import { AwsError } from './aws-error.ts';
import type { Fault, FaultInjector } from './fault.ts';
import type { Caller } from './http.ts';
import { type Outcome, type Sandbox, startSandbox } from './sandbox.ts';
import { pause, type Time } from './time.ts';

/** A function of the template, ready to run. */
export interface FunctionSpec {
  /** Its physical name. */
  readonly name: string;
  /** Its name for people. */
  readonly label: string;
  readonly arn: string;
  readonly dir: string;
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly env: Readonly<Record<string, string>>;
  /** Whether its role allows an action on a resource. */
  readonly may: Caller['may'];
}

/** Lambda: runs the real bundles, each run in a process that no other run shares at the time. */
export interface Lambda {
  add(spec: FunctionSpec): void;
  /** How many seconds a function may run. */
  timeoutOf(nameOrArn: string): number;
  /** Runs a function, in an idle process or a new one. */
  run(nameOrArn: string, event: unknown): Promise<Outcome>;
  /** Runs it as Lambda does for SNS, S3 and schedules: twice more if it fails, `retries` unless told. */
  runLater(nameOrArn: string, event: unknown, retries?: number): void;
  /** Whose access key this is; null for a person's, an error for one of a process that is gone. */
  caller(accessKeyId: string): Caller | null;
  /** Runs under way or waiting to be tried again. */
  busy(): number;
  stop(): Promise<void>;
}

/** What Lambda waits before it tries an asynchronous event again. */
const ASYNC_RETRY_SECONDS = [60, 120];

/** How often the end of the last run is looked for. */
const STOP_LOOK_MS = 2;

/** Our access keys; people's begin otherwise. */
const KEY_PREFIX = 'LOCALFN';

/** Runs functions against the host at `url`. */
export function openLambda(
  url: () => string,
  extraEnv: Readonly<Record<string, string>>,
  onLog: (fn: string, line: string) => void,
  faults: FaultInjector,
  time: Time,
): Lambda {
  const specs = new Map<string, FunctionSpec>();
  const idle = new Map<string, Sandbox[]>();
  const living = new Set<Sandbox>();
  const callers = new Map<string, Caller>();
  const stopping = new AbortController();
  // Every living process waits for it, and there may be as many as the mappings allow.
  setMaxListeners(0, stopping.signal);
  let running = 0;

  function specOf(nameOrArn: string): FunctionSpec {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);
    const spec = specs.get(name);
    if (spec === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    }
    return spec;
  }

  async function open(spec: FunctionSpec): Promise<Sandbox | Outcome> {
    const key = `${KEY_PREFIX}${randomBytes(9).toString('hex').toUpperCase()}`;
    let sandbox: Sandbox | null = null;
    callers.set(key, { fn: spec.label, may: spec.may, kill: () => sandbox?.kill() });
    const started = await startSandbox({
      dir: spec.dir,
      functionArn: spec.arn,
      timeoutMs: spec.timeoutSeconds * 1000,
      memoryMb: spec.memoryMb,
      env: { ...environmentOf(spec, key), ...extraEnv, AWS_ENDPOINT_URL: url() },
      onLine: (line) => onLog(spec.label, line),
      signal: stopping.signal,
    });
    if ('error' in started) {
      callers.delete(key);
      return { ok: false, error: started.error };
    }
    sandbox = started;
    living.add(started);
    void started.ended.then(() => {
      living.delete(started);
      callers.delete(key);
    });
    return started;
  }

  async function runIn(spec: FunctionSpec, event: unknown): Promise<Outcome> {
    const waiting = idle.get(spec.name) ?? [];
    idle.set(spec.name, waiting);
    let sandbox: Sandbox | Outcome | undefined;
    do sandbox = waiting.pop();
    while (sandbox?.isAlive() === false);
    sandbox ??= await open(spec);
    if ('ok' in sandbox) return sandbox;
    const outcome = await sandbox.run(event);
    if (sandbox.isAlive() && !stopping.signal.aborted) waiting.push(sandbox);
    return outcome;
  }

  async function run(nameOrArn: string, event: unknown): Promise<Outcome> {
    const spec = specOf(nameOrArn);
    running++;
    try {
      const moment = { what: 'invocation', fn: spec.label, event } as const;
      const before = await settleFault((await faults.before?.(moment)) ?? null);
      if (before !== null) return before;
      const outcome = await runIn(spec, event);
      const after = await settleFault((await faults.after?.(moment)) ?? null);
      if (!outcome.ok) {
        const { errorType, errorMessage, trace = [] } = outcome.error;
        onLog(spec.label, `ERROR ${errorType}: ${errorMessage}`);
        for (const line of trace.slice(1)) onLog(spec.label, line);
      }
      return after ?? outcome;
    } finally {
      running--;
    }
  }

  async function runWithRetries(nameOrArn: string, event: unknown, retries: number) {
    for (let tries = 0; !stopping.signal.aborted; tries++) {
      const outcome = await run(nameOrArn, event);
      if (outcome.ok || tries >= retries) return;
      const wait = ASYNC_RETRY_SECONDS[tries] ?? ASYNC_RETRY_SECONDS.at(-1) ?? 0;
      await time.until(time.in(wait), stopping.signal);
    }
  }

  return {
    add: (spec) => specs.set(spec.name, spec),
    timeoutOf: (nameOrArn) => specOf(nameOrArn).timeoutSeconds,
    run,
    runLater(nameOrArn, event, retries = ASYNC_RETRY_SECONDS.length) {
      running++;
      void runWithRetries(nameOrArn, event, retries).finally(() => {
        running--;
      });
    },
    caller(accessKeyId) {
      const caller = callers.get(accessKeyId);
      if (caller === undefined && accessKeyId.startsWith(KEY_PREFIX)) {
        throw new AwsError(
          'InvalidClientTokenId',
          'The security token included in the request is invalid: its process has ended.',
          403,
        );
      }
      return caller ?? null;
    },
    busy: () => running,
    async stop() {
      stopping.abort();
      while (running > 0) await pause(STOP_LOOK_MS);
      await Promise.all([...living].map((sandbox) => sandbox.ended));
    },
  };
}

/** A fault around a run: every kind but a delay makes it fail, as far as the caller can see. */
async function settleFault(fault: Fault | null): Promise<Outcome | null> {
  if (fault === null) return null;
  if (fault.do === 'delay') {
    await pause(fault.ms);
    return null;
  }
  const errorType = fault.do === 'fail' ? fault.code : 'Runtime.ExitError';
  return { ok: false, error: { errorType, errorMessage: `injected: ${fault.do}` } };
}

/** The environment that Lambda gives, with an access key by which the host knows who calls. */
function environmentOf(spec: FunctionSpec, accessKeyId: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    // The bundles are for Node 24; the SDK's word on older versions would be a line in every log here.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...spec.env,
    LAMBDA_TASK_ROOT: spec.dir,
    _HANDLER: spec.handler,
  };
}
