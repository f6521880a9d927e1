import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDesk } from '../../cli/console/desk.ts';
import { serveConsole } from '../../cli/console/server.ts';
import { synthesize } from '../../cli/synthesize.ts';
import { startLocalHost } from '../../infra/local/host.ts';
import { testBrowser } from '../console/browser.ts';
import { targetOf } from '../console/target-of.ts';
import { alertingArticle } from '../news.ts';
import { table } from './rounds.ts';

const FILES = 20;
/** Before those that count: the functions' first run is a start of a process. */
const WARM = 2;
const STAGES = ['uploaded', 'read', 'classified', 'settled'] as const;
type Stages = Readonly<Record<(typeof STAGES)[number], number>>;

/**
 * How long after it was dropped on the console's page each stage of a file is seen there: `npm start`'s own waits, one
 * file after the other, each with an alert.
 */
export async function benchDrop(): Promise<{ rows: string[][]; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-drop-'));
  const host = await startLocalHost({
    template: await synthesize(join(folder, 'cdk.out')),
    stateDir: join(folder, 'state'),
    // As `npm start` has it.
    timeScale: 0.05,
    env: { MAX_ALERT_AGE_DAYS: 'off', MAX_MESSAGES_PER_SECOND: '100' },
  });
  const desk = openDesk(targetOf(host), folder);
  const server = await serveConsole(desk, 0);
  const browser = await testBrowser();
  try {
    const { page } = await browser.open(`${server.url}?view=drop`);
    await page.getByText('Live', { exact: true }).waitFor();
    const taken: Stages[] = [];
    for (let i = 0; i < WARM + FILES; i++) taken.push(await drop(page, i));
    const rows = STAGES.map((stage) => {
      const sorted = taken
        .slice(WARM)
        .map((one) => one[stage])
        .sort((a, b) => a - b);
      const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
      return [stage, at(0.5), at(1)];
    });
    return { rows, text: table([`${FILES} files`, 'median, ms', 'worst, ms'], rows) };
  } finally {
    await browser.close();
    await server.close();
    desk.close();
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Watches the page itself, so that the way to this process is not counted. */
const WATCH = `(stages) => {
  window.seen = {};
  const input = document.querySelector('input[type="file"]');
  input.addEventListener('change', () => { window.began = performance.now(); }, { capture: true, once: true });
  new MutationObserver((_, observer) => {
    const steps = document.querySelectorAll('.dropped-file:first-child .steps li');
    if (window.began === undefined || steps.length !== stages.length) return;
    stages.forEach((stage, i) => {
      if (steps[i].classList.contains('done')) window.seen[stage] ??= performance.now() - window.began;
    });
    if (window.seen[stages.at(-1)] !== undefined) observer.disconnect();
  }).observe(document.querySelector('.dropped-files'), { subtree: true, childList: true, attributes: true });
}`;

async function drop(page: Page, number: number): Promise<Stages> {
  await page.evaluate(`delete window.began; (${WATCH})(${JSON.stringify(STAGES)})`);
  const buffer = Buffer.from(alertingArticle(1000 + number));
  await page
    .locator('input[type="file"]')
    .setInputFiles([{ name: `${number}.txt`, mimeType: 'text/plain', buffer }]);
  const done = page.locator('.dropped-file').first();
  await done
    .filter({ hasText: `${number}.txt` })
    .locator('.step-settled')
    .waitFor();
  return page.evaluate<Stages>('window.seen');
}
