import { nameIn } from './arn.ts';
import { connectBuckets } from './deploy-buckets.ts';
import { functionsOf } from './deploy-functions.ts';
import type { Dynamodb, TableSpec } from './dynamodb.ts';
import type { Lambda } from './lambda.ts';
import { checkMapping, type Mapping, type MappingSpec } from './mapping.ts';
import type { Queues } from './queue.ts';
import { mapQueue } from './queue-mapping.ts';
import { type Created, checkTypes, type Identity, identityOf } from './resource-types.ts';
import type { S3Store } from './s3-store.ts';
import { keepSchedule, readSchedule } from './schedule.ts';
import type { DeployedStack } from './stack-api.ts';
import { mapStream } from './stream-mapping.ts';
import type { Lookup, Template } from './template.ts';
import type { Time } from './time.ts';
import type { Topics } from './topics.ts';

/** The services that resources are created in. */
export interface Services {
  readonly queues: Queues;
  readonly topics: Topics;
  readonly store: S3Store;
  readonly dynamodb: Dynamodb;
  readonly lambda: Lambda;
  readonly time: Time;
}

/** Where and how to deploy. */
export interface DeployOptions {
  readonly url: string;
  readonly stateDir: string | null;
  readonly timeScale: number;
  /** Ends the mappings and schedules. */
  readonly signal: AbortSignal;
}

/** A stack at work. */
export interface Deployment {
  readonly stack: DeployedStack;
  /** The physical id of a logical id, or of a construct's path such as `Inbox`. */
  physicalId(id: string): string;
  /** Runs a schedule's target now; throws what it throws. */
  runSchedule(id: string): Promise<void>;
  /** Names of the queues that a mapping reads. */
  readonly mappedQueues: readonly string[];
  readonly mappings: readonly Mapping[];
}

/** Creates what the template describes; throws for whatever it cannot. */
export async function deploy(
  template: Template,
  services: Services,
  options: DeployOptions,
): Promise<Deployment> {
  const { queues, topics, dynamodb, lambda, time } = services;
  checkTypes(template);
  const identities = new Map<string, Identity>();
  for (const [id, resource] of Object.entries(template.resources)) {
    identities.set(id, identityOf(template.stackName, id, resource, options.url));
  }
  const identity = (id: string): Identity => {
    const found = identities.get(id);
    if (found === undefined) throw new Error(`the template has no resource ${id}`);
    return found;
  };
  const lookup: Lookup = {
    ref: (id) => identity(id).ref,
    attribute(id, name) {
      const found = identity(id).attributes[name];
      if (found === undefined) throw new Error(`the local host does not know ${id}.${name}`);
      return found;
    },
  };

  /** The resources of a type, their properties resolved. */
  function all<Properties>(type: string) {
    return Object.entries(template.resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({
        id,
        ...identity(id),
        properties: template.resolve(resource.Properties ?? {}, lookup) as Properties,
      }));
  }

  for (const queue of all<Record<string, unknown>>('AWS::SQS::Queue')) {
    if (queue.properties['FifoQueue'] === true) throw new Error(`${queue.id}: no FIFO queues here`);
    queues.create(queue.name, attributesOf(queue.properties));
  }
  for (const { properties } of all<QueuePolicyProperties>('AWS::SQS::QueuePolicy')) {
    // Kept to be asked for; nobody is turned away by it here.
    const Policy = JSON.stringify(properties.PolicyDocument);
    for (const url of properties.Queues) {
      Object.assign(queues.named(url.slice(url.lastIndexOf('/') + 1))?.attributes ?? {}, {
        Policy,
      });
    }
  }
  for (const topic of all<TopicProperties>('AWS::SNS::Topic')) {
    if (topic.properties.FifoTopic === true) throw new Error(`${topic.id}: no FIFO topics here`);
    topics.create(topic.ref, template.nameOf(topic.id));
    for (const { Protocol, Endpoint } of topic.properties.Subscription ?? []) {
      topics.subscribe(topic.ref, Protocol, Endpoint, {}, `${topic.ref}:${Protocol}-${Endpoint}`);
    }
  }
  for (const table of all<TableSpec>('AWS::DynamoDB::Table')) {
    await dynamodb.createTable(table.name, table.properties);
  }
  for (const spec of functionsOf(template, all)) lambda.add(spec);
  for (const { id, properties } of all<SubscriptionProperties>('AWS::SNS::Subscription')) {
    const { TopicArn, Protocol, Endpoint, ...attributes } = properties;
    topics.subscribe(TopicArn, Protocol, Endpoint, attributesOf(attributes), `${TopicArn}:${id}`);
  }
  connectBuckets(all('AWS::S3::Bucket'), services, options.stateDir);

  const schedules = new Map<string, () => Promise<void>>();
  for (const { id, properties } of all<ScheduleProperties>('AWS::Scheduler::Schedule')) {
    const run = scheduled(properties, lambda, time);
    schedules.set(id, run.now);
    if (properties.State === 'DISABLED') continue;
    const next = readSchedule(properties.ScheduleExpression, time.now());
    void keepSchedule(next, run.later, time, options.timeScale, options.signal);
  }

  const { mappings, mappedQueues } = startMappings(
    all('AWS::Lambda::EventSourceMapping'),
    services,
    options.signal,
  );

  const logicalId = (id: string): string => {
    const ids = Object.keys(template.resources);
    const found = ids.find((one) => one === id) ?? ids.find((one) => template.nameOf(one) === id);
    if (found === undefined) throw new Error(`the template has no resource ${id}`);
    return found;
  };
  return {
    stack: {
      name: template.stackName,
      outputs: template.outputs(lookup),
      resources: Object.entries(template.resources).map(([id, { Type }]) => ({
        logicalId: id,
        physicalId: identity(id).ref,
        type: Type,
      })),
    },
    physicalId: (id) => identity(logicalId(id)).ref,
    async runSchedule(id) {
      const run = schedules.get(logicalId(id));
      if (run === undefined) throw new Error(`${id} is not a schedule`);
      await run();
    },
    mappedQueues,
    mappings,
  };
}

