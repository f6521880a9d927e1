import { AwsError } from './aws-error.ts';

/** What a request is about; no key for a bucket, nothing at all for the service. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** `/bucket/any%20key`; everything behind the second slash is the key, slashes and dots included. */
export function placeOf(path: string): Place {
  const slash = path.indexOf('/', 1);
  const [bucket, key] =
    slash === -1 ? [path.slice(1), ''] : [path.slice(1, slash), path.slice(slash + 1)];
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}
