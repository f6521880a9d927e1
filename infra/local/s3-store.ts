import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Blobs, openBlobs } from './blobs.ts';
import { openJournal } from './journal.ts';
import type { Notification } from './s3-event.ts';
import type { Time } from './time.ts';

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null`, the word, in a bucket without versioning. */
  readonly versionId: string;
  readonly isMarker: boolean;
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  readonly at: number;
  /** What a GET gives back: content type, user metadata (as UTF-8 text) and so on. */
  readonly headers: Readonly<Record<string, string>>;
  readonly blob: string;
  /** Grows with every change in the bucket; S3 promises as much for one key only. */
  readonly sequencer: string;
}

/** What happened to a key; `name` as S3 calls the event, such as `ObjectCreated:Put`. */
export interface BucketEvent {
  readonly name: string;
  readonly bucket: string;
  readonly version: ObjectVersion;
}

/** A bucket's objects. */
export interface Bucket {
  readonly name: string;
  readonly isVersioned: boolean;
  /** Who is told of its events. */
  readonly notifications: readonly Notification[];
  /** Versions of a key, oldest first. */
  versions(key: string): readonly ObjectVersion[];
  /** The current version, or undefined for none or a delete marker. */
  current(key: string): ObjectVersion | undefined;
  /** Keys in the order of their UTF-8 bytes, which is S3's. */
  keys(): readonly string[];
  /** Makes a new version of bytes that are in the blobs already; tells the listener before it returns. */
  add(
    event: string,
    version: Pick<ObjectVersion, 'key' | 'etag' | 'size' | 'headers' | 'blob'>,
  ): ObjectVersion;
  /** Deletes the current version (a marker, if versioned); returns the marker. */
  remove(key: string): ObjectVersion | undefined;
  /** Deletes one version for good; returns it. */
  removeVersion(key: string, versionId: string): ObjectVersion | undefined;
}

/** All buckets of the host. */
export interface S3Store {
  readonly blobs: Blobs;
  create(name: string, isVersioned: boolean, notifications?: readonly Notification[]): Bucket;
  bucket(name: string): Bucket | undefined;
  buckets(): readonly Bucket[];
  /** Begins to tell of events, first those that a kill kept from being told. */
  listen(listener: (event: BucketEvent) => void): void;
  close(): void;
}

type Entry =
  | { readonly bucket: string; readonly added: ObjectVersion; readonly event: string | null }
  | {
      readonly bucket: string;
      readonly removed: string;
      readonly key: string;
      readonly event: string;
    }
  | { readonly untold: BucketEvent }
  | { readonly told: string };

/** Opens the buckets in `dir`, or in memory if that is null. */
export function openS3Store(dir: string | null, time: Time): S3Store {
  const blobs = openBlobs(dir === null ? null : join(dir, 'blobs'));
  const contents = new Map<string, Map<string, ObjectVersion[]>>();
  const buckets = new Map<string, Bucket>();
  /** Events that no listener has been told of, by sequencer. */
  const untold = new Map<string, BucketEvent>();
  let listener: ((event: BucketEvent) => void) | null = null;
  let lastSequence = 0n;

  const contentsOf = (bucket: string) => {
    const keys = contents.get(bucket) ?? new Map<string, ObjectVersion[]>();
    contents.set(bucket, keys);
    return keys;
  };

  function apply(entry: Entry) {
    if ('told' in entry) {
      untold.delete(entry.told);
      return;
    }
    if ('untold' in entry) {
      untold.set(entry.untold.version.sequencer, entry.untold);
      return;
    }
    const keys = contentsOf(entry.bucket);
    if ('added' in entry) {
      const version = entry.added;
      const older = (keys.get(version.key) ?? []).filter((v) => v.versionId !== version.versionId);
      keys.set(version.key, [...older, version]);
      note(entry.event, entry.bucket, version);
      return;
    }
    const versions = keys.get(entry.key) ?? [];
    const gone = versions.find((version) => version.versionId === entry.removed);
    const left = versions.filter((version) => version !== gone);
    if (left.length > 0) keys.set(entry.key, left);
    else keys.delete(entry.key);
    if (gone) note(entry.event, entry.bucket, { ...gone, sequencer: sequence() });
  }

  function note(name: string | null, bucket: string, version: ObjectVersion) {
    const number = BigInt(`0x${version.sequencer}`);
    if (number > lastSequence) lastSequence = number;
    if (name !== null) untold.set(version.sequencer, { name, bucket, version });
  }

  /** Begins with the time, so that it grows over restarts as well. */
  function sequence(): string {
    const byTime = BigInt(Math.floor(time.now())) << 20n;
    lastSequence = byTime > lastSequence ? byTime : lastSequence + 1n;
    return lastSequence.toString(16).toUpperCase().padStart(18, '0');
  }

  const journal = openJournal<Entry>(
    dir === null ? null : join(dir, 'index.jsonl'),
    apply,
    function* () {
      for (const [bucket, keys] of contents) {
        for (const versions of keys.values()) {
          for (const added of versions) yield { bucket, added, event: null };
        }
      }
      for (const event of untold.values()) yield { untold: event };
    },
  );
  blobs.sweep(
    new Set([...contents.values()].flatMap((keys) => [...keys.values()].flat()).map((v) => v.blob)),
  );

  function commit(entry: Entry) {
    journal.append(entry);
    apply(entry);
    tell();
  }

  /** After a kill between the event and this note the event is told again: at least once, like S3. */
  function tell() {
    if (listener === null) return;
    for (const [told, event] of [...untold]) {
      listener(event);
      journal.append({ told });
      untold.delete(told);
    }
  }

  function open(
    name: string,
    isVersioned: boolean,
    notifications: readonly Notification[],
  ): Bucket {
    const keys = contentsOf(name);
    let sorted: string[] | null = null;
    const newId = () => (isVersioned ? randomBytes(24).toString('base64url') : 'null');

    function put(event: string, version: Omit<ObjectVersion, 'versionId' | 'at' | 'sequencer'>) {
      const overwritten = isVersioned ? undefined : keys.get(version.key)?.at(-1);
      const added = { ...version, versionId: newId(), at: time.now(), sequencer: sequence() };
      sorted = null;
      commit({ bucket: name, added, event });
      if (overwritten) void blobs.remove(overwritten.blob);
      return added;
    }

    function erase(key: string, versionId: string, event: string) {
      const gone = keys.get(key)?.find((version) => version.versionId === versionId);
      if (gone === undefined) return undefined;
      sorted = null;
      commit({ bucket: name, key, removed: versionId, event });
      if (!gone.isMarker) void blobs.remove(gone.blob);
      return gone;
    }

    return {
      name,
      isVersioned,
      notifications,
      versions: (key) => keys.get(key) ?? [],
      current(key) {
        const last = keys.get(key)?.at(-1);
        return last?.isMarker === true ? undefined : last;
      },
      keys() {
        sorted ??= [...keys.keys()]
          .map((key) => Buffer.from(key))
          .sort(Buffer.compare)
          .map(String);
        return sorted;
      },
      add: (event, version) => put(event, { ...version, isMarker: false }),
      remove(key) {
        if (!isVersioned) return erase(key, 'null', 'ObjectRemoved:Delete');
        const marker = { key, isMarker: true, etag: '', size: 0, headers: {}, blob: '' };
        return put('ObjectRemoved:DeleteMarkerCreated', marker);
      },
      removeVersion: (key, versionId) => erase(key, versionId, 'ObjectRemoved:Delete'),
    };
  }

  return {
    blobs,
    create(name, isVersioned, notifications = []) {
      const bucket = buckets.get(name) ?? open(name, isVersioned, notifications);
      buckets.set(name, bucket);
      return bucket;
    },
    bucket: (name) => buckets.get(name),
    buckets: () => [...buckets.values()],
    listen(next) {
      listener = next;
      tell();
    },
    close: () => journal.close(),
  };
}
