import { createRequire } from 'node:module';
import { join } from 'node:path';
import { arn } from './arn.ts';
import { AwsError } from './aws-error.ts';
import { type Intent, type Item, openStream, type TableStream } from './stream.ts';
import type { Time } from './time.ts';

/** DynamoDB: dynalite's engine, called without its HTTP server, and a stream tapped from its writes. */
export interface Dynamodb {
  /** Creates the table unless an earlier run did; `spec` is the template's resource. */
  createTable(name: string, spec: TableSpec): Promise<void>;
  /** One API call, by its name; throws `AwsError`. */
  call(operation: string, input: unknown): Promise<unknown>;
  /** The stream with this ARN; throws if there is none. */
  stream(streamArn: string): TableStream;
  /** Stream records that a mapping has not handled yet. */
  pending(): number;
  close(): Promise<void>;
}

/** What the host reads of an `AWS::DynamoDB::Table`. */
export interface TableSpec {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly AttributeDefinitions: readonly unknown[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: unknown;
    readonly Projection: unknown;
  }[];
  readonly LocalSecondaryIndexes?: readonly unknown[];
  readonly StreamSpecification?: { readonly StreamViewType: string };
}

/** The part of dynalite's inside that is used here; the version is pinned in package.json. */
interface Store {
  readonly db: { open(): Promise<void>; close(): Promise<void> };
}
type Action = (
  store: Store,
  data: unknown,
  done: (error: unknown, result: unknown) => void,
) => void;
interface Validation {
  readonly types: unknown;
  readonly custom: unknown;
}
const require = createRequire(import.meta.url);
const dynalite = require('dynalite/db') as { create(options: object): Store };
const validations = require('dynalite/validations') as {
  checkTypes(data: unknown, types: unknown): unknown;
  checkValidations(data: unknown, types: unknown, custom: unknown, store: Store): void;
};

/** The calls that are served; dynalite has no transactions, and our design needs none. */
const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

/** The ARN of the stream of a table. */
export function streamArn(table: string): string {
  return arn('dynamodb', `table/${table}/stream/2026-01-01T00:00:00.000`);
}

