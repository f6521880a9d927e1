import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { WATCHLIST_KEY } from '../../shared/aws/s3-watchlist.ts';

/** A version of the person's own watchlist, as it lies in the bucket. */
export interface ShelfVersion {
  readonly versionId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly isCurrent: boolean;
}

/** The versions of the person's own watchlist. */
export interface WatchlistShelf {
  /** Newest first, at most 100. */
  versions(): Promise<readonly ShelfVersion[]>;
  text(versionId: string): Promise<string>;
  /** Puts a text that is known to be good, its compiled form first: it is live within a minute. */
  put(
    yaml: string,
    compiled: { readonly name: string; readonly artifact: Uint8Array },
  ): Promise<void>;
}

const MOST = 100;

export function watchlistShelf(s3: S3Client, bucket: string): WatchlistShelf {
  return {
    async versions() {
      const { Versions = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: WATCHLIST_KEY, MaxKeys: MOST }),
      );
      return Versions.filter(({ Key }) => Key === WATCHLIST_KEY).map(
        ({ VersionId = '', LastModified, IsLatest = false }) => ({
          versionId: VersionId,
          at: LastModified?.toISOString() ?? '',
          isCurrent: IsLatest,
        }),
      );
    },
    async text(versionId) {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: WATCHLIST_KEY, VersionId: versionId }),
      );
      return (await Body?.transformToString('utf-8')) ?? '';
    },
    async put(yaml, { name, artifact }) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: artifact }));
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: WATCHLIST_KEY,
          Body: yaml,
          ContentType: 'application/yaml; charset=utf-8',
        }),
      );
    },
  };
}
