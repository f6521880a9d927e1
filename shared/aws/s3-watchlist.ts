import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectVersionsCommand,
  NoSuchKey,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { WatchlistSource, WatchlistStore } from '../watch.ts';
import { discard } from './body.ts';

export const WATCHLIST_KEY = 'watchlist.yaml';
/** A watchlist of 100,000 rules has about 60 MB; larger is a mistake. */
const MAX_YAML_BYTES = 64 * 1024 * 1024;

/** The watchlist's bucket. */
export function s3Watchlist(s3: S3Client, bucket: string): WatchlistStore {
  async function get(
    key: string,
    condition: { IfNoneMatch?: string; VersionId?: string } = {},
  ): Promise<GetObjectCommandOutput | 'same' | 'none'> {
    try {
      return await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...condition }));
    } catch (error) {
      if (error instanceof NoSuchKey || nameOf(error) === 'NoSuchVersion') return 'none';
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304)
        return 'same';
      throw error;
    }
  }

  return {
    async read(tag) {
      const answer = await get(WATCHLIST_KEY, tag === null ? {} : { IfNoneMatch: tag });
      return typeof answer === 'string' ? answer : sourceOf(answer);
    },
    async *earlier() {
      const { Versions = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: WATCHLIST_KEY, MaxKeys: 100 }),
      );
      for (const { Key, VersionId } of Versions) {
        if (Key !== WATCHLIST_KEY || VersionId === undefined) continue;
        const answer = await get(WATCHLIST_KEY, { VersionId });
        if (typeof answer !== 'string') yield sourceOf(answer);
      }
    },
    async artifact(name) {
      const answer = await get(name);
      return typeof answer === 'string'
        ? null
        : ((await answer.Body?.transformToByteArray()) ?? null);
    },
  };
}

const nameOf = (error: unknown) => (error instanceof S3ServiceException ? error.name : null);

async function sourceOf({
  Body,
  ETag: tag = '',
  ContentLength = 0,
}: GetObjectCommandOutput): Promise<WatchlistSource> {
  if (ContentLength > MAX_YAML_BYTES) {
    await discard(Body);
    return {
      tag,
      problem: `${WATCHLIST_KEY} has ${ContentLength} bytes, at most ${MAX_YAML_BYTES} are read`,
    };
  }
  return { tag, yaml: (await Body?.transformToByteArray()) ?? new Uint8Array() };
}
