import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { articleKey } from '../shared/aws/article-item.ts';
import { parse } from '../shared/parse/parse.ts';
import { archiveOf } from './ask.ts';
import type { Finding } from './doctor-checks.ts';
import { deleteVersions, type ObjectVersion, versionsIn } from './object-versions.ts';
import type { Target } from './target.ts';

/** A cold start, a busy queue, a slow minute: what takes longer is broken. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 250;

/** The rule on trial, in the shipped watchlist, that finds the probe and tells nobody. */
const PROBE_RULE = 'rasid-probe';

/**
 * Uploads an article that nobody wrote and waits until it stands in the table, classified; then takes it away again.
 * It shows that bucket, notification, queue, function, watchlist and table work together; nobody is mailed.
 */
export async function probe(target: Target): Promise<Finding> {
  const s3 = new S3Client(target.client);
  const bucket = target.output('InboxBucket');
  const key = `rasid-probe/${new Date().toISOString()}.txt`;
  const text = `The rasidprobe arrives\n\nThe rasidprobe arrives as ${randomUUID()}.\n`;
  const id = await idOf(key, text);
  const startedAt = Date.now();
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  try {
    for (;;) {
      const whole = await archiveOf(target).whole(id);
      const ms = Date.now() - startedAt;
      if (whole !== null) {
        const isFound = whole.record.events.some(({ rule }) => rule === PROBE_RULE);
        return isFound
          ? { state: 'well', says: `stored and classified after ${ms} ms` }
          : {
              state: 'odd',
              says: `stored after ${ms} ms; the watchlist in force (${whole.record.watchlistVersion}) has no rule ${PROBE_RULE}`,
            };
      }
      if (ms > PATIENCE_MS)
        return { state: 'ill', says: `not stored after ${PATIENCE_MS / 1000} s: rasid dlq list` };
      await sleep(LOOK_MS);
    }
  } finally {
    await clean(target, s3, bucket, key, id);
  }
}

async function idOf(key: string, text: string): Promise<string> {
  const upload = { key, bytes: Buffer.from(text), metadata: {}, contentType: null };
  for await (const reading of parse(upload))
    if (reading.kind === 'article') return reading.article.id;
  throw new Error('the probe is no article: the parser of this Rasid is broken');
}

async function clean(target: Target, s3: S3Client, bucket: string, key: string, id: string) {
  const versions: ObjectVersion[] = [];
  for await (const version of versionsIn(s3, bucket, key, true)) versions.push(version);
  await deleteVersions(s3, bucket, versions);
  await new DynamoDBClient(target.client).send(
    new DeleteItemCommand({
      TableName: target.output('ArticlesTable'),
      Key: marshall(articleKey(id)),
    }),
  );
}
