import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDesk } from '../../cli/console/desk.ts';
import { EVERYTHING } from '../../cli/console/feed-query.ts';
import { serveConsole } from '../../cli/console/server.ts';
import { synthesize } from '../../cli/synthesize.ts';
import { movedClock } from '../moved-clock.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';
import { type Look, testBrowser } from './browser.ts';
import { PICTURE_NEWS } from './screenshot-news.ts';
import { targetOf } from './target-of.ts';

/** `npm run screenshots`: the console's main views in both languages, into docs/screenshots/, of invented articles. */
const OUT = new URL('../../docs/screenshots/', import.meta.url).pathname;
const ARTICLES = new URL('../articles/', import.meta.url).pathname;
const DAY_MS = 86_400_000;
/** Of WebP: words stay sharp, and a picture weighs a third of a PNG. */
const QUALITY = 82;

const state = mkdtempSync(join(tmpdir(), 'rasid-screenshots-'));
// A run of jest has one ready; this is none.
process.env['RASID_TEMPLATE'] ??= await synthesize(join(state, 'cdk.out'));

/** The stack at another time, with what it kept so far. */
const openAt = (daysAgo: number) =>
  openPipeline({
    stateDir: join(state, 'host'),
    ...(daysAgo === 0 ? {} : movedClock(-daysAgo * DAY_MS)),
  });

for (const daysAgo of new Set(PICTURE_NEWS.map((news) => news.daysAgo))) {
  const past = await openAt(daysAgo);
  for (const [i, news] of PICTURE_NEWS.entries())
    if (news.daysAgo === daysAgo) await past.drop(`source=${news.source}/${i}.txt`, news.text);
  await past.host.idle();
  await past.host.stop();
}
const pipeline = await openAt(0);
await dropSamples(pipeline);
await pipeline.host.idle();

async function dropSamples({ drop }: Pipeline): Promise<void> {
  for (const slug of readdirSync(ARTICLES)) {
    const name = readdirSync(join(ARTICLES, slug)).find((file) => file.startsWith('source.'));
    if (name === undefined) continue;
    await drop(`${slug}${name.slice('source'.length)}`, readFileSync(join(ARTICLES, slug, name)));
  }
  await drop('notes.txt', '');
}

const desk = openDesk(targetOf(pipeline.host), state);
const server = await serveConsole(desk, 0);
const browser = await testBrowser();
const { rows } = await desk.feed(EVERYTHING, null);
const article = rows.find(({ topics, lang }) => topics.length > 1 && lang === 'ar')?.id ?? '';

/** Pastes a text into the workbench, and waits for what the draft sees in it. */
async function paste(page: Page): Promise<void> {
  const editor = page.locator('.cm-content');
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(RULE);
  await page.locator('textarea').fill(PASTED);
  await page.waitForSelector('mark');
  await page.waitForSelector('.bench-verdict.told');
  await page.locator('.bench-side').click({ position: { x: 5, y: 5 } });
}

const RULE = `# Builds on the watchlist that ships.
include: [default]

rules:
  - id: port-strike
    title: { en: Strike on a port, ar: قصف ميناء }
    severity: high
    match:
      near: [(قصف|غارة), (ميناء|مرفأ)]
    tests:
      - lang: ar
        text: استهدفت غارة جوية الميناء فجر الأحد.
        expect: { topic: port-strike }
`;
const PASTED = `غارة على الميناء

استهدفت غارة جوية الميناء فجر الأحد، ويزور وزير الدفاع المالي موسكو الأسبوع المقبل.`;

/** Drops three files and waits for what becomes of them. */
async function dropThree(page: Page): Promise<void> {
  dropped += 1;
  const [country, harvest] = dropped === 1 ? ['بوركينا فاسو', 'Olive'] : ['سيراليون', 'Lemon'];
  const files = [
    [
      'مناورات.txt',
      `${country} تطلب من موسكو مروحيات\n\nطلبت ${country} من روسيا تزويدها بمروحيات قتالية، وفق مصدر عسكري.\n`,
    ],
    [
      'market.txt',
      `${harvest} harvest begins early\n\nFarmers in the hills began the harvest two weeks early this year, the cooperative said on Sunday.\n`,
    ],
    ['صورة.bin', '\u0000\u0001\u0002\u0003'.repeat(40)],
  ].map(([name = '', text = '']) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }));
  await page.locator('input[type="file"]').setInputFiles(files);
  await page.locator('.steps').nth(2).waitFor();
  while ((await page.locator('.steps li:last-child.done').count()) < 3)
    await page.waitForTimeout(50);
}

/** Rounds of dropping: the same text twice would be a copy. */
let dropped = 0;

interface Shot {
  readonly query: string;
  readonly shown: string;
  readonly look: Look;
  before?(page: Page): Promise<void>;
}

const open = `?article=${article}`;
const PHONE = { width: 375, height: 720 };
const SHOTS: Readonly<Record<string, Shot>> = {
  'feed-en': { query: open, shown: 'mark', look: {} },
  'feed-ar': { query: open, shown: 'mark', look: { language: 'ar' } },
  'timeline-en': { query: '?view=timeline', shown: '.plot', look: { height: 1080 } },
  'timeline-ar': {
    query: '?view=timeline',
    shown: '.plot',
    look: { language: 'ar', colorScheme: 'dark', height: 1080 },
  },
  'watchlist-en': {
    query: '?view=watchlist',
    shown: '.cm-content',
    look: { colorScheme: 'dark' },
    before: paste,
  },
  'watchlist-ar': {
    query: '?view=watchlist',
    shown: '.cm-content',
    look: { language: 'ar' },
    before: paste,
  },
  'health-en': { query: '?view=health', shown: '.figures', look: { colorScheme: 'dark' } },
  'health-ar': { query: '?view=health', shown: '.figures', look: { language: 'ar' } },
  'phone-feed-ar': { query: '', shown: '.line', look: { ...PHONE, language: 'ar' } },
  'phone-article-ar': {
    query: open,
    shown: 'mark',
    look: { ...PHONE, language: 'ar', colorScheme: 'dark' },
  },
  'phone-feed-en': { query: '', shown: '.line', look: { ...PHONE, colorScheme: 'dark' } },
  'drop-en': { query: '?view=drop', shown: '.drop-zone', look: {}, before: dropThree },
  'drop-ar': {
    query: '?view=drop',
    shown: '.drop-zone',
    look: { language: 'ar', colorScheme: 'dark' },
    before: dropThree,
  },
};

const wanted = process.argv.slice(2);
for (const [name, { query, shown, look, before }] of Object.entries(SHOTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { page } = await browser.open(server.url + query, { height: 820, ...look });
  await page.waitForSelector(shown);
  if (query === open || shown === '.line')
    await page.getByText(/looked back|حتى/).waitFor({ state: 'attached' });
  await page.getByText(look.language === 'ar' ? 'مباشر' : 'Live', { exact: true }).waitFor();
  await before?.(page);
  await page.evaluate('document.fonts.ready.then(() => null)');
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await cdp.detach();
  writeFileSync(join(OUT, `${name}.webp`), Buffer.from(data, 'base64'));
  process.stdout.write(`${name}.webp\n`);
}

await browser.close();
await server.close();
desk.close();
await pipeline.host.stop();
rmSync(state, { recursive: true, force: true });