/** Starts the database in `dir`, or in memory if that is null. */
export async function openDynamodb(dir: string | null, time: Time): Promise<Dynamodb> {
  const store = dynalite.create({
    ...(dir === null ? {} : { path: join(dir, 'tables') }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  await store.db.open();
  const streams = new Map<string, TableStream>();
  const keyNames = new Map<string, readonly string[]>();
  let writing: Promise<unknown> = Promise.resolve();

  /** One write at a time: the order of the writes is the order of the stream. */
  function inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const turn = writing.then(write);
    writing = turn.catch(() => {});
    return turn;
  }

  async function itemAt(table: string, key: Item): Promise<Item | null> {
    const input = { TableName: table, Key: key, ConsistentRead: true };
    const found = (await run(store, 'GetItem', input)) as { Item?: Item };
    return found.Item ?? null;
  }

  function keyOf(table: string, item: Item): Item {
    const names = keyNames.get(table);
    if (names === undefined) {
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    }
    return Object.fromEntries(names.map((name) => [name, item[name]]));
  }

  async function write(operation: string, input: WriteInput): Promise<unknown> {
    const table = tableIn(input);
    const key = input.Key ?? keyOf(table, input.Item ?? {});
    const stream = streams.get(table);
    // dynalite does not know the parameter; the item that failed the condition is added here.
    const { ReturnValuesOnConditionCheckFailure: onFailure, ...known } = input;
    const act = () => run(store, operation, known);
    try {
      return await (isWhole(key) && stream
        ? stream.tap(key, input.Item ?? null, () => itemAt(table, key), act)
        : act());
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
        throw error;
      }
      const old = onFailure === 'ALL_OLD' ? await itemAt(table, key) : null;
      throw old === null ? error : new AwsError(error.code, error.message, 400, { Item: old });
    }
  }

  /**
   * dynalite writes the entries of the indexes first and the item last, so a kill may leave entries of an item that is
   * not there. Putting it and taking it back removes them.
   */
  async function undo(table: string, { key, before, attempt }: Intent): Promise<void> {
    const put = (item: Item) => run(store, 'PutItem', { TableName: table, Item: item });
    if (attempt !== null) await put(attempt);
    await run(store, 'DeleteItem', { TableName: table, Key: key });
    if (before !== null) await put(before);
  }

  /** A batch has no order and no atomicity of its own, so it is as good as its single writes. */
  async function writeBatch(input: BatchInput): Promise<unknown> {
    for (const [table, requests] of Object.entries(input.RequestItems)) {
      for (const { PutRequest: put, DeleteRequest: remove } of requests) {
        if (put) await write('PutItem', { TableName: table, Item: put.Item });
        if (remove) await write('DeleteItem', { TableName: table, Key: remove.Key });
      }
    }
    return { UnprocessedItems: {} };
  }

  return {
    async createTable(name, spec) {
      keyNames.set(
        name,
        spec.KeySchema.map((key) => key.AttributeName),
      );
      const { TableNames: known } = (await run(store, 'ListTables', {})) as {
        TableNames: string[];
      };
      if (!known.includes(name)) await create(store, name, spec);
      if (spec.StreamSpecification === undefined) return;
      const file = dir === null ? null : join(dir, `stream-${name}.jsonl`);
      const view = spec.StreamSpecification.StreamViewType;
      const stream = openStream(streamArn(name), view, file, time);
      streams.set(name, stream);
      await stream.settle(
        (key) => itemAt(name, key),
        (intent) => undo(name, intent),
      );
    },
    async call(operation, input) {
      if (!OPERATIONS.includes(operation)) {
        throw new AwsError(
          'UnknownOperationException',
          `the local host does not serve DynamoDB ${operation}; it serves ${OPERATIONS.join(', ')}`,
        );
      }
      const named = { ...(input as WriteInput) };
      if (typeof named.TableName === 'string') named.TableName = tableIn(named);
      switch (operation) {
        case 'PutItem':
        case 'UpdateItem':
        case 'DeleteItem':
          return inTurn(() => write(operation, named));
        case 'BatchWriteItem':
          return inTurn(() => writeBatch(input as BatchInput));
        default:
          return run(store, operation, named);
      }
    },
    stream(wanted) {
      for (const stream of streams.values()) if (stream.arn === wanted) return stream;
      throw new AwsError('ResourceNotFoundException', `there is no stream ${wanted}`);
    },
    pending() {
      let count = 0;
      for (const stream of streams.values()) count += stream.pending();
      return count;
    },
    async close() {
      await writing;
      for (const stream of streams.values()) stream.close();
      await store.db.close();
    },
  };
}

interface WriteInput {
  TableName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}
interface BatchInput {
  readonly RequestItems: Readonly<
    Record<string, readonly { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]>
  >;
}

/** A table may be named by its ARN as well. */
function tableIn({ TableName: given = '' }: WriteInput): string {
  return given.slice(given.lastIndexOf('/') + 1);
}

/** A key with a part missing is for dynalite to refuse. */
function isWhole(key: Item): boolean {
  return Object.values(key).every((part) => part !== undefined);
}

async function create(store: Store, name: string, spec: TableSpec): Promise<void> {
  await run(store, 'CreateTable', {
    TableName: name,
    KeySchema: spec.KeySchema,
    AttributeDefinitions: spec.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(spec.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: spec.GlobalSecondaryIndexes.map((index) => ({
        IndexName: index.IndexName,
        KeySchema: index.KeySchema,
        Projection: index.Projection,
      })),
    }),
    ...(spec.LocalSecondaryIndexes && { LocalSecondaryIndexes: spec.LocalSecondaryIndexes }),
  });
  for (;;) {
    const described = await run(store, 'DescribeTable', { TableName: name });
    if ((described as { Table: { TableStatus: string } }).Table.TableStatus === 'ACTIVE') return;
    // dynalite activates the table and each index on timers of their own, even of 0 ms.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** One call of dynalite: the checks that its server would make, then the action. */
function run(store: Store, operation: string, input: unknown): Promise<unknown> {
  const file = operation.charAt(0).toLowerCase() + operation.slice(1);
  const act = require(`dynalite/actions/${file}.js`) as Action;
  const { types, custom } = require(`dynalite/validations/${file}.js`) as Validation;
  return new Promise((resolve, reject) => {
    try {
      const data = validations.checkTypes(input, types);
      validations.checkValidations(data, types, custom, store);
      act(store, data, (error, result) => (error ? reject(errorOf(error)) : resolve(result)));
    } catch (error) {
      reject(errorOf(error));
    }
  });
}

/** dynalite's errors carry the body that DynamoDB would send. */
function errorOf(error: unknown): unknown {
  const { statusCode, body } = error as {
    statusCode?: number;
    body?: { __type: string; message?: string; Message?: string };
  };
  if (statusCode === undefined || body === undefined) return error;
  const code = body.__type.slice(body.__type.indexOf('#') + 1);
  return new AwsError(code, body.message ?? body.Message ?? code, statusCode);
}
