import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { WATCHLIST_KEY } from './s3-watchlist.ts';

/** A watchlist that was put at some time; `isShipped`: it was taken away, so the shipped one came back in force. */
export interface WatchlistVersion {
  readonly versionId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly bytes: number;
  readonly isLatest: boolean;
  readonly isShipped: boolean;
}

export interface WatchlistHistory {
  /** Newest first. */
  versions(): Promise<WatchlistVersion[]>;
  text(versionId: string): Promise<string>;
  /** Puts it with its compiled form, which goes first so that nobody has to compile. @returns its version. */
  put(
    yaml: string,
    compiled: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<string>;
  /** Takes it away: what ships is in force again. Earlier versions stay. */
  remove(): Promise<void>;
}

/** The versions of the watchlist in its bucket. */
export function s3WatchlistHistory(s3: S3Client, bucket: string): WatchlistHistory {
  return {
    async versions() {
      const found: WatchlistVersion[] = [];
      let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
      for (;;) {
        const page = await s3.send(
          new ListObjectVersionsCommand({ Bucket: bucket, Prefix: WATCHLIST_KEY, ...marker }),
        );
        const all = [
          ...(page.Versions ?? []).map((one) => ({ ...one, isShipped: false })),
          ...(page.DeleteMarkers ?? []).map((one) => ({ ...one, Size: 0, isShipped: true })),
        ];
        for (const { Key, VersionId = '', LastModified, Size = 0, IsLatest, isShipped } of all)
          if (Key === WATCHLIST_KEY)
            found.push({
              versionId: VersionId,
              at: LastModified?.toISOString() ?? '',
              bytes: Size,
              isLatest: IsLatest === true,
              isShipped,
            });
        if (!page.IsTruncated) break;
        marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      return found.sort(
        (a, b) => Number(b.isLatest) - Number(a.isLatest) || (a.at < b.at ? 1 : -1),
      );
    },
    async text(versionId) {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: WATCHLIST_KEY, VersionId: versionId }),
      );
      return (await Body?.transformToString('utf-8')) ?? '';
    },
    async put(yaml, { name, bytes }) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: bytes }));
      const { VersionId = '' } = await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: WATCHLIST_KEY,
          Body: yaml,
          ContentType: 'application/yaml',
        }),
      );
      return VersionId;
    },
    async remove() {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: WATCHLIST_KEY }));
    },
  };
}
