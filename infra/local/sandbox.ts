import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { errorCode } from './error-code.ts';
import { residentBytes } from './process-memory.ts';

/** What a failed run leaves, in Lambda's words. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** How a run ended. */
export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FunctionError };

/** One environment of a function: a Node process of its own that runs one event after another. */
export interface Sandbox {
  /** False once the process has gone. */
  isAlive(): boolean;
  run(event: unknown): Promise<Outcome>;
  /** Ends the process and all it started. */
  kill(): void;
  /** Resolves when the process has ended and its output is read. */
  readonly ended: Promise<void>;
}

/** What a sandbox is started with. */
export interface SandboxOptions {
  readonly dir: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Kills the process, while it is starting as well. */
  readonly signal: AbortSignal;
}

/** Lambda gives a function ten seconds to load, then starts it anew with its whole timeout; here once, the longer. */
const INIT_MS = 10_000;

/** Lambda's Node keeps its heap a tenth below the memory of the function. */
const HEAP_SHARE = 0.9;

/**
 * Lambda kills at the memory of the function. A process here counts shared pages of Node itself that Lambda's sandbox
 * does not bill the same way, so it may have an eighth more before it is killed.
 */
const MEMORY_TOLERANCE = 1.125;
const MEMORY_LOOK_MS = 50;

type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly error: FunctionError }
  | { readonly kind: 'result'; readonly result: string }
  | { readonly kind: 'error'; readonly error: FunctionError }
  /** The process is gone, or as good as gone. */
  | { readonly kind: 'ended'; readonly error: FunctionError };

/** Starts the process and waits until the bundle is loaded; the outcome tells if it could not be. */
export async function startSandbox(
  options: SandboxOptions,
): Promise<Sandbox | { readonly error: FunctionError }> {
  const { timeoutMs, memoryMb } = options;
  const child = fork(fileURLToPath(new URL('./sandbox.js', import.meta.url)), {
    cwd: options.dir,
    // A group of its own: Ctrl-C at the terminal is for the host, and a kill reaches what the function started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--enable-source-maps', `--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`],
    env: { ...options.env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream, crlfDelay: Infinity }).on('line', options.onLine);
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let isEnded = false;
  const kill = () => {
    isEnded = true;
    killGroup(child);
  };
  options.signal.addEventListener('abort', kill, { once: true });
  if (options.signal.aborted) kill();
  child.once('exit', () => {
    isEnded = true;
    options.signal.removeEventListener('abort', kill);
  });

  const first = await answerOf(child, Math.max(INIT_MS, timeoutMs), memoryMb);
  if (first.kind !== 'ready') {
    kill();
    return { error: first.kind === 'result' ? exitError('unexpected answer') : first.error };
  }
  return {
    isAlive: () => !isEnded,
    ended,
    kill,
    async run(event) {
      const deadline = Date.now() + timeoutMs;
      const { functionArn } = options;
      const requestId = randomUUID();
      const answer = answerOf(child, timeoutMs, memoryMb);
      child.send({ event, requestId, functionArn, deadline }, () => {});
      const settled = await answer;
      if (settled.kind === 'result') return { ok: true, result: JSON.parse(settled.result) };
      if (settled.kind === 'ended') isEnded = true;
      const error = settled.kind === 'ready' ? exitError('unexpected answer') : settled.error;
      return { ok: false, error };
    },
  };
}

/** The next message of the process, or the error that it came to instead: time, memory, its end. */
function answerOf(child: ChildProcess, timeoutMs: number, memoryMb: number): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      clearInterval(watch);
      child.off('message', settle);
      child.off('exit', gone);
      resolve(answer);
    };
    const end = (errorType: string, errorMessage: string) => {
      killGroup(child);
      settle({ kind: 'ended', error: { errorType, errorMessage } });
    };
    const gone = (code: number | null, signal: string | null) =>
      settle({ kind: 'ended', error: exitError(signal ?? `exit status ${code}`) });
    const timer = setTimeout(
      () =>
        end('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`),
      timeoutMs,
    );
    const watch = setInterval(() => {
      const bytes = residentBytes(child.pid ?? 0) ?? 0;
      if (bytes <= memoryMb * 2 ** 20 * MEMORY_TOLERANCE) return;
      end('Runtime.OutOfMemory', `Out of memory: ${Math.round(bytes / 2 ** 20)} of ${memoryMb} MB`);
    }, MEMORY_LOOK_MS);
    if (child.exitCode !== null || child.signalCode !== null) {
      return gone(child.exitCode, child.signalCode);
    }
    child.on('message', settle);
    child.on('exit', gone);
  });
}

function exitError(how: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited: ${how}` };
}

/** The whole group, since the function may have processes of its own. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Gone already, or on Windows, which has no groups.
    if (errorCode(error) === null) throw error;
    child.kill('SIGKILL');
  }
}
