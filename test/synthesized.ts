import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { synthesize } from '../cli/synthesize.ts';

/** Of this run of jest; `test/run.js` makes it before the first test, and takes it away after the last. */
const FOLDER = join(process.env['RASID_RUN'] ?? '', 'synthesized');
const DONE = join(FOLDER, 'done');

/**
 * The real stack with its real bundles and all three functions, as `cdk deploy` would ship it, made once for all test files of a run.
 * @returns the path of the template.
 */
export async function synthesized(): Promise<string> {
  // For trying one test again and again: a template that is there already.
  const ready = process.env['RASID_TEMPLATE'];
  if (ready !== undefined) return ready;
  const assembly = join(FOLDER, 'cdk.out');
  try {
    mkdirSync(FOLDER);
  } catch (error) {
    // Not `instanceof Error`: node:fs throws errors of the realm outside the test's.
    if (!(isNativeError(error) && 'code' in error && error.code === 'EEXIST')) throw error;
    while (!existsSync(DONE)) await sleep(50);
    const failure = readFileSync(DONE, 'utf8');
    if (failure !== '') throw new Error(failure);
    return join(assembly, 'Rasid-news-dev.template.json');
  }
  try {
    const template = await synthesize(assembly, { digest: 'daily' });
    writeFileSync(template, fewerAtOnce(readFileSync(template, 'utf8')));
    writeFileSync(DONE, '');
    return template;
  } catch (error) {
    writeFileSync(DONE, String(error));
    throw error;
  }
}

/** Twenty processes at once would only wait for each other on a machine with two cores; two are concurrent too. */
function fewerAtOnce(template: string): string {
  return template.replaceAll(/"MaximumConcurrency": \d+/g, '"MaximumConcurrency": 2');
}
