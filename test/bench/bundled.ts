import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../infra/build.ts';
import type { Medians } from './rounds.ts';

const run = promisify(execFile);

/**
 * What a script of this folder measures, bundled and minified as the functions are: what is measured should be what ships. It
 * writes its medians as JSON. @param runs the arguments of each run: a process of its own, one after the other.
 */
export async function measureBundled(
  script: string,
  runs: readonly (readonly string[])[] = [[]],
): Promise<Medians> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-bench-'));
  try {
    const out = join(folder, 'bundles', 'bench');
    await bundle({ child: `test/bench/${script}` }, out);
    const all: Medians[] = [];
    for (const args of runs) {
      const { stdout } = await run(process.execPath, [join(out, 'child.mjs'), ...args]);
      all.push(JSON.parse(stdout) as Medians);
    }
    return Object.assign({}, ...all);
  } finally {
    await rm(folder, { recursive: true });
  }
}
