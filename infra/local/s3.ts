import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { readUpload } from './s3-body.ts';
import { checkWriteCondition, rangeOf, readCondition } from './s3-condition.ts';
import { notificationXml } from './s3-event.ts';
import { listBucket } from './s3-list.ts';
import { headersOf, metadataOf } from './s3-metadata.ts';
import { type Multipart, openMultipart } from './s3-multipart.ts';
import { type Place, placeOf } from './s3-place.ts';
import type { Bucket, ObjectVersion, S3Store } from './s3-store.ts';
import { element, insidesOf, textOf } from './xml.ts';

/** The S3 API, path style: answers one request; throws `AwsError`. */
export interface S3 {
  /** The name of the operation that a request asks for, such as `PutObject`. */
  operationOf(request: HttpRequest): string;
  answer(operation: string, request: HttpRequest): Promise<HttpAnswer>;
}

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** S3's limit on the length of a key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** Query parameters that choose the operation; any other sub-resource is refused by name. */
const SUBRESOURCES: Readonly<Record<string, string>> = {
  'GET bucket location': 'GetBucketLocation',
  'GET bucket versioning': 'GetBucketVersioning',
  'GET bucket versions': 'ListObjectVersions',
  'GET bucket notification': 'GetBucketNotificationConfiguration',
  'GET bucket uploads': 'ListMultipartUploads',
  'POST bucket delete': 'DeleteObjects',
  'GET object tagging': 'GetObjectTagging',
  'POST object uploads': 'CreateMultipartUpload',
  'PUT object uploadId': 'UploadPart',
  'POST object uploadId': 'CompleteMultipartUpload',
  'DELETE object uploadId': 'AbortMultipartUpload',
  'GET object uploadId': 'ListParts',
};
const PLAIN: Readonly<Record<string, string>> = {
  'GET service': 'ListBuckets',
  'GET bucket': 'ListObjects',
  'HEAD bucket': 'HeadBucket',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'PUT object': 'PutObject',
  'DELETE object': 'DeleteObject',
};
const NO_SUBRESOURCE =
  /^(x-id|x-amz-.*|versionId|partNumber|list-type|prefix|delimiter|max-keys|marker|encoding-type|continuation-token|start-after|fetch-owner|key-marker|version-id-marker|response-.*|optional-object-attributes)$/i;

