import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Debian's; another one by CHROMIUM. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export interface TestBrowser {
  /** A fresh page, and what went wrong on it: errors, and everything that the content policy forbade. */
  open(url: string, options?: BrowserContextOptions): Promise<TestPage>;
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export interface TestPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Addresses that the page asked beyond its own server. */
  readonly strangers: readonly string[];
}

/** A real headless Chromium with a profile of its own, which asks nobody anything. */
export async function testBrowser(): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'rasid-chromium-'));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
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
  const contexts: BrowserContext[] = [];
  return {
    async open(url, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        timezoneId: 'UTC',
        ...options,
      });
      contexts.push(context);
      // Shorter than a test may take, so that a failure says what was waited for.
      context.setDefaultTimeout(25_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      const strangers: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      const { origin } = new URL(url);
      page.on('request', (request) => {
        const asked = new URL(request.url());
        if (asked.origin !== origin && asked.protocol.startsWith('http'))
          strangers.push(request.url());
      });
      await page.goto(url);
      return { page, complaints, strangers };
    },
    async closePages() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
