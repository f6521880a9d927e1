/** The process that `childIsolate` starts: reads one upload, sends its readings, ends. An entry of its own for the bundler. */
import { parse } from '../parse/parse.ts';
import type { IsolateAnswer, IsolateJob } from './isolate.ts';

function send(answer: IsolateAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(answer, undefined, undefined, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}

process.once('message', (job: IsolateJob) => {
  read(job).catch((error: unknown) => {
    // An unknown fault of a reader: the parent sees the exit and refuses the file.
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});

async function read(job: IsolateJob): Promise<void> {
  await send({ ready: true });
  for await (const reading of parse(job)) await send({ reading });
  await send({ done: true });
  process.disconnect();
}
