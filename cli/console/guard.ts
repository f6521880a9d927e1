import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request says of itself. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  readonly headers: Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>;
}

/** A request that is not answered, and what it is told. */
export interface Refusal {
  readonly status: 403 | 404;
  readonly says: string;
}

/**
 * Lets in only the page that this machine's own person opened. The Host check stops a name that was rebound to
 * 127.0.0.1, the Origin check another page in the same browser, the token everybody else.
 * @returns the path below the token, or why there is none.
 */
export function admit({ method, path, headers }: Knock, port: number, token: string) {
  const host = `127.0.0.1:${port}`;
  if (headers.host !== host) return refused(403, `ask for http://${host}/, by this name only`);
  const origin = `http://${host}`;
  if (headers.origin !== undefined && headers.origin !== origin)
    return refused(403, 'another page may not ask');
  if (method !== 'GET' && headers.origin !== origin)
    return refused(403, 'only the page itself may change things');
  if (method !== 'GET' && (headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin')
    return refused(403, 'only the page itself may change things');
  const [, given = '', ...rest] = path.split('/');
  if (!isSame(given, token))
    return refused(404, 'not here: open the address that rasid console printed, all of it');
  return rest.join('/');
}

const refused = (status: Refusal['status'], says: string): Refusal => ({ status, says });

/** Compared in the same time wherever they differ. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Nothing from outside, nothing inline, no frames; scripts may not write HTML.
 * @param nonce lets the editor's own style sheets in; for the page itself.
 */
export function headers(nonce: string | null): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self'${nonce === null ? '' : ` 'nonce-${nonce}'`}`,
      "font-src 'self'",
      "connect-src 'self'",
      // The timeline is drawn into an image before it is saved as one; the editor's squiggles are images in its style sheet.
      "img-src 'self' blob: data:",
      "base-uri 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // The address holds the token.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cache-control': 'no-store',
  };
}
