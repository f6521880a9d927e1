import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { synthesize } from '../../cli/synthesize.ts';
import type { EnvOf, INGEST_ENV } from '../../shared/config.ts';
import { makeArticles } from './articles.ts';
import { table } from './rounds.ts';

const ARTICLES = 20_000;
const LOOKS = 8;
/** Texts that are given again and again, each time under a number of its own. */
const TEXTS = 20;
const CHILD = fileURLToPath(new URL('./memory-child.js', import.meta.url));

/** The memory of one process of ingest over many articles, garbage collected at each look: it must not grow. */
export async function benchMemory(): Promise<{ name: string; rows: string[][]; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rasid-memory-'));
  try {
    await synthesize(folder);
    const env: EnvOf<typeof INGEST_ENV> = {
      ARTICLES_TABLE: 'articles',
      CONFIG_BUCKET: 'config',
      BACKFILL_QUEUE_ARN: 'arn:none',
      MAX_ALERT_AGE_DAYS: 'off',
      STACK_NAME: 'Bench',
    };
    const bodies = makeArticles(TEXTS, { seed: 5 }).map(({ title, body }) => `${title}\n\n${body}`);
    const bundle = join(folder, 'bundles', 'ingest', 'ingest.mjs');
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', CHILD, bundle, String(ARTICLES), String(LOOKS)],
      {
        env: {
          ...env,
          BODIES: JSON.stringify(bodies),
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        },
      },
    );
    const looks: { read: number; rss: number; heapUsed: number }[] = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const rows = looks.map(({ read, rss, heapUsed }) => [
      String(read),
      (rss / 2 ** 20).toFixed(0),
      (heapUsed / 2 ** 20).toFixed(1),
    ]);
    return { name: 'memory', rows, text: table(['articles read', 'RSS MB', 'heap MB'], rows) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
