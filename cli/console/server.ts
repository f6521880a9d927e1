import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsoleApi } from './api.ts';
import { type Asset, bundlePage } from './bundle.ts';
import { complaintOf } from './complaint.ts';
import { admit, headers } from './guard.ts';
import { type Answer, answer } from './routes.ts';

export interface ConsoleServer {
  /** Where the page is, token and all: whoever has it may look. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the console's page and its data on 127.0.0.1, and nowhere else.
 * @param port any that is free is taken when something else has this one.
 */
export async function serveConsole(api: ConsoleApi, port: number): Promise<ConsoleServer> {
  const token = randomBytes(24).toString('base64url');
  const assets = await bundlePage();
  const closing = new AbortController();
  const server = createServer((request, response) => {
    const address = server.address() as AddressInfo;
    serve({ api, assets, token, port: address.port, closing: closing.signal }, request, response)
      // The person who looks is the person who can mend it: they are told what went wrong.
      .catch((error: unknown) => fail(response, error));
  });
  await listen(server, port).catch((error: Error) => {
    if (!('code' in error) || error.code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    close: () =>
      new Promise((closed, failed) => {
        closing.abort();
        server.close((error) => (error === undefined ? closed() : failed(error)));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      listening();
    });
  });
}

interface Setting {
  readonly api: ConsoleApi;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly token: string;
  readonly port: number;
  readonly closing: AbortSignal;
}

async function serve(
  { api, assets, token, port, closing }: Setting,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  // Not `new URL(url)`: a request line may name any host.
  const [path = '/', search = ''] = url.split(/\?(.*)/s);
  const inside = admit({ method, path, headers: request.headers }, port, token);
  if (typeof inside !== 'string')
    return send(response, inside.status, 'text/plain; charset=utf-8', inside.says);
  if (inside === '' && method === 'GET') return sendPage(response, token);
  const asset = inside.startsWith('assets/') ? assets.get(inside.slice('assets/'.length)) : null;
  if (asset) return sendAsset(request, response, asset);

  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  const params = new URLSearchParams(search);
  await give(response, await answer(api, { method, path: inside, params, request, signal }));
}

/** How soon a page whose stream broke asks for another. */
const RETRY_MS = 1_000;

function give(response: ServerResponse, given: Answer): Promise<void> | void {
  switch (given.kind) {
    case 'json':
      return send(response, given.status, 'application/json', JSON.stringify(given.value));
    case 'stream':
      response.writeHead(200, { ...headers(null), 'content-type': 'text/event-stream' });
      response.write(`retry: ${RETRY_MS}\n\n`);
      return given.run(({ kind, ...value }, place) => {
        const id = place === undefined ? '' : `id: ${place}\n`;
        response.write(`event: ${kind}\n${id}data: ${JSON.stringify(value)}\n\n`);
      });
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...headers(null), 'content-type': type }).end(body);
}

function sendPage(response: ServerResponse, token: string): void {
  const nonce = randomBytes(16).toString('base64url');
  response
    .writeHead(200, { ...headers(nonce), 'content-type': 'text/html; charset=utf-8' })
    .end(html(token, nonce));
}

function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const isSmall = asset.gzip !== null && takesGzip;
  response
    .writeHead(200, {
      ...headers(null),
      'content-type': asset.type,
      ...(isSmall ? { 'content-encoding': 'gzip' } : {}),
    })
    .end(isSmall ? asset.gzip : asset.bytes);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  send(response, 500, 'application/json', JSON.stringify(complaintOf(error)));
}

/** Everything else is drawn by the script; a reader without it is told so. */
function html(token: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="style-nonce" content="${nonce}">
<meta name="color-scheme" content="light dark">
<base href="/${token}/">
<title>Rasid</title>
<link rel="icon" href="assets/icon.svg">
<link rel="stylesheet" href="assets/main.css">
<script type="module" src="assets/main.js"></script>
<body><div id="app"><noscript>The console needs JavaScript.</noscript></div></body>
</html>
`;
}