/** Serves the buckets of a store. */
export function s3Over(store: S3Store): S3 {
  const multipart: Multipart = openMultipart(store);

  function bucketOf({ bucket: name }: Place): Bucket {
    const bucket = store.bucket(name);
    if (bucket === undefined) {
      throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
    }
    return bucket;
  }

  /** The version that is asked for; a missing key is 404 only for callers who may list the bucket, as in S3. */
  function find(bucket: Bucket, key: string, versionId: string | null, request: HttpRequest) {
    const version =
      versionId === null
        ? bucket.versions(key).at(-1)
        : bucket.versions(key).find((one) => one.versionId === versionId);
    if (version !== undefined && !version.isMarker) return version;
    if (request.caller?.may('s3:ListBucket', `arn:aws:s3:::${bucket.name}`) === false) {
      throw new AwsError('AccessDenied', 'Access Denied: no s3:ListBucket, so no 404', 403);
    }
    if (version !== undefined && versionId !== null) {
      throw new AwsError('MethodNotAllowed', 'This version is a delete marker.', 405);
    }
    throw versionId === null
      ? new AwsError('NoSuchKey', 'The specified key does not exist.', 404)
      : new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  }

  async function get(place: Place, request: HttpRequest): Promise<HttpAnswer> {
    const bucket = bucketOf(place);
    const version = find(bucket, place.key, request.query.get('versionId'), request);
    const headers = { ...objectHeaders(version), ...overrides(request.query) };
    if (readCondition(request.headers, version) === 'not-modified') return { status: 304, headers };
    const range = rangeOf(request.headers['range'], version.size);
    const { start, end } = range ?? { start: 0, end: version.size };
    const length = {
      'content-length': String(end - start),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${version.size}` }),
    };
    const status = range === null ? 200 : 206;
    if (request.method === 'HEAD') return { status, headers: { ...headers, ...length } };
    const body = await store.blobs.read(version.blob, start, end);
    // The checksum is the whole object's.
    const checksum = range === null ? checksumHeaders(version) : {};
    return { status, headers: { ...headers, ...checksum, ...length }, body };
  }

  async function put(place: Place, request: HttpRequest): Promise<HttpAnswer> {
    const bucket = bucketOf(place);
    const { bytes, checksum } = readUpload(request.body, request.headers);
    const metadata = metadataOf(request.headers);
    const blob = randomUUID();
    await store.blobs.write(blob, bytes);
    checkWriteCondition(request.headers, bucket.current(place.key));
    const version = bucket.add('ObjectCreated:Put', {
      key: place.key,
      etag: createHash('md5').update(bytes).digest('hex'),
      size: bytes.length,
      headers: { ...metadata, ...checksum },
      blob,
    });
    return {
      status: 200,
      headers: { etag: `"${version.etag}"`, ...versionHeader(version), ...checksum },
    };
  }

  async function copy(place: Place, request: HttpRequest): Promise<HttpAnswer> {
    const bucket = bucketOf(place);
    const [from = '', query = ''] = (request.headers['x-amz-copy-source'] ?? '').split('?');
    const source = placeOf(from.startsWith('/') ? from : `/${from}`);
    const versionId = new URLSearchParams(query).get('versionId');
    const original = find(bucketOf(source), source.key, versionId, request);
    const blob = randomUUID();
    await store.blobs.write(blob, await store.blobs.read(original.blob, 0, original.size));
    checkWriteCondition(request.headers, bucket.current(place.key));
    const isReplaced = request.headers['x-amz-metadata-directive'] === 'REPLACE';
    const version = bucket.add('ObjectCreated:Copy', {
      key: place.key,
      etag: original.etag,
      size: original.size,
      headers: isReplaced ? metadataOf(request.headers) : original.headers,
      blob,
    });
    return {
      status: 200,
      headers: versionHeader(version),
      body: `${XML_HEAD}<CopyObjectResult>${element('ETag', `"${version.etag}"`)}${element('LastModified', new Date(version.at).toISOString())}</CopyObjectResult>`,
    };
  }

  function remove(bucket: Bucket, key: string, versionId: string | null) {
    const gone = versionId === null ? bucket.remove(key) : bucket.removeVersion(key, versionId);
    return { versionId: gone?.versionId ?? null, isMarker: gone?.isMarker === true };
  }

  function removeMany(place: Place, body: Buffer): HttpAnswer {
    const bucket = bucketOf(place);
    const document = body.toString();
    const isQuiet = textOf(document, 'Quiet') === 'true';
    const deleted = insidesOf(document, 'Object').map((object) => {
      const key = textOf(object, 'Key') ?? '';
      const asked = textOf(object, 'VersionId');
      const { versionId, isMarker } = remove(bucket, key, asked);
      const marker = isMarker
        ? element('DeleteMarker', true) + element('DeleteMarkerVersionId', versionId)
        : '';
      return `<Deleted>${element('Key', key)}${element('VersionId', asked)}${marker}</Deleted>`;
    });
    return {
      status: 200,
      body: `${XML_HEAD}<DeleteResult>${isQuiet ? '' : deleted.join('')}</DeleteResult>`,
    };
  }

  async function answer(operation: string, request: HttpRequest): Promise<HttpAnswer> {
    const place = placeOf(request.path);
    switch (operation) {
      case 'ListBuckets': {
        const names = store
          .buckets()
          .map(({ name }) => `<Bucket>${element('Name', name)}</Bucket>`);
        return {
          status: 200,
          body: `${XML_HEAD}<ListAllMyBucketsResult><Buckets>${names.join('')}</Buckets></ListAllMyBucketsResult>`,
        };
      }
      case 'HeadBucket':
        bucketOf(place);
        return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
      case 'GetBucketLocation':
        bucketOf(place);
        return { status: 200, body: `${XML_HEAD}<LocationConstraint/>` };
      case 'GetBucketVersioning': {
        const status = bucketOf(place).isVersioned ? 'Enabled' : null;
        return {
          status: 200,
          body: `${XML_HEAD}<VersioningConfiguration>${element('Status', status)}</VersioningConfiguration>`,
        };
      }
      case 'GetBucketNotificationConfiguration':
        return { status: 200, body: notificationXml(bucketOf(place).notifications) };
      case 'ListObjects':
      case 'ListObjectsV2':
      case 'ListObjectVersions':
        return listBucket(bucketOf(place), request.query);
      case 'DeleteObjects':
        return removeMany(place, readUpload(request.body, request.headers).bytes);
      case 'GetObjectTagging':
        find(bucketOf(place), place.key, request.query.get('versionId'), request);
        return { status: 200, body: `${XML_HEAD}<Tagging><TagSet/></Tagging>` };
      case 'GetObject':
      case 'HeadObject':
        return get(place, request);
      case 'PutObject':
        return put(place, request);
      case 'CopyObject':
        return copy(place, request);
      case 'DeleteObject': {
        const gone = remove(bucketOf(place), place.key, request.query.get('versionId'));
        return {
          status: 204,
          headers: {
            ...(gone.isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
            ...(gone.versionId === null || gone.versionId === 'null'
              ? {}
              : { 'x-amz-version-id': gone.versionId }),
          },
        };
      }
      default:
        return multipart.answer(operation, bucketOf(place), place.key, request);
    }
  }

  return {
    answer,
    operationOf(request) {
      const { bucket, key } = placeOf(request.path);
      if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
        throw new AwsError('KeyTooLongError', 'Your key is too long');
      }
      const level = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
      const where = `${request.method} ${level}`;
      const [sub] = [...request.query.keys()].filter((name) => !NO_SUBRESOURCE.test(name));
      const operation = sub === undefined ? PLAIN[where] : SUBRESOURCES[`${where} ${sub}`];
      if (operation === undefined) {
        throw new AwsError(
          'NotImplemented',
          `the local host does not serve S3 ${where}${sub === undefined ? '' : ` ?${sub}`}`,
          501,
        );
      }
      if (operation === 'ListObjects' && request.query.get('list-type') === '2') {
        return 'ListObjectsV2';
      }
      const isCopy = request.headers['x-amz-copy-source'] !== undefined;
      return operation === 'PutObject' && isCopy ? 'CopyObject' : operation;
    },
  };
}

function versionHeader({ versionId }: ObjectVersion): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

const isChecksum = ([name]: [string, string]) => name.startsWith('x-amz-checksum-');

function objectHeaders(version: ObjectVersion): Record<string, string> {
  const { headers } = version;
  const metadata = Object.entries(headers).filter((header) => !isChecksum(header));
  return {
    ...headersOf(Object.fromEntries(metadata)),
    ...versionHeader(version),
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.at).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
  };
}

function checksumHeaders({ headers }: ObjectVersion): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(isChecksum));
}

/** `response-content-type=...` and its kin on a presigned link. */
function overrides(query: URLSearchParams): Record<string, string> {
  const asked = [...query].filter(([name]) => name.startsWith('response-'));
  return Object.fromEntries(asked.map(([name, value]) => [name.slice('response-'.length), value]));
}
