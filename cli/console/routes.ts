import type { IncomingMessage } from 'node:http';
import { type ConsoleApi, MAX_UPLOAD, type Tell } from './api.ts';
import type { Complaint } from './complaint.ts';
import { readQuery } from './feed-query.ts';
import { bodyOf } from './request-body.ts';

/** A request that was let in. */
export interface Ask {
  readonly method: string;
  /** Below the token, without a leading slash. */
  readonly path: string;
  readonly params: URLSearchParams;
  readonly request: IncomingMessage;
  readonly signal: AbortSignal;
}

export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  | {
      readonly kind: 'stream';
      run(tell: Tell): Promise<void>;
    };

type Route = (api: ConsoleApi, ask: Ask) => Promise<Answer>;

const json = (value: unknown): Answer => ({ kind: 'json', status: 200, value });
const wrong = (
  status: 400 | 404 | 405 | 413,
  error: string,
  kind: Complaint['kind'] = 'other',
): Answer => ({ kind: 'json', status, value: { error, kind } satisfies Complaint });
const orGone = (value: unknown): Answer =>
  value === null ? wrong(404, 'nothing by this name', 'gone') : json(value);

const ROUTES: Readonly<Record<string, Route>> = {
  'GET api/about': async (api) => json(await api.about()),
  'GET api/feed': async (api, { params }) =>
    json(await api.feed(readQuery(params), params.get('after'))),
  'GET api/chart': async (api, { params }) => json(await api.chart(readQuery(params))),
  'GET api/live': async (api, { request, signal }) => ({
    kind: 'stream',
    run: (tell) => api.live(tell, placeOf(request), signal),
  }),
  'GET api/article': async (api, { params }) => orGone(await api.article(params.get('id') ?? '')),
  'GET api/explain': async (api, { params }) => orGone(await api.explain(params.get('id') ?? '')),
  'POST api/upload': async (api, { params, request }) => {
    const [name, ticket] = [params.get('name') ?? '', params.get('ticket') ?? ''];
    if (!isKey(name)) return wrong(400, 'a file needs a name of at most 1,024 bytes');
    const bytes = await bodyOf(request, MAX_UPLOAD);
    if (bytes === null) return wrong(413, 'a file may have 100 MB here: use an S3 client');
    await api.upload({ name, ticket, bytes });
    return json(null);
  },
  'GET api/health': async (api) => json(await api.health()),
  'POST api/redrive': async (api, { params }) => {
    await api.redrive({ key: params.get('key') ?? '', versionId: params.get('version') });
    return json(null);
  },
  'GET api/watchlist': async (api) => json(await api.watchlist()),
  'POST api/check': withDraft(async (api, { yaml }) => json(await api.check(yaml))),
  'POST api/try': withDraft(async (api, { yaml, text }) => json(await api.tryOut(yaml, text))),
  'POST api/preview': withDraft(async (api, { yaml }) => json(await api.preview(yaml))),
  'POST api/put': withDraft(async (api, { yaml }) => json(await api.put(yaml))),
  'POST api/shipped': async (api) => {
    await api.backToShipped();
    return json(null);
  },
  'GET api/version': async (api, { params }) => json(await api.version(params.get('id') ?? '')),
  'GET api/false-alarm': async (api, { params }) =>
    orGone(await api.falseAlarm(params.get('id') ?? '', params.get('rule') ?? '')),
  'GET api/original': async (api, { params }) => orGone(await api.original(params.get('id') ?? '')),
};

/** A watchlist and a text to try it on, as the page sends them. */
interface Draft {
  readonly yaml: string;
  readonly text: string;
}

/** Longer than any watchlist that is written by hand. */
const MAX_DRAFT = 10 * 1024 * 1024;

function withDraft(route: (api: ConsoleApi, draft: Draft) => Promise<Answer>): Route {
  return async (api, { request }) => {
    const bytes = await bodyOf(request, MAX_DRAFT);
    if (bytes === null) return wrong(413, 'a draft may have 10 MB here');
    const { yaml, text = '' } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Draft>;
    return typeof yaml === 'string' ? route(api, { yaml, text }) : wrong(400, 'no draft');
  };
}

/** Where a page that comes back heard the last of it; it says so in a header that only a browser writes. */
function placeOf({ headers }: Ask['request']): string | null {
  const place = String(headers['last-event-id'] ?? '');
  return Number.isNaN(Date.parse(place)) ? null : place;
}

/** S3's own limit. */
const isKey = (name: string) => name !== '' && Buffer.byteLength(name) <= 1024;

/** Answers what the page asks; a path that it never asks for is a 404. */
export async function answer(api: ConsoleApi, ask: Ask): Promise<Answer> {
  const route = ROUTES[`${ask.method} ${ask.path}`];
  return route === undefined ? wrong(404, `there is no ${ask.path}`) : route(api, ask);
}
