import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { type Desk, openDesk } from '../../cli/console/desk.ts';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { alertingArticle } from '../news.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';
import { type TestBrowser, testBrowser } from './browser.ts';
import { targetOf } from './target-of.ts';

const state = mkdtempSync(join(tmpdir(), 'rasid-console-'));
/** Processes compile watchlists here: a machine that does other things too takes its time. Milliseconds. */
const PATIENCE = 90_000;

let pipeline: Pipeline;
let desk: Desk;
let server: ConsoleServer;
let browser: TestBrowser;

beforeAll(async () => {
  pipeline = await openPipeline();
  desk = openDesk(targetOf(pipeline.host), state);
  server = await serveConsole(desk, 0);
  browser = await testBrowser();
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  desk?.close();
  await pipeline?.host.stop();
  rmSync(state, { recursive: true, force: true });
}, PATIENCE);

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

test(
  'a file that is dropped on the page is followed to its alert, and the alert is in the feed',
  async () => {
    const { page, complaints } = await browser.open(`${server.url}?view=drop`);
    await page
      .locator('input[type="file"]')
      .setInputFiles([file('news.txt', alertingArticle(1)), file('empty.txt', '')]);
    const lines = page.locator('.dropped-file');
    await lines.filter({ hasText: 'news.txt' }).getByText('Alerted').waitFor();
    await lines.filter({ hasText: 'empty.txt' }).getByText('Not an article: empty').waitFor();
    await page.getByRole('button', { name: 'Feed' }).click();
    await page.locator('.line').getByText('Alert sent').waitFor();
    expect(pipeline.alerts()).toHaveLength(1);

    await page.locator('.line').click();
    await page.waitForSelector('mark');
    const quotes = await page.locator('mark').allTextContents();
    const [record] = await pipeline.articles();
    expect(quotes.join('')).toBe(record?.events.map(({ quote }) => quote).join(''));
    await page.getByText('Why, by the watchlist of today').click();
    await page.getByText('Matched').first().waitFor();
    expect(complaints).toEqual([]);
  },
  PATIENCE,
);

test(
  'what is in quarantine stands under health, and is read again from there',
  async () => {
    const { page } = await browser.open(`${server.url}?view=health`);
    await page.getByText('empty.txt').waitFor();
    await page.getByRole('button', { name: 'Read again' }).first().click();
    await page.getByText('On its way').waitFor();
    await pipeline.host.idle();
    expect(await pipeline.quarantined()).toMatchObject([{ key: 'empty.txt', reason: 'empty' }]);
  },
  PATIENCE,
);

const RULE = (expected: string) => `include: [default]
rules:
  - id: strike
    match: { near: [(strike)] }
    status: none
    tests:
      - { lang: en, text: 'A strike hit the port.', expect: ${expected} }
`;

/** Replaces the text as a person does: `fill` would have the browser style the text, which the content policy forbids. */
async function write(editor: Locator, text: string): Promise<void> {
  const { keyboard } = editor.page();
  await editor.focus();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.press('Delete');
  await keyboard.insertText(text);
}

test(
  'a watchlist whose rule fails its test cannot be put; mended, it is',
  async () => {
    const { page, complaints } = await browser.open(`${server.url}?view=watchlist`);
    const editor = page.getByRole('textbox', { name: 'Your watchlist' });
    const put = page.getByRole('button', { name: 'Put in force' });
    await write(editor, RULE('none'));
    await page.getByText('a test of rule strike fails').waitFor();
    expect(await put.isDisabled()).toBe(true);
    await page.waitForSelector('.cm-lint-marker-error');
    expect(await desk.put(RULE('none'))).toMatchObject({ isPut: false });
    expect((await desk.watchlist()).versions).toEqual([]);

    await write(editor, RULE('{ topic: strike }'));
    await page.getByText('all their tests pass').waitFor();
    await page
      .getByRole('textbox', { name: 'Paste' })
      .fill('Port news\n\nA strike hit the port at dawn.');
    await page.waitForSelector('mark');
    expect(await page.locator('mark').allTextContents()).toEqual(['strike']);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('1 of 1 articles').waitFor();
    await put.click();
    await page.getByText('In force within a minute').waitFor();
    expect((await desk.watchlist()).versions).toHaveLength(1);
    expect((await desk.about()).topics.map(({ id }) => id)).toContain('strike');
    expect(complaints).toEqual([]);
  },
  PATIENCE,
);

test(
  'one click on an alert writes the failing test of its rule',
  async () => {
    const [record] = await pipeline.articles();
    const { page } = await browser.open(`${server.url}?article=${record?.id}`);
    await page.getByRole('button', { name: 'False alarm' }).first().click();
    await page.getByText(/a test of rule .* fails/).waitFor();
    expect(await page.getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true);
  },
  PATIENCE,
);

test(
  'another origin, another name and a wrong token are refused by the server itself',
  async () => {
    const { origin, port } = new URL(server.url);
    const ask = (url: string, headers: Record<string, string>) =>
      fetch(url, { headers }).then(({ status }) => status);
    expect(await ask(`${server.url}api/feed`, {})).toBe(200);
    expect(await ask(`${server.url}api/feed`, { origin })).toBe(200);
    expect(await ask(`${server.url}api/feed`, { origin: 'https://evil.example' })).toBe(403);
    expect(await ask(`${origin}/wrong/api/feed`, {})).toBe(404);
    expect(await ask(`http://localhost:${port}${new URL(server.url).pathname}`, {})).not.toBe(200);
    const posted = await fetch(`${server.url}api/put`, { method: 'POST', body: '{}' });
    expect(posted.status).toBe(403);
  },
  PATIENCE,
);
