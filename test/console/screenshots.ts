import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesk } from '../../cli/console/desk.ts';
import { EVERYTHING } from '../../cli/console/feed-query.ts';
import { serveConsole } from '../../cli/console/server.ts';
import { openPipeline } from '../pipeline.ts';
import { testBrowser } from './browser.ts';
import { targetOf } from './target-of.ts';

/** `npm run screenshots`: the console's main views in both languages, into docs/screenshots/. */
const OUT = new URL('../../docs/screenshots/', import.meta.url).pathname;
const ARTICLES = new URL('../articles/', import.meta.url).pathname;

const state = mkdtempSync(join(tmpdir(), 'rasid-screenshots-'));
const pipeline = await openPipeline();
const samples = readdirSync(ARTICLES).flatMap((slug) =>
  readdirSync(join(ARTICLES, slug))
    .filter((name) => name.startsWith('source.'))
    .map((name) => ({
      key: `${slug}${name.slice('source'.length)}`,
      path: join(ARTICLES, slug, name),
    })),
);
for (const { key, path } of samples) await pipeline.drop(key, readFileSync(path));
await pipeline.drop('notes.txt', '');
await pipeline.host.idle();

const desk = openDesk(targetOf(pipeline.host), state);
const server = await serveConsole(desk, 0);
const browser = await testBrowser();
const { rows } = await desk.feed(EVERYTHING, null);
const article = rows.find(({ topics, lang }) => topics.length > 1 && lang === 'ar')?.id ?? '';

const SHOTS = [
  ['feed-en', `?article=${article}`, 'mark', 'en', 'light', 1280],
  ['feed-ar', `?article=${article}`, 'mark', 'ar', 'light', 1280],
  ['feed-ar-phone', '', '.line', 'ar', 'dark', 375],
  ['timeline-en', '?view=timeline', '.plot', 'en', 'dark', 1280],
  ['timeline-ar', '?view=timeline', '.plot', 'ar', 'light', 1280],
  ['watchlist-en', '?view=watchlist', '.bench-verdict.told', 'en', 'light', 1280],
  ['watchlist-ar', '?view=watchlist', '.bench-verdict.told', 'ar', 'dark', 1280],
  ['health-en', '?view=health', '.figures', 'en', 'light', 1280],
  ['health-ar', '?view=health', '.figures', 'ar', 'light', 1280],
] as const;

for (const [name, query, shown, language, colorScheme, width] of SHOTS) {
  const { page } = await browser.open(server.url, {
    colorScheme,
    viewport: { width, height: width === 375 ? 720 : 820 },
  });
  await page.evaluate(`localStorage.setItem('rasid.language', '${language}')`);
  await page.goto(server.url + query);
  await page.waitForSelector(shown);
  if (shown === 'mark') await page.waitForSelector('.line');
  if (query.includes('watchlist')) {
    const text = page.locator('textarea');
    await text.fill('مقدمة\n\nيقوم المشير خليفة حفتر بزيارة إلى روسيا الأسبوع المقبل.');
    await page.waitForSelector('mark');
  }
  await page.evaluate('document.fonts.ready.then(() => null)');
  await page.screenshot({ path: join(OUT, `${name}.png`) });
  await browser.closePages();
  process.stdout.write(`${name}.png\n`);
}

await browser.close();
await server.close();
desk.close();
await pipeline.host.stop();
rmSync(state, { recursive: true, force: true });
