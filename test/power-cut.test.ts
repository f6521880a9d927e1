import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { clientsOf, scratch } from './local/small-stack.ts';
import { alertingArticle } from './news.ts';
import { openPipeline } from './pipeline.ts';
import { synthesized } from './synthesized.ts';

const HOST = fileURLToPath(new URL('./host-process.ts', import.meta.url));
const { dir, remove } = scratch();
let child: ChildProcess | null = null;
afterAll(() => {
  child?.kill('SIGKILL');
  remove();
});

const FILES = 8;

test.each([1, 4, 7])(
  'the machine goes dark after %d articles: on the next start nothing is lost and nothing is twice',
  async (stored) => {
    const stateDir = `${dir}/${stored}`;
    child = fork(HOST, [await synthesized(), stateDir], { execArgv: ['--import', 'tsx'] });
    const [{ url, outputs }] = await once(child, 'message');
    let seen = 0;
    const dark = once(child, 'exit');
    child.on('message', ({ line }: { line: string }) => {
      if (line.includes('"message":"added"') && ++seen === stored) child?.kill('SIGKILL');
    });
    const { s3 } = clientsOf({ url });
    const accepted: string[] = [];
    for (let n = 0; n < FILES; n++) {
      const Key = `${stored}-${n}.txt`;
      const put = s3.send(
        new PutObjectCommand({ Bucket: outputs.InboxBucket, Key, Body: alertingArticle(6000 + n) }),
      );
      // What S3 did not acknowledge was not accepted: the uploader knows, and uploads again.
      await put.then(
        () => accepted.push(Key),
        () => {},
      );
    }
    await dark;

    const p = await openPipeline({ stateDir });
    try {
      await p.host.idle();
      const keys = (await p.articles()).map(({ object }) => object.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toEqual(expect.arrayContaining(accepted));
      const states = (await p.articles()).flatMap(({ alerts }) => alerts.map(({ state }) => state));
      expect(new Set(states)).toEqual(new Set(['SENT']));
    } finally {
      await p.host.stop();
    }
  },
  90_000,
);
