import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { type TestBrowser, testBrowser } from './browser.ts';
import { newsroom, plainRecord, viewOf, visitRecord } from './newsroom.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Longer than a phone is wide. */
const LONG = 'وزارةالشؤونالخارجيةوالتعاونالدولي'.repeat(3);

const STATUSES = [
  'asserted',
  'planned',
  'denied',
  'refused',
  'cancelled',
  'requested',
  'hypothetical',
] as const;

let browser: TestBrowser;
let server: ConsoleServer;

beforeAll(async () => {
  const visits = STATUSES.map((status, i) => {
    const visit = visitRecord({ id: `v${i}`, title: `Visit, ${status}: ${LONG}` });
    return { ...visit, events: visit.events.map((event) => ({ ...event, status })) };
  });
  const room = newsroom([...visits, plainRecord({ id: 'plain', source: LONG })]);
  const marked = STATUSES.map((status) => `[[${status} زيارة]] ثم`).join(' ');
  const shown = viewOf(
    'v0',
    `زيارة ${LONG}`,
    `${LONG} ${marked}`,
    STATUSES.map((status) => ({ status, source: [{ id: 'haftar', text: LONG }] })),
  );
  room.print({
    ...shown,
    record: { ...shown.record, alerts: visits[0]?.alerts ?? [], byline: LONG },
    unplaced: [1],
    copies: [{ key: `${LONG}.txt`, seenAt: shown.record.seenAt }],
  });
  server = await serveConsole(room, 0);
  browser = await testBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Each view, and what shows that it is there. */
const VIEWS = [
  ['the feed', '', '.line'],
  ['the feed with its filters', '?topic=visit&who=haftar>russia&since=2026-11-01', '.dropper'],
  ['an article', '?article=v0', 'mark'],
  ['the timeline', '?view=timeline', '.plot'],
  ['dropping files', '?view=drop', '.drop-zone'],
  ['the workbench', '?view=watchlist', '.problems'],
  ['health', '?view=health', '.figures'],
] as const;

/** What axe finds that keeps people out. */
async function seriousIn(page: Page, rules: readonly string[]): Promise<string[]> {
  return page.evaluate(async (only) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe lives in the page, not here
    const { violations } = await (globalThis as any).axe.run({
      resultTypes: ['violations'],
      runOnly:
        only.length > 0 ? only : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return violations
      .filter(({ impact }: { impact: string }) => ['serious', 'critical'].includes(impact))
      .map(
        ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`,
      );
  }, rules);
}

/** How far parts of the page stick out to the side, in pixels. */
const STICKING_OUT = `['html', 'main', '.sheet', '.article', '.feed', '.charts', '.bench-side']
  .flatMap((part) => [...document.querySelectorAll(part)])
  .filter((element) => element.scrollWidth > element.clientWidth)
  .map(({ className, tagName, scrollWidth, clientWidth }) =>
    tagName + '.' + className + ' ' + (scrollWidth - clientWidth))`;

describe.each(VIEWS)('%s', (_, query, shown) => {
  test.each(['en', 'ar'] as const)(
    'axe finds nothing serious, light and dark; at 375 pixels nothing sticks out (%s)',
    async (language) => {
      const { page, complaints } = await browser.open(server.url + query, { language });
      await page.waitForSelector(shown);
      await page.evaluate(AXE);
      expect(await seriousIn(page, [])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      // Only colours change.
      expect(await seriousIn(page, ['color-contrast'])).toEqual([]);
      await page.setViewportSize({ width: 375, height: 720 });
      expect(await page.evaluate(STICKING_OUT)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
