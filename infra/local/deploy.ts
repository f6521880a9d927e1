import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameIn } from './arn.ts';
import type { Dynamodb, TableSpec } from './dynamodb.ts';
import type { Lambda } from './lambda.ts';
import { checkMapping, type Mapping, type MappingSpec } from './mapping.ts';
import { allows, type PolicyDocument } from './permissions.ts';
import type { Queues } from './queue.ts';
import { mapQueue } from './queue-mapping.ts';
import { checkTypes, type Identity, identityOf } from './resource-types.ts';
import {
  eventMessage,
  isWanted,
  type Notification,
  notificationsOf,
  testEvent,
} from './s3-event.ts';
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
  addFunctions(template, all, lambda);
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

interface Created<Properties> extends Identity {
  readonly id: string;
  readonly properties: Properties;
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
interface BucketProperties {
  readonly VersioningConfiguration?: { readonly Status: string };
  readonly NotificationConfiguration?: unknown;
}
interface FunctionProperties {
  readonly Code: { readonly S3Key?: string };
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
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

function addFunctions(
  template: Template,
  all: <Properties>(type: string) => Created<Properties>[],
  lambda: Lambda,
): void {
  interface RoleProperties {
    readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
  }
  interface PolicyProperties {
    readonly Roles?: readonly string[];
    readonly PolicyDocument: PolicyDocument;
  }
  const roles = all<RoleProperties>('AWS::IAM::Role');
  const policies = [
    ...all<PolicyProperties>('AWS::IAM::Policy'),
    ...all<PolicyProperties>('AWS::IAM::ManagedPolicy'),
  ];
  for (const { id, name, attributes, properties } of all<FunctionProperties>(
    'AWS::Lambda::Function',
  )) {
    if (!properties.Runtime.startsWith('nodejs')) {
      throw new Error(`${id}: the local host runs Node.js only, not ${properties.Runtime}`);
    }
    if (properties.Code.S3Key === undefined) throw new Error(`${id}: its code is not an asset`);
    const role = roles.find((one) => one.attributes['Arn'] === properties.Role);
    const documents = [
      ...(role?.properties.Policies ?? []).map((one) => one.PolicyDocument),
      ...policies
        .filter((policy) => policy.properties.Roles?.includes(role?.name ?? '') === true)
        .map((policy) => policy.properties.PolicyDocument),
    ];
    lambda.add({
      name,
      label: template.nameOf(id),
      arn: attributes['Arn'] ?? '',
      dir: template.assetDir(properties.Code.S3Key),
      handler: properties.Handler,
      runtime: properties.Runtime,
      timeoutSeconds: properties.Timeout ?? 3,
      memoryMb: properties.MemorySize ?? 128,
      env: properties.Environment?.Variables ?? {},
      may: (action, resource) => allows(documents, action, resource),
    });
  }
}

/** Creates the buckets and begins to send their events. */
function connectBuckets(
  buckets: readonly Created<BucketProperties>[],
  { queues, topics, store, lambda, time }: Services,
  stateDir: string | null,
): void {
  const notifications = new Map<string, readonly Notification[]>();
  for (const { name, properties } of buckets) {
    store.create(name, properties.VersioningConfiguration?.Status === 'Enabled');
    notifications.set(name, notificationsOf(properties.NotificationConfiguration));
  }

  function send(destinationArn: string, event: object): void {
    const body = JSON.stringify(event);
    const service = destinationArn.split(':')[2];
    if (service === 'sqs') queues.named(nameIn(destinationArn))?.send(body);
    else if (service === 'lambda') lambda.runLater(destinationArn, event);
    else {
      const subject = 'Amazon S3 Notification';
      void topics.publish(destinationArn, {
        message: body,
        subject,
        isByProtocol: false,
        attributes: {},
      });
    }
  }

  // S3 sends its test event when a configuration is set, not at every start.
  const file = stateDir === null ? null : join(stateDir, 's3', 'notifications.json');
  const last: Record<string, unknown> =
    file !== null && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const [bucket, list] of notifications) {
    if (JSON.stringify(last[bucket]) === JSON.stringify(list)) continue;
    for (const one of list) send(one.destinationArn, testEvent(bucket, time.now()));
  }
  if (file !== null) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(notifications)));
  }
  store.listen((event) => {
    for (const one of notifications.get(event.bucket) ?? []) {
      if (isWanted(one, event)) send(one.destinationArn, eventMessage(event, one.id));
    }
  });
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
    mappedQueues.push(queue.name);
    mappings.push(mapQueue(spec, queue, lambda, time, signal));
  }
  return { mappings, mappedQueues };
}
