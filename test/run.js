import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Before the first test of a run: a folder that all its workers share and no other run ever has. Named by a process id it
 * would sooner or later be what an earlier run, cut short, had left behind.
 */
// biome-ignore lint/style/noDefaultExport: jest takes nothing else
export default function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'rasid-run-'));
  process.env.RASID_RUN = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
