import { isNativeError } from 'node:util/types';

/** What went wrong, as the page is told. */
export interface Complaint {
  readonly error: string;
  /** What the page can say in plain words: nothing answers there, the person may not ask, or it is not there. */
  readonly kind: 'unreachable' | 'credentials' | 'gone' | 'other';
}

/** Codes of connections that were not made, or broke. */
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EPIPE'];

/** Names by which the SDK and the services say that the person must log in, or may not. */
const CREDENTIALS = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'AccessDenied',
  'AccessDeniedException',
];

/** Says what an error means for a person who looks at the page. */
export function complaintOf(error: unknown): Complaint {
  if (!isNativeError(error)) return { error: String(error), kind: 'other' };
  const { name, message } = error;
  const code = 'code' in error ? String(error.code) : '';
  const kind = NETWORK.includes(code)
    ? 'unreachable'
    : CREDENTIALS.includes(name)
      ? 'credentials'
      : 'other';
  // A connection that was tried on several addresses has an error without words.
  return { error: `${name}: ${message || code}`, kind };
}
