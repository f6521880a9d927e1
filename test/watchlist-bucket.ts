import { PutObjectCommand } from '@aws-sdk/client-s3';
import { WATCHLIST_KEY } from '../shared/aws/s3-watchlist.ts';
import type { Pipeline } from './pipeline.ts';

/** Puts a watchlist where users put theirs, by plain S3. */
export async function putWatchlist({ host, clients }: Pipeline, yaml: string): Promise<void> {
  const Bucket = host.outputs['ConfigBucket'];
  await clients.s3.send(new PutObjectCommand({ Bucket, Key: WATCHLIST_KEY, Body: yaml }));
}
