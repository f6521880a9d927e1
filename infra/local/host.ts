import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { REGION } from './arn.ts';
import { type Deployment, deploy } from './deploy.ts';
import { openDynamodb } from './dynamodb.ts';
import type { FaultInjector } from './fault.ts';
import { functionLogs, type LogLine } from './function-logs.ts';
import type { HttpRequest } from './http.ts';
import { openLambda } from './lambda.ts';
import { openPostman } from './postman.ts';
import type { PublishedMessage } from './published.ts';
import { openQueues } from './queue.ts';
import { openRouter, type Service } from './router.ts';
import { s3Over } from './s3.ts';
import { openS3Store } from './s3-store.ts';
import { snsOver } from './sns.ts';
import { sqsOver } from './sqs.ts';
import { answerStackApi } from './stack-api.ts';
import { lockState } from './state-lock.ts';
import { readTemplate } from './template.ts';
import { pause, timeOf } from './time.ts';
import { openTopics } from './topics.ts';

/** How to run a stack on this machine. */
export interface LocalHostOptions {
  /** Path of a synthesized `*.template.json`, its assets beside it. */
  readonly template: string;
  /** Where everything is kept; null keeps it in memory. */
  readonly stateDir: string | null;
  /** Any free one unless told. */
  readonly port?: number;
  /** Further environment for every function. */
  readonly env?: Readonly<Record<string, string>>;
  /** Every line a function writes. */
  readonly onLog?: (entry: LogLine) => void;
  /** Every message a topic takes. */
  readonly onMessage?: (message: PublishedMessage) => void;
  /** What waits (visibility, delays, batching windows, retries, schedules) are multiplied by; 1 unless told. */
  readonly timeScale?: number;
  /** Milliseconds since 1970; the machine's clock unless told. A function's timeout is always real time. */
  readonly clock?: () => number;
  readonly faults?: FaultInjector;
}

/** A stack that runs on this machine. */
export interface LocalHost {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What an SDK client or the aws command line needs in its environment to talk to this host. */
  readonly env: Readonly<Record<string, string>>;
  /** What `Ref` gives for a logical id, or for a construct's path such as `Inbox`. */
  physicalId(logicalId: string): string;
  /**
   * Resolves when nothing is under way: no message in a queue that a function reads, no stream record unread, no run,
   * no delivery. A message that fails again and again keeps it waiting until it is in its failed queue.
   */
  idle(): Promise<void>;
  /** What was published since the start, oldest first. */
  outbox(): readonly PublishedMessage[];
  /** Runs a function and returns its answer; throws an error named after the function's. */
  invoke(fn: string, event: unknown): Promise<unknown>;
  /** Runs the target of a schedule now. */
  runSchedule(logicalId: string): Promise<void>;
  /** Ends it; runs under way are cut short, and their messages are delivered again at the next start. */
  stop(): Promise<void>;
}

/** How often `idle` looks. */
const IDLE_LOOK_MS = 5;

/** Starts the host; throws when the state folder is in use or the template asks for what it cannot do. */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const { faults = {}, timeScale = 1 } = options;
  const stateDir = options.stateDir === null ? null : resolve(options.stateDir);
  const template = readTemplate(resolve(options.template));
  const time = timeOf(options.clock ?? null, timeScale);
  const unlock = stateDir === null ? () => {} : lockState(stateDir);
  const inState = (name: string) => (stateDir === null ? null : join(stateDir, name));
  const stopping = new AbortController();
  // Mappings, schedules and waits of the whole host listen to it.
  setMaxListeners(0, stopping.signal);
  let url = '';
  const urlOf = () => url;

  const log = functionLogs(inState('logs'), options.onLog ?? (() => {}));
  const queues = openQueues(inState('sqs.jsonl'), time, faults.order);
  const store = openS3Store(inState('s3'), time);
  const dynamodb = await openDynamodb(inState('dynamodb'), time);
  const lambda = openLambda(urlOf, options.env ?? {}, log, faults, time);
  const outboxDir = inState('outbox');
  const postman = openPostman({ url: urlOf, queues, lambda, outboxDir, time });
  const onMessage = options.onMessage ?? (() => {});
  const topics = openTopics(inState('sns.jsonl'), postman, onMessage, time);
  let deployment: Deployment | null = null;

  const sqs = sqsOver(queues, time, urlOf);
  const sns = snsOver(topics);
  const actionOf = (request: HttpRequest) => formOf(request).get('Action') ?? '';
  const stackApi: Service = {
    errors: 'query',
    operationOf: actionOf,
    async answer(action, request) {
      const stack = deployment?.stack ?? { name: template.stackName, outputs: {}, resources: [] };
      return answerStackApi(action, formOf(request), stack, time.now());
    },
  };
  const services: Record<string, Service> = {
    s3: { errors: 's3', ...s3Over(store) },
    sqs: jsonService((operation, input, signal) => sqs(operation, input, signal)),
    dynamodb: jsonService((operation, input) => dynamodb.call(operation, input)),
    sns: {
      errors: 'query',
      operationOf: actionOf,
      answer: (action, request) => sns(action, formOf(request)),
    },
    cloudformation: stackApi,
    sts: stackApi,
  };
  const server = openRouter(services, lambda.caller, faults);

  async function stop(): Promise<void> {
    stopping.abort();
    postman.stop();
    await lambda.stop();
    await Promise.all(deployment?.mappings.map(({ stopped }) => stopped) ?? []);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await dynamodb.close();
    for (const part of [queues, store, topics]) part.close();
    unlock();
  }

  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(options.port ?? 0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const parts = { queues, topics, store, dynamodb, lambda, time };
    deployment = await deploy(template, parts, {
      url,
      stateDir,
      timeScale,
      signal: stopping.signal,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const { stack, physicalId, runSchedule, mappedQueues, mappings } = deployment;

  function isIdle(): boolean {
    return (
      lambda.busy() === 0 &&
      postman.busy() === 0 &&
      dynamodb.pending() === 0 &&
      mappings.every((mapping) => !mapping.busy()) &&
      mappedQueues.every((name) => queues.named(name)?.isEmpty() === true)
    );
  }

  return {
    url,
    outputs: stack.outputs,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    physicalId,
    async idle() {
      while (!isIdle()) {
        if (stopping.signal.aborted) throw new Error('the local host was stopped');
        await pause(IDLE_LOOK_MS, stopping.signal);
      }
    },
    outbox: topics.outbox,
    async invoke(fn, event) {
      const outcome = await lambda.run(physicalId(fn), event);
      if (outcome.ok) return outcome.result;
      const error = new Error(outcome.error.errorMessage);
      error.name = outcome.error.errorType;
      throw error;
    },
    runSchedule,
    stop,
  };
}

/** A service that speaks JSON 1.0: `X-Amz-Target: AmazonSQS.SendMessage`. */
function jsonService(
  call: (operation: string, input: unknown, signal: AbortSignal) => Promise<unknown>,
): Service {
  return {
    errors: 'json',
    operationOf: ({ headers }) => headers['x-amz-target']?.split('.').at(-1) ?? '',
    async answer(operation, { body, signal }) {
      const answer = await call(operation, JSON.parse(body.toString() || '{}'), signal);
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify(answer),
      };
    },
  };
}

/** The parameters of a Query request, in its body or behind its question mark. */
function formOf({ body, query }: HttpRequest): URLSearchParams {
  return body.length > 0 ? new URLSearchParams(body.toString()) : query;
}
