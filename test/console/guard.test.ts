import { admit, headers } from '../../cli/console/guard.ts';

const TOKEN = 'right';
const HOST = '127.0.0.1:4600';
const ORIGIN = `http://${HOST}`;

describe('who is let in', () => {
  test.each([
    ['the page, by its address', 'GET', '/right/', { host: HOST }, ''],
    ['its data', 'GET', '/right/api/feed', { host: HOST }, 'api/feed'],
    [
      'its data, asked by the page',
      'GET',
      '/right/api/feed',
      { host: HOST, origin: ORIGIN },
      'api/feed',
    ],
    ['a change by the page', 'POST', '/right/api/put', { host: HOST, origin: ORIGIN }, 'api/put'],
  ])('%s', (_, method, path, given, inside) => {
    expect(admit({ method, path, headers: given }, 4600, TOKEN)).toBe(inside);
  });

  test.each([
    ['a wrong token', 'GET', '/wrong/', { host: HOST }, 404],
    ['no token', 'GET', '/', { host: HOST }, 404],
    ['a token that only begins right', 'GET', '/right2/', { host: HOST }, 404],
    [
      'a name that was rebound to this machine',
      'GET',
      '/right/',
      { host: 'evil.example:4600' },
      403,
    ],
    ['the same machine by another name', 'GET', '/right/', { host: 'localhost:4600' }, 403],
    ['another port', 'GET', '/right/', { host: '127.0.0.1:80' }, 403],
    ['no host', 'GET', '/right/', {}, 403],
    [
      'another origin',
      'GET',
      '/right/api/feed',
      { host: HOST, origin: 'https://evil.example' },
      403,
    ],
    [
      'another port of this machine',
      'GET',
      '/right/',
      { host: HOST, origin: 'http://127.0.0.1:80' },
      403,
    ],
    ['a page without an origin', 'GET', '/right/', { host: HOST, origin: 'null' }, 403],
    ['a change from nowhere', 'POST', '/right/api/put', { host: HOST }, 403],
    [
      'a change from another site',
      'POST',
      '/right/api/put',
      { host: HOST, origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
      403,
    ],
  ])('not %s', (_, method, path, given, status) => {
    expect(admit({ method, path, headers: given }, 4600, TOKEN)).toMatchObject({ status });
  });
});

test('the content policy allows nothing from outside and nothing inline', () => {
  const policy = headers(null)['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