interface QueuePolicyProperties {
  readonly PolicyDocument: unknown;
  readonly Queues: readonly string[];
}
interface TopicProperties {
  readonly FifoTopic?: boolean;
  readonly Subscription?: readonly { readonly Protocol: string; readonly Endpoint: string }[];
}
interface SubscriptionProperties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
}
interface ScheduleProperties {
  readonly ScheduleExpression: string;
  readonly State?: string;
  readonly Target: {
    readonly Arn: string;
    readonly Input?: string;
    readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number };
  };
}

/** Attributes of queues and subscriptions are strings; policies among them are JSON. */
function attributesOf(properties: object): Record<string, string> {
  const { Tags: _, ...rest } = properties as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
}

/** A schedule's target: `later` as the scheduler runs it, `now` for a caller who waits for the outcome. */
function scheduled({ Target }: ScheduleProperties, lambda: Lambda, time: Time) {
  if (!Target.Arn.startsWith('arn:aws:lambda:')) {
    throw new Error(`the local host schedules functions only, not ${Target.Arn}`);
  }
  const event = (): unknown => {
    const at = new Date(time.now()).toISOString();
    const input = Target.Input ?? '{}';
    return JSON.parse(input.replaceAll('<aws.scheduler.scheduled-time>', at));
  };
  return {
    later: () => lambda.runLater(Target.Arn, event(), Target.RetryPolicy?.MaximumRetryAttempts),
    async now() {
      const outcome = await lambda.run(Target.Arn, event());
      if (!outcome.ok) throw new Error(`${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    },
  };
}

function startMappings(
  specs: readonly Created<MappingSpec>[],
  { queues, dynamodb, lambda, time }: Services,
  signal: AbortSignal,
): { mappings: Mapping[]; mappedQueues: string[] } {
  const mappings: Mapping[] = [];
  const mappedQueues: string[] = [];
  const readers = new Map<string, string[]>();
  for (const { id, properties: spec } of specs) {
    checkMapping(spec);
    const source = spec.EventSourceArn;
    if (source.startsWith('arn:aws:dynamodb:')) {
      readers.set(source, [...(readers.get(source) ?? []), id]);
    }
  }
  for (const [source, ids] of readers) dynamodb.stream(source).keepReaders(ids);
  for (const { id, properties: spec } of specs) {
    if (spec.Enabled === false) continue;
    const source = spec.EventSourceArn;
    if (source.startsWith('arn:aws:dynamodb:')) {
      const sendFailure = (destination: string, body: string) => {
        queues.named(nameIn(destination))?.send(body);
      };
      const stream = dynamodb.stream(source);
      mappings.push(mapStream(id, spec, stream, lambda, sendFailure, time, signal));
      continue;
    }
    const queue = queues.named(nameIn(source));
    if (queue === undefined) throw new Error(`${id}: the local host cannot read ${source}`);
    const seconds = lambda.timeoutOf(spec.FunctionName);
    if (Number(queue.attributes['VisibilityTimeout']) < seconds) {
      throw new Error(`${id}: the queue hides messages for less than the function may run`);
    }
    mappedQueues.push(queue.name);
    mappings.push(mapQueue(spec, queue, lambda, time, signal));
  }
  return { mappings, mappedQueues };
}
