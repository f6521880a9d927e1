import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** A file to upload, and the key it gets. */
export interface InboxFile {
  readonly path: string;
  readonly key: string;
}

/** The files of these paths, folders included, in the order of their names; a key is the path below its folder. */
export async function* filesIn(paths: readonly string[]): AsyncGenerator<InboxFile> {
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) yield* below(path, path);
    else yield { path, key: basename(path) };
  }
}

async function* below(root: string, folder: string): AsyncGenerator<InboxFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* below(root, path);
    else if (entry.isFile()) yield { path, key: keyBelow(root, path) };
  }
}

/** Keys have `/` on every system. */
export function keyBelow(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** Uploads the file, unless the bucket's newest version of the key is the same to the byte. */
export async function uploadFile(s3: S3Client, bucket: string, file: InboxFile): Promise<void> {
  const body = await readFile(file.path);
  const md5 = createHash('md5').update(body).digest('hex');
  if ((await etagOf(s3, bucket, file.key)) === `"${md5}"`) return;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: file.key, Body: body }));
}

async function etagOf(s3: S3Client, bucket: string, key: string): Promise<string | null> {
  try {
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return ETag ?? null;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** The file's text; null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
