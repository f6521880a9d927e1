import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { CLIENT } from '../../../shared/aws/client.ts';
import { dynamodbArchive } from '../../../shared/aws/dynamodb-archive.ts';
import { s3Inbox } from '../../../shared/aws/s3-inbox.ts';
import { s3Watchlist } from '../../../shared/aws/s3-watchlist.ts';
import { createClassifier } from '../../../shared/classify/classify.ts';
import { PARSER_VERSION, parse } from '../../../shared/parse/parse.ts';
import { recordOf } from '../../../shared/record.ts';
import { openWatchlist } from '../../../shared/watchlist/artifact.ts';

const s3 = new S3Client(CLIENT);
const ports = [
  s3Inbox(s3),
  s3Watchlist(s3, 'bench'),
  dynamodbArchive(new DynamoDBClient(CLIENT), 'bench'),
];

/** All that ingest does for one article, with all that it loads, but for the calls: the watchlist comes from a file. */
export async function handler({ text }: { readonly text: string }): Promise<number> {
  const classify = createClassifier(openWatchlist(await readFile(process.env['WATCHLIST'] ?? '')));
  const upload = { key: 'a.txt', bytes: Buffer.from(text), metadata: {}, contentType: null };
  let alerts = ports.length;
  for await (const reading of parse(upload)) {
    if (reading.kind === 'rejected') throw new Error(reading.reason);
    const { article, member } = reading;
    const object = { bucket: 'b', key: 'a.txt', versionId: null, uploadedAt: '', member };
    const record = recordOf(article, classify(article), {
      object,
      now: new Date(),
      parserVersion: PARSER_VERSION,
      suppress: null,
      replayed: false,
    });
    alerts += record.alerts.length;
  }
  return alerts;
}
