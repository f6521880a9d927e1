import { isDeepStrictEqual } from 'node:util';
import { REGION } from './arn.ts';
import { openJournal } from './journal.ts';
import { type Bell, bellOn, type Time } from './time.ts';

/** An item or a key in DynamoDB's JSON: `{ pk: { S: 'A#1' } }`. */
export type Item = Readonly<Record<string, unknown>>;

/** A change of one item, as Lambda hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/** The changes of one table, in one shard, for 24 hours. */
export interface TableStream {
  readonly arn: string;
  readonly bell: Bell;
  /**
   * Runs a write of one item and records what it changed. The intent is in the journal first, so that a kill between
   * the write and its record loses nothing: `settle` looks at the item again after the restart. `attempt` is the item
   * that a put would leave.
   */
  tap<Result>(
    key: Item,
    attempt: Item | null,
    read: () => Promise<Item | null>,
    write: () => Promise<Result>,
  ): Promise<Result>;
  /** Records the changes whose writers were killed in between; where nothing was written yet, `undo` cleans up. */
  settle(
    read: (key: Item) => Promise<Item | null>,
    undo: (intent: Intent) => Promise<void>,
  ): Promise<void>;
  /** Records after the position of `reader`, oldest first; a new reader begins where `start` says. */
  unread(reader: string, limit: number, start: 'TRIM_HORIZON' | 'LATEST'): readonly StreamRecord[];
  /** Moves the reader past a record, for good. */
  checkpoint(reader: string, last: StreamRecord): void;
  /** Forgets readers that are no longer there, so that nothing is kept for them. */
  keepReaders(readers: readonly string[]): void;
  /** The records that at least one reader has before it. */
  pending(): number;
  close(): void;
}

/** DynamoDB keeps stream records for a day. */
const KEPT_MS = 24 * 3600 * 1000;

/** Sequence numbers have 21 digits or more; the leading 1 keeps their order as strings. */
const FIRST_SEQUENCE = 10n ** 20n;

/** A write that was begun: the item before it, and the one that a put would leave. */
export interface Intent {
  readonly key: Item;
  readonly before: Item | null;
  readonly attempt: Item | null;
}

type Entry =
  | { readonly intent: Intent & { readonly seq: number } }
  | { readonly done: number; readonly record: StreamRecord | null }
  | { readonly reader: string; readonly position: number }
  | { readonly last: number };

/** Opens the stream of a table; `view` is the table's `StreamViewType`, a null `file` keeps it in memory. */
export function openStream(
  arn: string,
  view: string,
  file: string | null,
  time: Time,
): TableStream {
  const bell = bellOn(time);
  const records = new Map<number, StreamRecord>();
  const intents = new Map<number, Intent>();
  const positions = new Map<string, number>();
  let last = 0;

  const journal = openJournal<Entry>(
    file,
    (entry) => {
      if ('intent' in entry) {
        intents.set(entry.intent.seq, entry.intent);
        last = Math.max(last, entry.intent.seq);
      } else if ('done' in entry) {
        intents.delete(entry.done);
        if (entry.record !== null) records.set(entry.done, entry.record);
        last = Math.max(last, entry.done);
      } else if ('reader' in entry) positions.set(entry.reader, entry.position);
      else last = Math.max(last, entry.last);
    },
    function* () {
      trim();
      yield { last };
      for (const [reader, position] of positions) yield { reader, position };
      for (const [seq, intent] of intents) yield { intent: { seq, ...intent } };
      for (const [done, record] of records) yield { done, record };
    },
  );

  /** Drops what is a day old, and what every reader has behind it. */
  function trim() {
    const readBy = Math.min(...positions.values());
    for (const [seq, record] of records) {
      const age = time.now() - record.dynamodb.ApproximateCreationDateTime * 1000;
      if (seq <= readBy || age > KEPT_MS) records.delete(seq);
    }
  }

  function close(seq: number, key: Item, before: Item | null, after: Item | null) {
    const record = isSame(before, after) ? null : recordOf(seq, key, before, after);
    journal.append({ done: seq, record });
    intents.delete(seq);
    if (record === null) return;
    records.set(seq, record);
    bell.ring();
  }

  function recordOf(seq: number, key: Item, before: Item | null, after: Item | null): StreamRecord {
    const number = String(FIRST_SEQUENCE + BigInt(seq));
    return {
      eventID: `local${number}`,
      eventName: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: REGION,
      eventSourceARN: arn,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(time.now() / 1000),
        Keys: key,
        ...(after !== null && view.startsWith('NEW') ? { NewImage: after } : {}),
        ...(before !== null && view.includes('OLD') ? { OldImage: before } : {}),
        SequenceNumber: number,
        SizeBytes: Buffer.byteLength(JSON.stringify(after ?? before)),
        StreamViewType: view,
      },
    };
  }

  return {
    arn,
    bell,
    async tap(key, attempt, read, write) {
      const before = await read();
      const seq = ++last;
      intents.set(seq, { key, before, attempt });
      journal.append({ intent: { seq, key, before, attempt } });
      try {
        return await write();
      } finally {
        close(seq, key, before, await read());
      }
    },
    async settle(read, undo) {
      for (const [seq, intent] of [...intents]) {
        const after = await read(intent.key);
        if (isSame(intent.before, after)) await undo(intent);
        close(seq, intent.key, intent.before, after);
      }
    },
    unread(reader, limit, start) {
      trim();
      const known = positions.get(reader);
      const position = known ?? (start === 'LATEST' ? last : 0);
      if (known === undefined) {
        positions.set(reader, position);
        journal.append({ reader, position });
      }
      const found: StreamRecord[] = [];
      for (const [seq, record] of records) {
        if (found.length === limit) break;
        if (seq > position) found.push(record);
      }
      return found;
    },
    checkpoint(reader, record) {
      const position = Number(BigInt(record.dynamodb.SequenceNumber) - FIRST_SEQUENCE);
      positions.set(reader, position);
      journal.append({ reader, position });
      trim();
    },
    keepReaders(readers) {
      for (const reader of positions.keys())
        if (!readers.includes(reader)) positions.delete(reader);
    },
    pending() {
      if (positions.size === 0) return 0;
      trim();
      return records.size + intents.size;
    },
    close: () => journal.close(),
  };
}

/** Equal as JSON: DynamoDB writes no record for a write that changes nothing. */
function isSame(before: Item | null, after: Item | null): boolean {
  const plain = (item: Item | null): unknown => JSON.parse(JSON.stringify(item));
  return isDeepStrictEqual(plain(before), plain(after));
}
