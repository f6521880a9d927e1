import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes by name, on disk or in memory. */
export interface Blobs {
  write(name: string, bytes: Buffer): Promise<void>;
  /** The bytes from `start` up to but not including `end`. */
  read(name: string, start: number, end: number): Promise<Buffer>;
  remove(name: string): Promise<void>;
  /** Removes whatever is not in `wanted`: a kill may leave bytes that nothing points to. */
  sweep(wanted: ReadonlySet<string>): void;
}

/** Blobs as files in a folder, or in memory if that is null. */
export function openBlobs(dir: string | null): Blobs {
  if (dir === null) return inMemory();
  mkdirSync(dir, { recursive: true });
  return {
    write: (name, bytes) => writeFile(join(dir, name), bytes),
    async read(name, start, end) {
      if (start === 0 && end === Number.POSITIVE_INFINITY) return readFile(join(dir, name));
      const file = await open(join(dir, name));
      try {
        const bytes = Buffer.alloc(end - start);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    remove: (name) => rm(join(dir, name), { force: true }),
    sweep(wanted) {
      for (const name of readdirSync(dir)) if (!wanted.has(name)) rmSync(join(dir, name));
    },
  };
}

function inMemory(): Blobs {
  const blobs = new Map<string, Buffer>();
  return {
    async write(name, bytes) {
      blobs.set(name, bytes);
    },
    async read(name, start, end) {
      const bytes = blobs.get(name);
      if (bytes === undefined) throw new Error(`no blob ${name}`);
      return bytes.subarray(start, end);
    },
    async remove(name) {
      blobs.delete(name);
    },
    sweep: () => {},
  };
}
