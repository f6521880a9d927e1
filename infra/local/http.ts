import type { Headers } from './s3-body.ts';

/** Who calls: a function, known by the access key that its process was given. */
export interface Caller {
  /** The function's name. */
  readonly fn: string;
  /** Whether the function's role lets it do `action` on the resource. */
  may(action: string, resourceArn: string): boolean;
  /** Ends the process, for fault injection. */
  kill(): void;
}

/** A request as the services see it. */
export interface HttpRequest {
  readonly method: string;
  /** As sent, before the question mark and still encoded: a URL parser would swallow `..` in a key. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Null for anybody but a function; the command line is an administrator. */
  readonly caller: Caller | null;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

/** An answer of a service. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
