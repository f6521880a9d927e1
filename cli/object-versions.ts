import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** One version of an object, or a marker that it was deleted. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly isLatest: boolean;
  readonly uploadedAt: string;
}

/** Every version and delete marker below a prefix; of one key alone when `exactly` is set. Newest of a key first. */
export async function* versionsIn(
  s3: S3Client,
  bucket: string,
  prefix: string,
  exactly = false,
): AsyncGenerator<ObjectVersion> {
  let KeyMarker: string | undefined;
  let VersionIdMarker: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
    );
    const all = [
      ...(page.Versions ?? []).map((version) => ({ ...version, isDeleteMarker: false })),
      ...(page.DeleteMarkers ?? []).map((marker) => ({ ...marker, isDeleteMarker: true })),
    ];
    for (const { Key = '', VersionId = '', IsLatest, LastModified, isDeleteMarker } of all)
      if (!exactly || Key === prefix)
        yield {
          key: Key,
          versionId: VersionId,
          isDeleteMarker,
          isLatest: IsLatest === true,
          uploadedAt: (LastModified ?? new Date(0)).toISOString(),
        };
    KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
    VersionIdMarker = page.IsTruncated ? page.NextVersionIdMarker : undefined;
  } while (KeyMarker !== undefined);
}

/** S3 takes so many in one call. */
const BATCH = 1000;

/**
 * Deletes versions for good.
 * @returns how many.
 * @throws Error that names the first one S3 did not delete.
 */
export async function deleteVersions(
  s3: S3Client,
  bucket: string,
  versions: readonly ObjectVersion[],
): Promise<number> {
  for (let i = 0; i < versions.length; i += BATCH) {
    const Objects = versions
      .slice(i, i + BATCH)
      .map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first !== undefined)
      throw new Error(
        `S3 did not delete ${first.Key} (${first.VersionId}): ${first.Code} ${first.Message}`,
      );
  }
  return versions.length;
}
