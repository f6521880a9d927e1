import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole } from '../../cli/console/server.ts';
import { type TestBrowser, testBrowser } from './browser.ts';
import { NOW, newsroom, plainRecord, visitRecord } from './newsroom.ts';

const ROWS = 50_000;
/** Fifty requests of a thousand rows, on a machine that does other things too. Milliseconds. */
const PATIENCE = 90_000;

/** One a minute, the newest first: five weeks. */
const records = Array.from({ length: ROWS }, (_, i) => {
  const seenAt = new Date(NOW.getTime() - (i + 5) * 60_000).toISOString();
  const title = `Delegation will visit Tripoli ${i}`;
  return i % 3 === 0
    ? visitRecord({ id: `a${i}`, title, seenAt })
    : plainRecord({ id: `a${i}`, seenAt });
});

let browser: TestBrowser;
let server: ConsoleServer;

beforeAll(async () => {
  server = await serveConsole(newsroom(records), 0);
  browser = await testBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Drawn {
  readonly places: readonly number[];
  readonly titles: readonly string[];
  readonly elements: number;
}
/** The rows that are drawn; null while a part of the window has none. */
const DRAWN = `(() => {
    const list = document.querySelector('.rows');
    const view = list.getBoundingClientRect();
    const lines = [...list.querySelectorAll('.line')];
    const covered = lines
      .map((line) => line.getBoundingClientRect())
      .map(({ top, bottom }) => Math.min(bottom, view.bottom) - Math.max(top, view.top))
      .filter((height) => height > 0)
      .reduce((sum, height) => sum + height, 0);
    return covered < view.height - 2 ? null : {
      places: lines.map((line) => Number(line.getAttribute('aria-posinset'))),
      titles: lines.map((line) => line.querySelector('.line-title').textContent),
      elements: list.querySelectorAll('*').length,
    };
  })()`;
async function drawnRows(page: Page): Promise<Drawn> {
  for (;;) {
    const drawn = await page.evaluate<Drawn | null>(DRAWN);
    if (drawn !== null) return drawn;
  }
}

test(
  'the End key goes to the last, page by page from the server',
  async () => {
    const { page, complaints } = await browser.open(server.url);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/feed')) asked.push(request.url());
    });
    await page.locator('.rows').press('End');
    await page.locator(`.line[aria-posinset="${ROWS}"]`).waitFor({ timeout: PATIENCE });
    const last = await drawnRows(page);
    expect(last.titles.at(-1)).toBe(records.at(-1)?.title);
    await page.getByText('That is all').waitFor();
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(ROWS / 2_000);

    const height = ROWS * 84;
    // Far jumps, as one who drags the bar, and steps of a screen, as one who turns the wheel.
    const jumps = [0.9, 0.5, 0.1, 0.7].map((part) => Math.round(height * part));
    const steps = jumps.flatMap((top) => [top, top + 600, top + 1200]);
    for (const top of [...steps, height, 0]) {
      await page.locator('.rows').evaluate((list: { scrollTop: number }, to) => {
        list.scrollTop = to;
      }, top);
      const drawn = await drawnRows(page);
      const { places, titles, elements } = drawn;
      const [first = 0] = places;
      expect(places).toEqual(places.map((_, i) => first + i));
      expect(titles).toEqual(places.map((place) => records[place - 1]?.title));
      expect(places.length).toBeLessThan(40);
      expect(elements).toBeLessThan(800);
    }
    expect(complaints).toEqual([]);
  },
  PATIENCE,
);
