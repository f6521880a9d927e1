import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { type LocalHost, startLocalHost } from '../../infra/local/host.ts';
import { clientsOf, scratch, writeStack } from './small-stack.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let clients: ReturnType<typeof clientsOf>;
let Bucket: string;
let QueueUrl: string;

beforeAll(async () => {
  const template = writeStack(dir, {
    Uploads: { Type: 'AWS::SQS::Queue' },
    Plain: { Type: 'AWS::S3::Bucket' },
    Inbox: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        NotificationConfiguration: {
          QueueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'].map((Event) => ({
            Event,
            Queue: { 'Fn::GetAtt': ['Uploads', 'Arn'] },
          })),
        },
      },
    },
  });
  host = await startLocalHost({ template, stateDir: join(dir, 'state') });
  clients = clientsOf(host);
  Bucket = host.physicalId('Inbox');
  QueueUrl = host.physicalId('Uploads');
});
afterAll(async () => {
  await host.stop();
  remove();
});

const put = (Key: string, Body: string, more: object = {}) =>
  clients.s3.send(
    // The SDK warns of an empty string, which it takes for a stream.
    new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), ...more }),
  );
const get = async (Key: string, more: object = {}) => {
  const found = await clients.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...found, text: (await found.Body?.transformToString()) ?? '' };
};

/** What lies in the queue, parsed and deleted. */
async function events(): Promise<Record<string, unknown>[]> {
  const bodies: Record<string, unknown>[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await clients.sqs.send(receive);
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(JSON.parse(Body));
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

interface Created {
  readonly Records: readonly {
    readonly eventName: string;
    readonly s3: {
      readonly bucket: { readonly name: string };
      readonly object: Readonly<Record<string, string | number>>;
    };
  }[];
}
const objectsIn = (list: readonly unknown[]) =>
  list.flatMap((event) => (event as Created).Records ?? []);

test('a bucket says once, without records, that its notification is set up', async () => {
  const all = await events();
  expect(all.map(({ Event, Bucket: name }) => [Event, name])).toEqual([
    ['s3:TestEvent', Bucket],
    ['s3:TestEvent', Bucket],
  ]);
});

test('a bucket says whom it tells of what', async () => {
  const { QueueConfigurations = [] } = await clients.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket }),
  );
  expect(QueueConfigurations.map(({ Events, Filter }) => [Events, Filter])).toEqual([
    [['s3:ObjectCreated:*'], undefined],
    [['s3:ObjectRemoved:*'], undefined],
  ]);
  expect(QueueConfigurations[0]?.QueueArn).toMatch(/^arn:aws:sqs:.*Uploads$/);
});

test('an event names key, size, tag and version as S3 does, and the sequencer grows', async () => {
  const first = await put('سياسة/خبر + 1.txt', 'one');
  await put('سياسة/خبر + 1.txt', 'other');
  const [a, b] = objectsIn(await events());
  expect(a).toMatchObject({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: {
      bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
      object: {
        key: '%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/%D8%AE%D8%A8%D8%B1+%2B+1.txt',
        size: 3,
        eTag: 'f97c5d29941bfb1b2fdab0874906ab82',
        versionId: first.VersionId,
      },
    },
  });
  expect(String(b?.s3.object['sequencer']) > String(a?.s3.object['sequencer'])).toBe(true);
});

describe('keys', () => {
  const ODD = [
    'زيارة حفتر + 100% #1 (نسخة).txt',
    '../../etc/passwd',
    './a/../b//c/.',
    '/leading',
    'trailing/',
    'a?b=c&d',
    '😀.txt',
    'e\u0301 NFD',
    '\u00e9 NFC',
    'quote\'"<>&;',
    'tab\tand\u0001control',
    'ش'.repeat(512),
    '%2F%20+',
    '~tilde!*()',
  ];

  test.each(ODD)('%j is stored, announced, listed and deleted', async (key) => {
    await put(key, key);
    expect((await get(key)).text).toBe(key);
    const [record] = objectsIn(await events());
    expect(decodeURIComponent(String(record?.s3.object['key']).replace(/\+/g, ' '))).toBe(key);
    const listed = await clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix: key }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([key]);
    await clients.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: key }] } }),
    );
    await expect(get(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  test('whatever the key, the event gives it back', async () => {
    const key = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 80 })
      .filter((text) => Buffer.from(text).toString() === text);
    await fc.assert(
      fc.asyncProperty(key, async (Key) => {
        await put(Key, 'x');
        const [record] = objectsIn(await events());
        const raw = String(record?.s3.object['key']);
        expect(raw).toMatch(/^[\w.+%*/-]+$/);
        expect(decodeURIComponent(raw.replace(/\+/g, ' '))).toBe(Key);
      }),
      { numRuns: 60 },
    );
  });

  test('a key of more than 1024 bytes is refused', async () => {
    await expect(put('ش'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });
});

