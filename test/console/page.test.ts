import { bundlePage } from '../../cli/console/bundle.ts';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { PENDING } from '../records.ts';
import { type TestBrowser, testBrowser } from './browser.ts';
import { type Newsroom, NOW, newsroom, plainRecord, viewOf, visitRecord } from './newsroom.ts';

const ROWS = 5_000;
const HOSTILE = '<img src=x onerror="document.body.innerHTML=1"> \u202Eexe.gpj\u202C visit';

/** One a minute, the newest first: three days and a half. */
const records = Array.from({ length: ROWS }, (_, i) => {
  const seenAt = new Date(NOW.getTime() - (i + 5) * 60_000).toISOString();
  if (i % 3 !== 0) return plainRecord({ id: `a${i}`, seenAt });
  const title = i === 3 ? HOSTILE : `Delegation will visit Tripoli ${i}`;
  return visitRecord({ id: `a${i}`, title, seenAt });
});

let browser: TestBrowser;
let room: Newsroom;
let server: ConsoleServer;

beforeAll(async () => {
  room = newsroom(records);
  room.print(
    viewOf(
      'a0',
      'حفتر في موسكو',
      'وصل المشير مساء أمس.\n\n[[يقوم المشير خليفة حفتر بزيارة إلى روسيا]] يلتقي خلالها مسؤولين، و[[نفى المتحدث باسمه أن يكون قد طلب أسلحة]] خلالها.',
      [
        {
          source: [{ id: 'haftar', text: 'المشير خليفة حفتر' }],
          target: [{ id: 'russia', text: 'روسيا' }],
        },
        { topic: 'weapons-request', rule: 'weapons-request', status: 'denied' },
      ],
    ),
  );
  room.print(viewOf('a3', HOSTILE, `<script>document.title='run'</script> [[${HOSTILE}]]`, []));
  server = await serveConsole(room, 0);
  browser = await testBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const open = async (query = '', shown = '.line') => {
  const opened = await browser.open(server.url + query);
  await opened.page.waitForSelector(shown);
  return opened;
};

const TURNING = /[\u202A-\u202E\u2066-\u2069]/;

test('the page loads in under 150 KB, without the plots and the editor', async () => {
  const assets = await bundlePage();
  const sizes = new Map(
    [...assets].map(([name, { bytes, gzip }]) => [name, (gzip ?? bytes).length]),
  );
  const { page, strangers } = await open();
  const loaded: string[] = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  const files = loaded
    .filter((name) => name.includes('/assets/'))
    .map((name) => name.split('/').at(-1));
  const total = files.reduce((sum, name) => sum + (sizes.get(name ?? '') ?? 0), 0);
  expect(files).toEqual(expect.arrayContaining(['main.js', 'main.css']));
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThan(150_000);
  expect(strangers).toEqual([]);
});

test('an address with every filter restores them all', async () => {
  const query = new URLSearchParams({
    ...{ topic: 'visit', status: 'planned', severity: 'notice', lang: 'en' },
    ...{ source: 'Daily Gazette', actor: 'russia', who: 'haftar>russia' },
    ...{ since: '2026-11-18', until: '2026-11-18', search: 'tripoli 300', alerted: 'yes' },
  });
  const { page } = await open(`?${query}`);
  const chosen = page.locator('.chosen-filters .dropper');
  expect(await chosen.allTextContents()).toEqual(
    [
      ['Alerts only', 'Visit', 'planned', 'Notice', 'English', 'Daily Gazette', 'Russia'],
      ['Khalifa Haftar → Russia', 'From 18 Nov 2026', 'To 18 Nov 2026'],
    ]
      .flat()
      .map((label) => `${label} `),
  );
  expect(await page.getByRole('searchbox').inputValue()).toBe('tripoli 300');
  const titles = await page.locator('.line-title').allTextContents();
  expect(titles).toEqual(
    [3000, 3003, 3006, 3009, 3300].map((n) => `Delegation will visit Tripoli ${n}`),
  );
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.goBack();
  await page.waitForSelector('.line');
  expect(await chosen.count()).toBe(10);
});

test('a filter stands in the address and outlives a reload', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Topic').selectOption('visit');
  await page.getByLabel('Status').selectOption('planned');
  await page.getByLabel('From').fill('2026-11-18');
  await page.getByRole('searchbox').fill('tripoli 30');
  await page.waitForURL(/topic=visit&status=planned&since=2026-11-18&search=tripoli\+30/);
  await page.reload();
  await page.waitForSelector('.line');
  const titles = await page.locator('.line-title').allTextContents();
  expect(titles.length).toBeGreaterThan(1);
  for (const title of titles) expect(title).toMatch(/Tripoli \d*30/);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.waitForURL((url) => url.search === '');
});

test('the highlights of an article cover exactly its evidence', async () => {
  const { page } = await open('?article=a0');
  await page.waitForSelector('mark');
  for (const [event, quote] of [
    ['0', 'يقوم المشير خليفة حفتر بزيارة إلى روسيا'],
    ['1', 'نفى المتحدث باسمه أن يكون قد طلب أسلحة'],
  ])
    expect(await page.locator(`mark[data-events="${event}"]`).allTextContents()).toEqual([quote]);
  expect(await page.locator('.evidence-text p').first().getAttribute('dir')).toBe('rtl');
});

test('who does what to whom is told where one tabs to', async () => {
  const { page } = await open('?article=a0');
  await page.locator('mark').first().focus();
  const note = page.getByRole('tooltip');
  expect(await note.textContent()).toMatch(/Visit.*reported.*المشير خليفة حفتر.*روسيا/s);
  await page.keyboard.press('Escape');
  await note.waitFor({ state: 'detached' });
});

test('hostile titles, texts and files are words, and run nothing', async () => {
  const { page, complaints } = await open('?article=a3');
  await page.waitForSelector('article h1');
  const heading = (await page.locator('article h1').textContent()) ?? '';
  expect(heading).toContain('<img src=x onerror=');
  expect(heading).not.toMatch(TURNING);
  expect(await page.locator('.rows').textContent()).not.toMatch(TURNING);
  await page.getByText('The file as it was uploaded').click();
  const file = page.locator('pre.original');
  await file.waitFor();
  expect(await file.textContent()).toContain("<script>document.title='run'</script>");
  expect(await file.textContent()).not.toMatch(TURNING);
  expect(await page.locator('img, main script, pre *').count()).toBe(0);
  expect(await page.title()).toBe('Feed · Rasid');
  expect(complaints).toEqual([]);
});

test('an article that comes in is in the feed without a reload, and so is its alert', async () => {
  const { page } = await open();
  const fresh = visitRecord({ id: 'fresh', title: 'Just in', seenAt: NOW.toISOString() });
  room.shelf.add({ ...fresh, alerts: [PENDING] });
  await page.getByText('Just in').waitFor();
  await page.locator('#row-fresh').getByText('Alert on its way').waitFor();
  room.shelf.add(fresh);
  await page.locator('#row-fresh').getByText('Alert sent').waitFor();
});

test('one who reads further down is told of new articles, and nothing moves', async () => {
  const { page } = await open();
  await page.locator('.rows').evaluate((list: { scrollTop: number }) => {
    list.scrollTop = 4200;
  });
  await page.locator('.line[aria-posinset="51"]').waitFor();
  room.shelf.add(plainRecord({ id: 'above', title: 'Above all', seenAt: NOW.toISOString() }));
  await page.getByRole('button', { name: '1 new' }).click();
  await page.getByText('Above all').waitFor();
});

test('the console is worked by the keyboard alone', async () => {
  const { page } = await open();
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await press('Enter', 'Tab');
  expect(await page.locator('input[type="search"]:focus').count()).toBe(1);
  await press('ArrowDown');
  expect(await page.locator('.rows:focus').count()).toBe(1);
  await press('PageDown', 'ArrowDown', 'k', 'ArrowUp', 'Home');
  const chosen = () => page.locator('.line.chosen').getAttribute('id');
  const newest = await page.locator('.line[aria-posinset="1"]').getAttribute('id');
  expect(await chosen()).toBe(newest);
  await page.getByRole('searchbox').fill('tripoli 0');
  await page.waitForURL(/search/);
  await page.locator('#row-a0').waitFor();
  await press('ArrowDown', 'Home');
  while ((await chosen()) !== 'row-a0') await press('j');
  await press('Enter');
  await page.waitForURL(/article=a0/);
  await page.getByRole('heading', { name: 'حفتر في موسكو' }).waitFor();
  expect(await page.locator('.article:focus').count()).toBe(1);
  await press('Escape');
  await page.waitForURL((url) => !url.search.includes('article'));
  expect(await page.locator('.rows:focus').count()).toBe(1);
  await press('/');
  expect(await page.locator('input[type="search"]:focus').count()).toBe(1);
});

test('a bar of the timeline opens its articles', async () => {
  const { page, complaints, strangers } = await open('?view=timeline&since=2026-11-19', '.plot');
  await page.locator('.plot [role="link"]').first().click();
  await page.waitForURL(/topic=visit&since=2026-\d\d-\d\d&until=2026-\d\d-\d\d/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('since')).toBe(searchParams.get('until'));
  await page.waitForSelector('.line');
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test('a cell of the relations opens their articles, by the keyboard too', async () => {
  const { page } = await open('?view=timeline&since=2026-11-20', '.plot');
  const cell = page.getByRole('link', { name: /Khalifa Haftar → Russia/ });
  const told = (await cell.getAttribute('aria-label')) ?? '';
  await cell.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/who=haftar%3Erussia/);
  await page.waitForSelector('.line');
  await page.locator('.rows').press('End');
  const shown = await page.getByText('That is all').textContent();
  expect(told).toContain(`: ${/\d+/.exec(shown ?? '')?.[0]}.`);
});

test('the timeline and the relations are saved as PNG, SVG and CSV', async () => {
  const { page } = await open('?view=timeline&since=2026-11-19', '.plot');
  const saved = new Map<string, string>();
  for (const form of ['PNG', 'SVG', 'CSV'])
    for (const which of [0, 1]) {
      const coming = page.waitForEvent('download');
      await page
        .getByRole('button', { name: `Save as ${form}` })
        .nth(which)
        .click();
      const download = await coming;
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk);
      saved.set(download.suggestedFilename(), Buffer.concat(chunks).toString('latin1'));
    }
  const range = '2026-11-19-2026-11-20';
  for (const name of [`rasid-articles-${range}`, `rasid-relations-${range}`]) {
    expect(saved.get(`${name}.png`)).toMatch(/^\x89PNG/);
    expect(saved.get(`${name}.svg`)).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  }
  expect(saved.get(`rasid-relations-${range}.csv`)).toMatch(
    /Who,To whom,Articles\r\nKhalifa Haftar,Russia,\d+\r\n$/,
  );
});

describe('when something is wrong', () => {
  afterEach(() => room.fail(null));

  test('a stack that is not there is said so, and asked again', async () => {
    const { page } = await open();
    room.fail(
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4599'), { code: 'ECONNREFUSED' }),
    );
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('The stack does not answer').waitFor();
    room.fail(null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Something needs you').waitFor();
  });

  test('an article that is gone is said to be gone', async () => {
    const { page } = await open('?article=nowhere');
    await page.getByText('That is not here').waitFor();
  });

  test('a console that was ended says so', async () => {
    const other = await serveConsole(room, 0);
    const { page } = await browser.open(other.url);
    await page.waitForSelector('.line');
    await page.getByText('Live', { exact: true }).waitFor();
    await other.close();
    await page.getByText('The connection is lost').waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('Nothing answers').waitFor();
  });
});
