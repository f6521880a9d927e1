import { readdir, readFile } from 'node:fs/promises';

/** A process that this one started, by /proc (Linux only; elsewhere there are none to see). */
export interface Child {
  readonly pid: number;
  /** The name of the Lambda function that it runs, or an empty string. */
  readonly fn: string;
  readonly rssBytes: number;
  /** Since it began. */
  readonly cpuMs: number;
}

const PAGE_BYTES = 4096;
/** Linux counts CPU for /proc a hundred times a second, whatever the clock of the kernel. */
const TICK_MS = 10;
/** In /proc/PID/stat, behind the name in brackets: fields 14 and 15 of the whole. */
const [USER, SYSTEM] = [11, 12];

/** The processes that this one started and that live. */
export async function children(): Promise<Child[]> {
  const tasks = (await read(() => readdir('/proc/self/task'))) ?? [];
  const lists = await Promise.all(tasks.map((task) => file(`/proc/self/task/${task}/children`)));
  const pids = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  return Promise.all(pids.map(childOf));
}

async function childOf(pid: number): Promise<Child> {
  const [statm, stat, environ] = await Promise.all(
    ['statm', 'stat', 'environ'].map((name) => file(`/proc/${pid}/${name}`)),
  );
  const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
  const fn = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(environ ?? '')?.[1] ?? '';
  return {
    pid,
    fn,
    rssBytes: Number((statm ?? '').split(' ')[1] ?? 0) * PAGE_BYTES,
    cpuMs: (Number(fields[USER] ?? 0) + Number(fields[SYSTEM] ?? 0)) * TICK_MS,
  };
}

const file = async (path: string) => (await read(() => readFile(path, 'utf8'))) ?? '';

/** null for a process that ended between two looks, and where there is no /proc. */
async function read<Value>(look: () => Promise<Value>): Promise<Value | null> {
  try {
    return await look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