describe('versions', () => {
  test('an overwritten object is still there by its version', async () => {
    // No key that the properties above may have left: they try `valueOf` too.
    const Key = 'twice.txt';
    const old = await put(Key, 'old');
    const young = await put(Key, 'new');
    expect((await get(Key)).text).toBe('new');
    expect((await get(Key, { VersionId: old.VersionId })).text).toBe('old');
    const versions = await clients.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    expect(versions.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [young.VersionId, true],
      [old.VersionId, false],
    ]);
  });

  test('a delete leaves a marker; deleting the marker brings the object back', async () => {
    await put('marked', 'here');
    const gone = await clients.s3.send(new DeleteObjectCommand({ Bucket, Key: 'marked' }));
    expect(gone.DeleteMarker).toBe(true);
    await expect(get('marked')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get('marked', { VersionId: gone.VersionId })).rejects.toMatchObject({
      name: 'MethodNotAllowed',
    });
    const { DeleteMarkers, Versions } = await clients.s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: 'marked' }),
    );
    expect([DeleteMarkers?.length, Versions?.length]).toEqual([1, 1]);
    await clients.s3.send(
      new DeleteObjectCommand({ Bucket, Key: 'marked', VersionId: gone.VersionId }),
    );
    expect((await get('marked')).text).toBe('here');
  });

  test('a version that never was is NoSuchVersion', async () => {
    await expect(get('v', { VersionId: 'none' })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  test('a bucket without versioning forgets, and has no version ids', async () => {
    const Plain = host.physicalId('Plain');
    const made = await clients.s3.send(
      new PutObjectCommand({ Bucket: Plain, Key: 'k', Body: 'v' }),
    );
    expect(made.VersionId).toBeUndefined();
    await clients.s3.send(new DeleteObjectCommand({ Bucket: Plain, Key: 'k' }));
    const left = await clients.s3.send(new ListObjectVersionsCommand({ Bucket: Plain }));
    expect(left.Versions).toBeUndefined();
  });
});

describe('conditions and ranges', () => {
  test('a GET of what one has is 304, and a PUT of what is there is 412', async () => {
    const { ETag } = await put('c', 'body');
    await expect(get('c', { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    expect((await get('c', { IfNoneMatch: '"other"' })).text).toBe('body');
    await expect(put('c', 'again', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put('c', 'again', { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put('never', 'x', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('c', 'again', { IfMatch: ETag });
    expect((await get('c')).text).toBe('again');
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s of ten bytes is %s', async (Range, text, ContentRange) => {
    await put('r', '0123456789');
    expect(await get('r', { Range })).toMatchObject({ text, ContentRange });
  });

  test('a range beyond the end is refused', async () => {
    await expect(get('r', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });
});

test('metadata come back, those that are not ASCII as S3 sends them', async () => {
  const word = `=?UTF-8?B?${Buffer.from('وكالة الأنباء').toString('base64')}?=`;
  await put('m', '', { Metadata: { source: 'Example', agency: word }, ContentType: 'text/html' });
  const { Metadata, ContentType, ContentLength } = await clients.s3.send(
    new HeadObjectCommand({ Bucket, Key: 'm' }),
  );
  expect([Metadata, ContentType, ContentLength]).toEqual([
    { source: 'Example', agency: word },
    'text/html',
    0,
  ]);
});

test('raw UTF-8 in metadata comes back as an encoded word', async () => {
  const answer = await fetch(`${host.url}/${Bucket}/raw`, {
    method: 'PUT',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request',
      'x-amz-meta-title': Buffer.from('حفتر').toString('latin1'),
    },
    body: 'x',
  });
  expect(answer.status).toBe(200);
  const { Metadata } = await clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'raw' }));
  const coded = /^=\?UTF-8\?B\?(.*)\?=$/.exec(Metadata?.['title'] ?? '')?.[1] ?? '';
  expect(Buffer.from(coded, 'base64').toString()).toBe('حفتر');
});

test('more than 2 KB of metadata is refused', async () => {
  await expect(put('m', '', { Metadata: { a: 'x'.repeat(2100) } })).rejects.toMatchObject({
    name: 'MetadataTooLarge',
  });
});

test('a streamed body arrives without its chunks, and a wrong checksum is refused', async () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request';
  const upload = (sum: string) =>
    fetch(`${host.url}/${Bucket}/chunked`, {
      method: 'PUT',
      headers: {
        authorization,
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '5',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      },
      body: `3\r\nhel\r\n2\r\nlo\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`,
    });
  expect((await upload('AAAAAA==')).status).toBe(400);
  expect((await upload('NhCmhg==')).status).toBe(200);
  const found = await get('chunked', { ChecksumMode: 'ENABLED' });
  expect([found.text, found.ContentEncoding, found.ChecksumCRC32]).toEqual([
    'hello',
    undefined,
    'NhCmhg==',
  ]);
});

test('an upload in parts is one object and one event', async () => {
  await events();
  const Key = 'كبير.txt';
  const { UploadId } = await clients.s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, Metadata: { source: 'parts' } }),
  );
  const bodies = [Buffer.alloc(5 * 2 ** 20, 'a'), Buffer.from('end')];
  const Parts = [];
  for (const [n, Body] of bodies.entries()) {
    const at = { Bucket, Key, UploadId, PartNumber: n + 1 };
    const { ETag } = await clients.s3.send(new UploadPartCommand({ ...at, Body }));
    Parts.push({ ETag, PartNumber: n + 1 });
  }
  const done = await clients.s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
  );
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const found = await clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect([found.ContentLength, found.Metadata]).toEqual([5 * 2 ** 20 + 3, { source: 'parts' }]);
  expect((await get(Key, { Range: 'bytes=-4' })).text).toBe('aend');
  expect(objectsIn(await events()).map(({ eventName }) => eventName)).toEqual([
    'ObjectCreated:CompleteMultipartUpload',
  ]);
});

test('an aborted upload in parts leaves nothing', async () => {
  const at = { Bucket, Key: 'aborted' };
  const { UploadId } = await clients.s3.send(new CreateMultipartUploadCommand(at));
  await clients.s3.send(new AbortMultipartUploadCommand({ ...at, UploadId }));
  const part = new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'x' });
  await expect(clients.s3.send(part)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  await expect(get('aborted')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a copy has the body and the metadata of its source', async () => {
  await put('مصدر +.txt', 'text', { Metadata: { a: 'b' } });
  await clients.s3.send(
    new CopyObjectCommand({
      Bucket,
      Key: 'copy',
      CopySource: `${Bucket}/${encodeURIComponent('مصدر +.txt')}`,
    }),
  );
  expect(await get('copy')).toMatchObject({ text: 'text', Metadata: { a: 'b' } });
});

test('lists come in the order of bytes, in pages, with folders', async () => {
  for (const key of ['l/b', 'l/a/1', 'l/a/2', 'l/ﬁ', 'l/😀']) await put(key, '');
  const all: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'l/', MaxKeys: 2, ContinuationToken }),
    );
    all.push(...(page.Contents ?? []).map(({ Key }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(all).toEqual(['l/a/1', 'l/a/2', 'l/b', 'l/ﬁ', 'l/😀']);
  const folders = await clients.s3.send(
    new ListObjectsCommand({ Bucket, Prefix: 'l/', Delimiter: '/' }),
  );
  expect(folders.CommonPrefixes).toEqual([{ Prefix: 'l/a/' }]);
  expect(folders.Contents?.map(({ Key }) => Key)).toEqual(['l/b', 'l/ﬁ', 'l/😀']);
});

test('60 MB come back as they went', async () => {
  const Body = Buffer.alloc(60 * 2 ** 20);
  await clients.s3.send(new PutObjectCommand({ Bucket, Key: 'zeros', Body }));
  const found = await clients.s3.send(new GetObjectCommand({ Bucket, Key: 'zeros' }));
  const bytes = await found.Body?.transformToByteArray();
  expect(Buffer.compare(Buffer.from(bytes ?? []), Body)).toBe(0);
});

test('what is not served is said by name', async () => {
  const answer = await fetch(`${host.url}/${Bucket}?acl`, {
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request',
    },
  });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toContain('GET bucket ?acl');
});
