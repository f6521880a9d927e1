import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalHost, startLocalHost } from '../infra/local/host.ts';
import { CLIENT } from '../shared/aws/client.ts';
import { s3Inbox } from '../shared/aws/s3-inbox.ts';
import { inboxContract } from './inbox.contract.ts';
import { clientsOf, scratch, writeStack } from './local/small-stack.ts';
import { DEV, synthesizeStack } from './synth.ts';

const { dir, remove } = scratch();
let host: LocalHost;
let s3: S3Client;
let bucket: string;
beforeAll(async () => {
  const { resources } = await synthesizeStack(DEV);
  const { NotificationConfiguration: _, ...Properties } =
    resources['InboxA8E05DC3']?.Properties ?? {};
  const template = writeStack(dir, { Inbox: { Type: 'AWS::S3::Bucket', Properties } });
  host = await startLocalHost({ template, stateDir: null });
  s3 = clientsOf(host).s3;
  bucket = host.physicalId('Inbox');
});
afterAll(async () => {
  await host.stop();
  remove();
});

const uploadedAt = '2026-11-22T08:00:00.000Z';
inboxContract('s3', () => ({
  inbox: s3Inbox(s3),
  async put(key, body, metadata = {}) {
    const Metadata = Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [
        name,
        // As people send what is not ASCII: the header itself takes none.
        /^[\x20-\x7E]*$/.test(value)
          ? value
          : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`,
      ]),
    );
    const { VersionId } = await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body), Metadata }),
    );
    return {
      bucket,
      key,
      versionId: VersionId ?? null,
      size: body.length,
      uploadedAt,
      rescore: false,
      tellNew: false,
    };
  },
  async remove(key) {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
  async forget({ key, versionId }) {
    await s3.send(
      new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId ?? '' }),
    );
  },
}));

describe('a connection that fails', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** S3 as far as the first bytes of a body: then it does what `then` does. */
  async function brokenS3(then: (send: (bytes: string) => void, cut: () => void) => void) {
    server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000', 'x-amz-version-id': 'v1' });
      then(
        (bytes) => response.write(bytes),
        () => response.destroy(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return s3Inbox(
      new S3Client({
        ...CLIENT,
        requestHandler: { ...CLIENT.requestHandler, socketTimeout: 200 },
        maxAttempts: 1,
        endpoint: `http://127.0.0.1:${port}`,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      }),
    );
  }
  const object = {
    bucket: 'b',
    key: 'k',
    versionId: 'v1',
    size: 1000,
    uploadedAt,
    rescore: false,
    tellNew: false,
  };

  test('a body that ends early is a passing fault, not a shorter article', async () => {
    const inbox = await brokenS3((send, cut) => {
      send('half a sentence');
      setTimeout(cut, 20);
    });
    await expect(inbox.read(object, 5000)).rejects.toThrow();
  });

  test('a body that falls silent is given up long before the function’s time is', async () => {
    const inbox = await brokenS3((send) => send('half a sentence'));
    await expect(inbox.read(object, 5000)).rejects.toThrow();
  });
});

test.each([
  ['=?UTF-8?B?2YjZg9in2YTYqQ==?=', 'وكالة'],
  ['=?UTF-8?Q?=D9=88=D9=83=D8=A7=D9=84=D8=A9_1?=', 'وكالة 1'],
  ['=?utf-8?b?2Yg=?= =?utf-8?b?2YM=?=', 'وك'],
  ['plain =? text', 'plain =? text'],
])('metadata %j means %j', async (header, expected) => {
  const { VersionId = null } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: 'm', Body: 'x', Metadata: { source: header } }),
  );
  const object = {
    bucket,
    key: 'm',
    versionId: VersionId,
    size: 1,
    uploadedAt,
    rescore: false,
    tellNew: false,
  };
  const answer = await s3Inbox(s3).read(object, 5000);
  expect(answer.kind === 'object' && answer.upload.metadata['source']).toBe(expected);
});
