import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { readUpload } from './s3-body.ts';
import { checkWriteCondition } from './s3-condition.ts';
import { metadataOf } from './s3-metadata.ts';
import type { Bucket, S3Store } from './s3-store.ts';
import { element, insidesOf, textOf } from './xml.ts';

/** Uploads in parts: the aws command line uses them above 8 MB. Unfinished ones do not survive a restart. */
export interface Multipart {
  answer(operation: string, bucket: Bucket, key: string, request: HttpRequest): Promise<HttpAnswer>;
}

/** S3 refuses smaller parts, the last one excepted. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

interface PendingUpload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, { readonly bytes: Buffer; readonly etag: string }>;
}

/** Serves multipart uploads into the store. */
export function openMultipart(store: S3Store): Multipart {
  const uploads = new Map<string, PendingUpload>();

  function uploadOf({ query }: HttpRequest): PendingUpload {
    const upload = uploads.get(query.get('uploadId') ?? '');
    if (upload === undefined) {
      throw new AwsError('NoSuchUpload', 'The specified upload does not exist.', 404);
    }
    return upload;
  }

  async function complete(bucket: Bucket, request: HttpRequest): Promise<HttpAnswer> {
    const upload = uploadOf(request);
    const wanted = insidesOf(readUpload(request.body, request.headers).bytes.toString(), 'Part');
    const parts = wanted.map((part, n) => {
      const number = Number(textOf(part, 'PartNumber'));
      const found = upload.parts.get(number);
      if (found?.etag !== textOf(part, 'ETag')?.replaceAll('"', '')) {
        throw new AwsError('InvalidPart', `Part ${number} was not uploaded, or its ETag differs.`);
      }
      if (found === undefined || (n < wanted.length - 1 && found.bytes.length < MIN_PART_BYTES)) {
        throw new AwsError('EntityTooSmall', `Part ${number} is smaller than 5 MiB.`);
      }
      return found;
    });
    if (parts.length === 0) throw new AwsError('MalformedXML', 'There must be at least one part.');
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    const sums = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
    const blob = randomUUID();
    await store.blobs.write(blob, bytes);
    checkWriteCondition(request.headers, bucket.current(upload.key));
    const version = bucket.add('ObjectCreated:CompleteMultipartUpload', {
      key: upload.key,
      etag: `${createHash('md5').update(sums).digest('hex')}-${parts.length}`,
      size: bytes.length,
      headers: upload.headers,
      blob,
    });
    uploads.delete(request.query.get('uploadId') ?? '');
    return {
      status: 200,
      headers: version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId },
      body: `<CompleteMultipartUploadResult>${element('Bucket', bucket.name)}${element('Key', upload.key)}${element('ETag', `"${version.etag}"`)}</CompleteMultipartUploadResult>`,
    };
  }

  return {
    async answer(operation, bucket, key, request) {
      switch (operation) {
        case 'CreateMultipartUpload': {
          const id = randomUUID();
          const headers = metadataOf(request.headers);
          uploads.set(id, { bucket: bucket.name, key, headers, parts: new Map() });
          return {
            status: 200,
            body: `<InitiateMultipartUploadResult>${element('Bucket', bucket.name)}${element('Key', key)}${element('UploadId', id)}</InitiateMultipartUploadResult>`,
          };
        }
        case 'UploadPart': {
          const { bytes, checksum } = readUpload(request.body, request.headers);
          const etag = createHash('md5').update(bytes).digest('hex');
          uploadOf(request).parts.set(Number(request.query.get('partNumber')), { bytes, etag });
          return { status: 200, headers: { etag: `"${etag}"`, ...checksum } };
        }
        case 'CompleteMultipartUpload':
          return complete(bucket, request);
        case 'AbortMultipartUpload':
          uploadOf(request);
          uploads.delete(request.query.get('uploadId') ?? '');
          return { status: 204 };
        case 'ListParts': {
          const parts = [...uploadOf(request).parts].map(
            ([number, { bytes, etag }]) =>
              `<Part>${element('PartNumber', number)}${element('ETag', `"${etag}"`)}${element('Size', bytes.length)}</Part>`,
          );
          return { status: 200, body: `<ListPartsResult>${parts.join('')}</ListPartsResult>` };
        }
        case 'ListMultipartUploads': {
          const ours = [...uploads].filter(([, upload]) => upload.bucket === bucket.name);
          const items = ours.map(
            ([id, upload]) =>
              `<Upload>${element('Key', upload.key)}${element('UploadId', id)}</Upload>`,
          );
          return {
            status: 200,
            body: `<ListMultipartUploadsResult>${items.join('')}</ListMultipartUploadsResult>`,
          };
        }
        default:
          throw new AwsError(
            'NotImplemented',
            `the local host does not serve S3 ${operation}`,
            501,
          );
      }
    },
  };
}
