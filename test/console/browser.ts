import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/** Debian's; another one by CHROMIUM. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export interface TestBrowser {
  /** The one page, with nothing set, at this address; and what went wrong on it since. */
  open(url: string, look?: Look): Promise<TestPage>;
  close(): Promise<void>;
}

/** How a person's screen is. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly language?: 'en' | 'ar';
}

export interface TestPage {
  readonly page: Page;
  /** Errors, and everything that the content policy forbade. */
  readonly complaints: readonly string[];
  /** Addresses that the page asked beyond its own server. */
  readonly strangers: readonly string[];
}

/**
 * A real headless Chromium with a profile of its own, which asks nobody anything. One page serves a whole file of tests:
 * a new one takes a second.
 */
export async function testBrowser(): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'rasid-chromium-'));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    // A test ends a command as the system would, and itself goes on.
    handleSIGTERM: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
  });
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
  // Shorter than a test may take, so that a failure says what was waited for.
  context.setDefaultTimeout(25_000);
  // Asked for by the browser itself, of the picture below.
  await context.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  let complaints: string[] = [];
  let strangers: string[] = [];
  let own = '';
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.origin !== own && asked.protocol.startsWith('http')) strangers.push(request.url());
  });
  return {
    async open(url, { width = 1280, height = 800, colorScheme = 'light', language = 'en' } = {}) {
      own = new URL(url).origin;
      await page.setViewportSize({ width, height });
      // Colours that are still on their way to others have no contrast to measure.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // What a person set is kept by the origin; a picture of it is the quickest way there.
      await page.goto(new URL('assets/icon.svg', url).href);
      await page.evaluate(
        `localStorage.clear(); localStorage.setItem('rasid.language', '${language}')`,
      );
      [complaints, strangers] = [[], []];
      await page.goto(url);
      return { page, complaints, strangers };
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
