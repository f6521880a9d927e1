import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { itemBytes, writeUnits } from './item-size.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** An index of the table, as the template says. */
export interface IndexShape {
  readonly keys: readonly string[];
  /** What it projects beside its keys and the table's. */
  readonly attributes: readonly string[];
}

/** Units as DynamoDB bills them on demand. */
export interface Units {
  write: number;
  read: number;
  /** Of the write units, those that went into index entries. */
  index: number;
}

export interface MeteredDynamodb {
  readonly url: string;
  readonly units: Units;
  stop(): void;
}

/** Consistent reads are billed by the 4 KB. */
const READ_BYTES = 4096;
/** A condition that fails is billed like the write that it prevented: by the item that stands there, at least one unit. */
const CONDITION_FAILED = 'ConditionalCheckFailedException';

/**
 * A door before DynamoDB that bills each call by the rules of its developer guide ("Read and write operations", "Item
 * sizes", "Using global secondary indexes"): an item and each index entry by its started KB, an update by the larger of
 * old and new, an entry that moves twice (one deleted, one put), one whose projected attributes stay not at all.
 * @param upstream where DynamoDB answers; asked when the first call comes.
 */
export async function meterDynamodb(
  upstream: () => string,
  indexes: readonly IndexShape[],
): Promise<MeteredDynamodb> {
  const units: Units = { write: 0, read: 0, index: 0 };
  const items = new Map<string, Item>();
  let client: DynamoDBClient | null = null;

  async function itemNow(TableName: string, Key: Item): Promise<Item | null> {
    client ??= new DynamoDBClient({
      endpoint: upstream(),
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    });
    const { Item = null } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    return Item;
  }

  async function bill(operation: string, input: Input, status: number, answer: Answer) {
    if (operation === 'GetItem') {
      const item = items.get(keyOf(input.Key)) ?? answer.Item ?? {};
      units.read += readUnits(itemBytes(item), input.ConsistentRead === true);
    } else if (operation === 'Query') {
      const bytes = (answer.Items ?? []).reduce((sum, item) => sum + itemBytes(item), 0);
      units.read += readUnits(bytes, input.ConsistentRead === true);
    } else {
      const key = keyOf(input.Key ?? input.Item);
      const before = items.get(key) ?? null;
      if (status !== 200) {
        if (answer.__type?.endsWith(CONDITION_FAILED))
          units.write += Math.max(1, writeUnits(itemBytes(before ?? {})));
        return;
      }
      const after = input.Item ?? (await itemNow(input.TableName, input.Key ?? {}));
      if (after === null) items.delete(key);
      else items.set(key, after);
      const index = indexes.reduce((sum, shape) => sum + entryUnits(shape, before, after), 0);
      units.index += index;
      units.write += index + Math.max(...[before, after].map((one) => writeUnits(sizeOf(one))), 1);
    }
  }

  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const answer = await forward(upstream(), incoming, body);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    await bill(operation, JSON.parse(String(body)), answer.status, JSON.parse(String(answer.body)));
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    units,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a call says, as far as it is billed. */
interface Input {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
}

interface Answer {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly __type?: string;
}

const keyOf = (item: Item = {}): string => JSON.stringify([item['pk']?.S, item['sk']?.S]);
const sizeOf = (item: Item | null): number => (item === null ? 0 : itemBytes(item));

function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_BYTES)) * (isConsistent ? 1 : 0.5);
}

function entryUnits(shape: IndexShape, before: Item | null, after: Item | null): number {
  const [old, now] = [before, after].map((item) => entryOf(shape, item));
  const of = (entry: Item | null | undefined) => (entry ? writeUnits(itemBytes(entry)) : 0);
  if (!old || !now) return of(old) + of(now);
  const isMoved = shape.keys.some((key) => old[key]?.S !== now[key]?.S);
  if (isMoved) return of(old) + of(now);
  return JSON.stringify(old) === JSON.stringify(now) ? 0 : Math.max(of(old), of(now));
}

/** The item's entry in an index; null when it lacks one of the index's keys. */
function entryOf({ keys, attributes }: IndexShape, item: Item | null): Item | null {
  if (item === null || keys.some((key) => item[key] === undefined)) return null;
  const names = ['pk', 'sk', ...keys, ...attributes].filter((name) => item[name] !== undefined);
  return Object.fromEntries([...new Set(names)].map((name) => [name, item[name]])) as Item;
}

async function forward(url: string, incoming: IncomingMessage, body: Buffer) {
  const { host, ...headers } = incoming.headers;
  const outgoing = request(`${url}${incoming.url}`, { method: incoming.method, headers });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode: status = 500, headers: answered } = response;
  return { status, headers: answered, body: await buffer(response) };
}
