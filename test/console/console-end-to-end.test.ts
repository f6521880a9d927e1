import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Locator } from 'playwright-core';
import { type Desk, openDesk } from '../../cli/console/desk.ts';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { consoleCommand } from '../../cli/console.ts';
import { alertingArticle, quietArticle } from '../news.ts';
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
  pipeline = await openPipeline({ stateDir: join(state, 'host') });
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
  'a file that is dropped on the page is followed to its alert by the stream alone, and the alert is in the feed',
  async () => {
    const { page, complaints } = await browser.open(`${server.url}?view=drop`);
    await page.waitForSelector('.drop-zone');
    const asked: string[] = [];
    page.on('request', (request) => {
      const [, path = ''] = request.url().split('/api/');
      if (path !== '' && path !== 'live') asked.push(path.split('?')[0] ?? '');
    });
    await page
      .locator('input[type="file"]')
      .setInputFiles([file('news.txt', alertingArticle(1)), file('empty.txt', '')]);
    const lines = page.locator('.dropped-file');
    const news = lines.filter({ hasText: 'news.txt' });
    await news.getByText('Alerted').waitFor();
    expect(await news.locator('.steps .done').allTextContents()).toEqual([
      'Uploaded',
      'Read',
      'Classified',
      'Done',
    ]);
    await lines
      .filter({ hasText: 'empty.txt' })
      .getByText('Not an article: the file is empty.')
      .waitFor();
    expect(asked).toEqual(['upload', 'upload']);
    await page.getByRole('link', { name: 'Feed' }).click();
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

test(
  'a hostile page is shown as it was uploaded, and stays words',
  async () => {
    const body = quietArticle(2).replaceAll('\n\n', '</p><p>');
    const hostile = `<html><body><article><p>${body}</p></article>
      <img src=x onerror="document.title='run'"><script>document.title='run'</script></body></html>`;
    await pipeline.drop('hostile.html', hostile);
    await pipeline.host.idle();
    const { page, complaints } = await browser.open(server.url);
    await page.locator('.line').first().click();
    await page.getByText('The file as it was uploaded').click();
    await page.locator('pre.original').waitFor();
    expect(await page.locator('pre.original').textContent()).toBe(hostile);
    expect(await page.locator('pre.original *, article img, article script').count()).toBe(0);
    expect(await page.title()).toBe('Feed · Rasid');
    expect(complaints).toEqual([]);
  },
  PATIENCE,
);

/** Without the rules that ship: those would be compiled and tested each time. */
const RULE = (expected: string) => `rules:
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
    await page.getByText('2 of 2 articles').waitFor();
    await put.click();
    await page.getByText('In force within a minute.', { exact: true }).waitFor();
    expect((await desk.watchlist()).versions).toHaveLength(1);
    expect((await desk.about()).topics.map(({ id }) => id)).toContain('strike');
    expect(complaints).toEqual([]);
  },
  PATIENCE,
);

test(
  'an earlier version is brought back; the shipped one too, once the person says yes',
  async () => {
    const first = RULE('{ topic: strike }');
    const second = first.replaceAll('strike', 'flood');
    expect(await desk.put(second)).toEqual({ isPut: true, problems: [] });
    const { page } = await browser.open(`${server.url}?view=watchlist`);
    const editor = page.getByRole('textbox', { name: 'Your watchlist' });
    await editor.getByText('flood').first().waitFor();
    const [, earlier] = (await desk.watchlist()).versions;
    await page.getByLabel('Earlier versions').selectOption(earlier?.versionId ?? '');
    await editor.getByText('strike').first().waitFor();
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('In force within a minute.', { exact: true }).waitFor();
    expect((await desk.watchlist()).yaml).toBe(first);

    const toShipped = page.getByRole('button', { name: 'Back to the shipped one' });
    await toShipped.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await desk.watchlist()).yaml).toBe(first);
    await toShipped.click();
    await page.getByRole('button', { name: 'Put the shipped one in force' }).click();
    await toShipped.waitFor({ state: 'detached' });
    const { topics } = await desk.about();
    expect(topics.map(({ id }) => id)).not.toContain('strike');
    // Several rules tell of visits: the topic is called by the one of its own name.
    expect(topics.find(({ id }) => id === 'visit')?.title).toEqual({ en: 'Visit', ar: 'زيارة' });
    expect((await desk.health()).watchlist.isOwn).toBe(false);
    expect((await desk.watchlist()).versions.filter(({ isShipped }) => !isShipped)).toHaveLength(3);
  },
  PATIENCE,
);

test(
  'one click on an alert writes the failing test of its rule',
  async () => {
    const record = (await pipeline.articles()).find(({ alerts }) => alerts.length > 0);
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

describe('a stack that is named, by the clients of a deployed one', () => {
  const before = process.env;
  beforeAll(() => {
    process.env = { ...before, ...pipeline.host.env };
  });
  afterAll(() => {
    process.env = before;
  });

  test(
    'the console finds it by its outputs, shows it and drops files into it',
    async () => {
      let heard = (_: string) => {};
      const address = new Promise<string>((found) => {
        heard = (text) => {
          const [url] = /http:\S+/.exec(text) ?? [];
          if (url !== undefined) found(url);
        };
      });
      const io = new Writable({
        write(chunk, _, done) {
          heard(String(chunk));
          done();
        },
      });
      const argv = ['--stack', 'Rasid-news-dev', '--port', '0', '--state', state];
      const ended = consoleCommand(argv, { stdout: io, stderr: io });
      const { page, complaints } = await browser.open(`${await address}?view=drop`);
      await page.getByText('Rasid-news-dev').waitFor();
      await page.locator('input[type="file"]').setInputFiles([file('far.txt', alertingArticle(3))]);
      await page.getByText('Alerted').waitFor();
      for (const [view, shown] of [
        ['Feed', '.line'],
        ['Timeline', '.plot'],
        ['Watchlist', '.cm-editor'],
        ['Health', '.figures'],
      ] as const) {
        await page.getByRole('link', { name: view }).click();
        await page.waitForSelector(shown);
      }
      expect(complaints).toEqual([]);
      process.emit('SIGTERM');
      expect(await ended).toBe(0);
    },
    PATIENCE,
  );
});

test(
  'when the host was down and comes back, the page has missed nothing and has nothing twice',
  async () => {
    const { page } = await browser.open(server.url);
    await page.getByText('Live', { exact: true }).waitFor();
    const ids = async () => (await pipeline.articles()).map(({ id }) => `row-${id}`).sort();
    const before = await ids();
    const { port } = new URL(pipeline.host.url);
    await pipeline.host.stop();
    await page.getByText('The connection is lost').waitFor();
    pipeline = await openPipeline({ stateDir: join(state, 'host'), port: Number(port) });
    await pipeline.drop('later.txt', alertingArticle(4));
    await pipeline.host.idle();
    await page.getByText('Live', { exact: true }).waitFor();
    const after = await ids();
    expect(after).toHaveLength(before.length + 1);
    const [later = ''] = after.filter((id) => !before.includes(id));
    await page.locator(`[id="${later}"]`).getByText('Alert sent').waitFor();
    const shown = await page.locator('.line').all();
    const shownIds = await Promise.all(shown.map((line) => line.getAttribute('id')));
    expect(shownIds.toSorted()).toEqual(after);
  },
  PATIENCE,
);
