import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { bundlePage } from '../../cli/console/bundle.ts';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { type TestBrowser, testBrowser } from './browser.ts';
import { feedRow, type Newsroom, newsroom, viewOf } from './newsroom.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ROWS = 50_000;
const HOSTILE = '<img src=x onerror="document.body.innerHTML=1"> \u202Eexe.gpj\u202C visit';

const rows = Array.from({ length: ROWS }, (_, i) =>
  i % 3 === 0
    ? feedRow({
        id: `a${i}`,
        title: i === 3 ? HOSTILE : `Delegation will visit Tripoli ${i}`,
        ...{ lang: 'en', source: 'Daily Gazette', severity: 'notice', alert: 'SENT' },
        ...{ topics: ['visit'], statuses: ['visit:planned'], actors: ['russia'] },
        pairs: ['russia>libya'],
      })
    : feedRow({ id: `a${i}` }),
);

let browser: TestBrowser;
let room: Newsroom;
let server: ConsoleServer;

beforeAll(async () => {
  room = newsroom(rows);
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

afterEach(() => browser.closePages());

const open = async (query = '', options: Parameters<TestBrowser['open']>[1] = {}) => {
  const opened = await browser.open(server.url + query, options);
  await opened.page.waitForSelector('.line');
  return opened;
};

/** What axe finds that keeps people out. */
async function seriousIn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe lives in the page, not here
    const { violations } = await (globalThis as any).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return violations
      .filter(({ impact }: { impact: string }) => ['serious', 'critical'].includes(impact))
      .map(
        ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`,
      );
  });
}

/** Sets the language as its button does, and comes back to the place. */
async function inArabic(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'العربية' }).click();
  await page.waitForSelector('html[dir="rtl"]');
}

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

test('fifty thousand rows are scrolled through with a few dozen drawn', async () => {
  const { page, complaints } = await open();
  const end = () =>
    page.locator('.rows').evaluate((list: { scrollTop: number; scrollHeight: number }) => {
      list.scrollTop = list.scrollHeight;
    });
  // Every page that is asked for adds 200 rows.
  for (let i = 0; i < 20; i++) {
    await end();
    await page.waitForTimeout(20);
  }
  expect(await page.locator('.line').count()).toBeLessThan(60);
  const last = page.locator('.line').last();
  expect(Number(await last.getAttribute('aria-posinset'))).toBeGreaterThan(1000);
  expect(complaints).toEqual([]);
});

test('a filter stands in the address and outlives a reload', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Topic').selectOption('visit');
  await page.getByLabel('Status').selectOption('planned');
  await page.getByRole('searchbox').fill('tripoli 3000');
  await page.waitForURL(/topic=visit&status=planned&search=tripoli\+3000/);
  await page.reload();
  await page.waitForSelector('.line');
  const titles = await page.locator('.line-title').allTextContents();
  expect(titles.length).toBeGreaterThan(1);
  for (const title of titles) expect(title).toMatch(/Tripoli \d*3000$|Tripoli 3000\d$/);
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

test('hostile titles and texts are words, and run nothing', async () => {
  const { page, complaints } = await open('?article=a3');
  await page.waitForSelector('article h1');
  const heading = (await page.locator('article h1').textContent()) ?? '';
  expect(heading).toContain('<img src=x onerror=');
  expect(await page.locator('.rows').textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(heading).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(await page.locator('img, main script').count()).toBe(0);
  expect(await page.title()).toBe('Rasid');
  expect(complaints).toEqual([]);
});

test('an article that comes in is in the feed without a reload', async () => {
  const { page } = await open();
  room.happen({ row: feedRow({ id: 'fresh', title: 'Just in', lang: 'en' }) });
  await page.getByText('Just in').waitFor();
  room.happen({ row: feedRow({ id: 'fresh', title: 'Just in', lang: 'en', alert: 'SENT' }) });
  await page.locator('#row-fresh').getByText('Alert sent').waitFor();
});

test('the feed is worked by the keyboard alone', async () => {
  const { page } = await open();
  await page.locator('.rows').focus();
  for (const key of ['ArrowDown', 'j', 'k', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL(/article=a0/);
  await page.getByRole('heading', { name: 'حفتر في موسكو' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.search === '');
  await page.keyboard.press('/');
  expect(await page.locator('input[type="search"]:focus').count()).toBe(1);
});

test('a bar of the timeline opens its articles', async () => {
  const { page, complaints, strangers } = await open();
  await page.getByRole('button', { name: 'Timeline' }).click();
  await page.locator('.plot [role="link"]').first().click();
  await page.waitForURL(/topic=visit&since=2026-11-20&until=2026-11-20/);
  await page.waitForSelector('.line');
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test('the timeline is saved as PNG, SVG and CSV', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Timeline' }).click();
  await page.waitForSelector('.plot');
  const saved: string[] = [];
  for (const form of ['PNG', 'SVG', 'CSV']) {
    const download = page.waitForEvent('download');
    await page
      .getByRole('button', { name: `Save as ${form}` })
      .first()
      .click();
    saved.push((await download).suggestedFilename());
  }
  const name = 'rasid-articles-2026-11-01-2026-11-30';
  expect(saved).toEqual([`${name}.png`, `${name}.svg`, `${name}.csv`]);
});

describe('accessibility', () => {
  test.each([
    ['the feed and an article', '?article=a0', 'mark', 'light'],
    ['the feed and an article, dark', '?article=a0', 'mark', 'dark'],
    ['the timeline', '?view=timeline', '.plot', 'light'],
    ['the timeline, dark', '?view=timeline', '.plot', 'dark'],
    ['dropping files', '?view=drop', '.drop-zone', 'light'],
  ] as const)(
    'axe finds nothing serious in %s, in both languages',
    async (_, query, shown, scheme) => {
      const { page } = await browser.open(server.url + query, { colorScheme: scheme });
      await page.waitForSelector(shown);
      expect(await seriousIn(page)).toEqual([]);
      await inArabic(page);
      await page.waitForSelector(shown);
      expect(await seriousIn(page)).toEqual([]);
    },
  );
});

test.each(['', '?article=a0', '?view=timeline', '?view=drop'])(
  'at 375 pixels nothing sticks out of the page (%s)',
  async (query) => {
    const { page } = await browser.open(server.url + query, {
      viewport: { width: 375, height: 720 },
    });
    await page.waitForSelector('.line, .plot, .drop-zone, mark', { state: 'attached' });
    await inArabic(page);
    for (const part of ['html', 'main'])
      expect(
        await page
          .locator(part)
          .evaluate(
            (element: { scrollWidth: number; clientWidth: number }) =>
              element.scrollWidth - element.clientWidth,
          ),
      ).toBe(0);
  },
);
