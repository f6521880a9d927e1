import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Isolate } from '../parse/parse.ts';
import type { Reading, Upload } from '../parse/reading.ts';
import { ADVICE } from '../parse/refusal.ts';

/** Limits of one isolated reading. */
export interface IsolateLimits {
  /** Milliseconds until the child is killed. */
  readonly deadlineMs: number;
  /** Resident memory of the child in bytes, its JavaScript heap and its ArrayBuffers together. */
  readonly memoryBytes: number;
}

/** A hundred pages of PDF take 6 s on one core; 408 KB of hostile PDF took 882 MB, an honest one of 20 MB takes 300. */
export const ISOLATE_LIMITS: IsolateLimits = { deadlineMs: 20_000, memoryBytes: 512 * 1024 * 1024 };

/** How often the memory is looked at: pdf.js fills some 50 MB in this time. */
const WATCH_MS = 25;

/** What goes to the child and what comes back; bytes travel as they are (`serialization: 'advanced'`). */
export type IsolateJob = Upload;
export type IsolateAnswer =
  | { readonly ready: true }
  | { readonly reading: Reading }
  | { readonly done: true };

/**
 * Reads in a child process: `entry` is the URL of `isolate-child.ts` or of its bundle. A child that exceeds its limits or
 * dies is a rejection `too-expensive` after what it had read; a child that cannot be started is a fault and is thrown.
 */
export function childIsolate(
  entry: URL,
  limits: IsolateLimits = ISOLATE_LIMITS,
  nodeFlags: readonly string[] = loaderFlags(),
): Isolate {
  return async function* isolate(job) {
    // Few files need a child, and every start would load what forks one.
    const { fork } = await import('node:child_process');
    const heapMb = Math.round((limits.memoryBytes / 1024 / 1024) * 0.75);
    const child = fork(fileURLToPath(entry), [], {
      serialization: 'advanced',
      // What reads hostile bytes gets no credentials.
      env: {},
      execArgv: [...nodeFlags, `--max-old-space-size=${heapMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const answers: IsolateAnswer[] = [];
    let wake: () => void = () => {};
    let started = false;
    let ended = false;
    let fault: Error | null = null;
    child.on('message', (answer) => {
      started = true;
      answers.push(answer as IsolateAnswer);
      wake();
    });
    child.on('error', (error) => {
      fault = error;
      ended = true;
      wake();
    });
    child.on('exit', (code) => {
      // It greets before it reads: a child that ends by itself before that has not seen the file.
      if (!started && code !== null)
        fault = new Error(`the reader ${entry.href} could not start (exit code ${code})`);
      ended = true;
      wake();
    });
    const deadline = setTimeout(() => child.kill('SIGKILL'), limits.deadlineMs);
    const watch = watchMemory(child.pid, limits.memoryBytes, () => child.kill('SIGKILL'));
    let member = 0;
    try {
      child.send(job satisfies IsolateJob, (error) => {
        // The exit says it as well; without a listener the error would be thrown at the process.
        if (error !== null && child.exitCode === null) child.kill('SIGKILL');
      });
      for (;;) {
        const answer = answers.shift();
        if (answer === undefined) {
          if (fault !== null) throw fault;
          if (ended) break;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        if ('ready' in answer) continue;
        if ('done' in answer) return;
        yield { ...answer.reading, member: member++ };
      }
      yield {
        kind: 'rejected',
        member,
        name: null,
        reason: 'too-expensive',
        advice: ADVICE['too-expensive'],
      };
    } finally {
      clearTimeout(deadline);
      clearInterval(watch);
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
  };
}

/** TypeScript in development needs the loader of this process (`--import tsx`); a bundle needs nothing. */
function loaderFlags(): string[] {
  return process.execArgv.filter((flag) => !/^--(?:inspect|max-old-space-size)/.test(flag));
}

/** Resident memory by /proc (Linux, so Lambda too); elsewhere the heap limit alone holds. */
function watchMemory(pid: number | undefined, limit: number, kill: () => void): NodeJS.Timeout {
  const pageBytes = 4096;
  const look = async (): Promise<void> => {
    let statm: string;
    try {
      statm = await readFile(`/proc/${pid}/statm`, 'latin1');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ESRCH') return;
      throw error;
    }
    const pages = Number(statm.split(' ')[1]);
    if (pages * pageBytes > limit) kill();
  };
  return setInterval(() => void look(), WATCH_MS).unref();
}
