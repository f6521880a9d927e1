import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { Fault, FaultInjector } from './fault.ts';
import type { Caller, HttpAnswer, HttpRequest } from './http.ts';
import { pause } from './time.ts';
import { element } from './xml.ts';

/** A service behind the router: names the operation of a request, and answers it. */
export interface Service {
  operationOf(request: HttpRequest): string;
  answer(operation: string, request: HttpRequest): Promise<HttpAnswer>;
  /** How the service words an error. */
  readonly errors: 'json' | 'query' | 's3';
}

/** S3's own limit on one PUT is 5 GiB; a request is held in memory here. */
const MAX_REQUEST_BYTES = 512 * 2 ** 20;

/** Links in mails, which a browser opens without any credentials. */
const OPEN_ACTIONS = ['ConfirmSubscription', 'Unsubscribe'];

/**
 * The one port of the host. It listens on the loopback interface, answers only to `127.0.0.1` and `localhost` as Host
 * and only to requests with credentials, whatever they are: a web page can neither guess its way in by DNS rebinding
 * nor send such a request. Signatures are not checked.
 */
export function openRouter(
  services: Readonly<Record<string, Service>>,
  callerOf: (accessKeyId: string) => Caller | null,
  faults: FaultInjector,
): Server {
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const service = serviceOf(request);
    const errors = services[service]?.errors ?? 's3';
    let answer: HttpAnswer | 'drop';
    let sending: Sending = 'go-on';
    try {
      [answer, sending] = await answerOf(service, request, response);
    } catch (error) {
      answer = errorAnswer(error, errors, service);
    }
    if (answer === 'drop' || response.destroyed) {
      response.destroy();
      return;
    }
    const { status, headers = {}, body = '' } = answer;
    const type =
      typeof body === 'string' && body !== '' ? { 'content-type': 'application/xml' } : {};
    const isBodiless = request.method === 'HEAD' || status === 204 || status === 304;
    response.writeHead(status, {
      'x-amz-request-id': randomUUID(),
      ...type,
      ...headers,
      ...(isBodiless ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    });
    if (typeof sending === 'object' && !isBodiless) {
      await sendBadly(response, Buffer.from(body), sending);
    } else response.end(isBodiless ? '' : body);
  }

  async function answerOf(
    name: string,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<[answer: HttpAnswer | 'drop', sending: Sending]> {
    checkHost(incoming);
    const service = services[name];
    if (service === undefined) {
      throw new AwsError('UnknownService', `the local host does not serve ${name}`, 501);
    }
    const request = await read(incoming, response, callerOf);
    const operation = service.operationOf(request);
    if (accessKeyOf(incoming) === null && !OPEN_ACTIONS.includes(operation)) {
      throw new AwsError('AccessDenied', 'the request has no credentials: any will do', 403);
    }
    const { caller } = request;
    const moment = { what: 'call', service: name, operation, caller: caller?.fn ?? null } as const;
    const before = await settle((await faults.before?.(moment)) ?? null, caller);
    if (before === 'drop') return ['drop', 'go-on'];
    const answer = await service.answer(operation, request);
    const after = await settle((await faults.after?.(moment)) ?? null, caller);
    return after === 'drop' ? ['drop', 'go-on'] : [answer, after];
  }

  // Node would close a connection that rested for 5 s, perhaps just as its client sends the next request.
  return createServer({ keepAliveTimeout: 0 }, (request, response) => {
    // What the services throw is answered; what is thrown beyond is our mistake and must be seen.
    void route(request, response);
  });
}

/** How an answer leaves: as it should, or badly. */
type Sending = 'go-on' | Extract<Fault, { do: 'drip' | 'cut' }>;

/** A dripping body comes in so many pieces. */
const DRIPS = 10;

/** Sends the body slowly or not to its end; the headers have promised all of it. */
async function sendBadly(
  response: ServerResponse,
  body: Buffer,
  fault: Exclude<Sending, 'go-on'>,
): Promise<void> {
  if (fault.do === 'cut') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.flushHeaders();
  const piece = Math.ceil(body.length / DRIPS);
  for (let n = 0; n < DRIPS && !response.destroyed; n++) {
    await pause(fault.ms / DRIPS, gone.signal);
    response.write(body.subarray(n * piece, (n + 1) * piece));
  }
  response.end();
}

/** Does what a fault says: throws its error, cuts the connection, or lets the call go on. */
async function settle(fault: Fault | null, caller: Caller | null): Promise<Sending | 'drop'> {
  switch (fault?.do) {
    case 'delay':
      await pause(fault.ms);
      return 'go-on';
    case 'fail':
      throw new AwsError(fault.code, fault.message ?? 'injected fault', fault.status);
    case 'kill':
      caller?.kill();
      return 'drop';
    case 'drop':
      return 'drop';
    case 'drip':
    case 'cut':
      return fault;
    default:
      return 'go-on';
  }
}

async function read(
  incoming: IncomingMessage,
  response: ServerResponse,
  callerOf: (accessKeyId: string) => Caller | null,
): Promise<HttpRequest> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = [value].flat().join(',');
  }
  const key = accessKeyOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: await bodyOf(incoming),
    caller: key === null ? null : callerOf(key),
    signal: gone.signal,
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) {
      throw new AwsError(
        'EntityTooLarge',
        `the local host takes ${MAX_REQUEST_BYTES} bytes at most`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function checkHost({ headers: { host = '' } }: IncomingMessage): void {
  if (/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return;
  throw new AwsError('AccessDenied', `this host is 127.0.0.1, not ${host}`, 403);
}

/** `AWS4-HMAC-SHA256 Credential=KEY/20261122/us-east-1/sns/aws4_request, ...`, or the same in a presigned link. */
function credentialOf({ headers, url = '' }: IncomingMessage): string[] {
  const inHeader = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const inQuery = /[?&]X-Amz-Credential=([^&]+)/i.exec(url)?.[1];
  return decodeURIComponent(inHeader ?? inQuery ?? '').split('/');
}

function accessKeyOf(incoming: IncomingMessage): string | null {
  return credentialOf(incoming)[0] || null;
}

/** The service that a request is signed for; links without credentials are SNS's. */
function serviceOf(incoming: IncomingMessage): string {
  return credentialOf(incoming).at(-2) ?? 'sns';
}

/** An error in the words of its service. What is not an `AwsError` is a mistake of the host: it says so, with 500. */
function errorAnswer(error: unknown, style: Service['errors'], service: string): HttpAnswer {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', `the local host failed: ${(error as Error).stack}`, 500);
  const { code, message, status, extra } = known;
  if (style === 'json') {
    const namespace = service === 'sqs' ? 'com.amazonaws.sqs' : 'com.amazonaws.dynamodb.v20120810';
    const queryCode =
      code === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : code;
    return {
      status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        ...(service === 'sqs'
          ? { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` }
          : {}),
      },
      body: JSON.stringify({ __type: `${namespace}#${code}`, message, ...extra }),
    };
  }
  const inside = element('Code', code) + element('Message', message);
  const body =
    style === 'query'
      ? `<ErrorResponse><Error>${element('Type', status < 500 ? 'Sender' : 'Receiver')}${inside}</Error>${element('RequestId', randomUUID())}</ErrorResponse>`
      : `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inside}${element('RequestId', randomUUID())}</Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
