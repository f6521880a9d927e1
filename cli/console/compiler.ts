import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CompiledWatchlist } from '../../shared/watchlist/compile.ts';

export interface CompileJob {
  readonly id: number;
  readonly yaml: string | null;
  readonly tests: boolean;
}

export interface CompileAnswer {
  readonly id: number;
  readonly compiled: CompiledWatchlist;
}

export interface Compiler {
  /**
   * Compiles a person's watchlist (null: only the one that ships), and runs its rules' tests if told.
   * @throws Error when the process that compiles ends before it is done.
   */
  compile(yaml: string | null, tests: boolean): Promise<CompiledWatchlist>;
  close(): void;
}

interface Waiting {
  done(compiled: CompiledWatchlist): void;
  failed(error: Error): void;
}

const CHILD = fileURLToPath(new URL('compiler-child.ts', import.meta.url));
/** The child is TypeScript, as everything here. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** Compiled watchlists that are kept, a megabyte or two each: the one in force, the draft with its tests and without. */
const KEPT = 4;

/** Compiles in a process beside the server: it takes a second or two, in which the page's other questions are answered. */
export function openCompiler(): Compiler {
  const waiting = new Map<number, Waiting>();
  const held = new Map<string, Promise<CompiledWatchlist>>();
  let child: ChildProcess | null = null;
  let jobs = 0;

  function start(): ChildProcess {
    const started = fork(CHILD, [], {
      serialization: 'advanced',
      execArgv: ['--import', LOADER],
    });
    started.on('message', (message) => {
      const { id, compiled } = message as CompileAnswer;
      waiting.get(id)?.done(compiled);
      waiting.delete(id);
    });
    started.on('exit', (code) => {
      child = null;
      for (const { failed } of waiting.values())
        failed(new Error(`the watchlist's compiler ended with ${code}`));
      waiting.clear();
      held.clear();
    });
    return started;
  }

  return {
    compile(yaml, tests) {
      const key = `${tests} ${yaml}`;
      const known = held.get(key);
      if (known !== undefined) return known;
      child ??= start();
      const running = child;
      const id = jobs++;
      const compiled = new Promise<CompiledWatchlist>((done, failed) => {
        waiting.set(id, { done, failed });
        running.send({ id, yaml, tests } satisfies CompileJob);
      });
      held.set(key, compiled);
      for (const oldest of held.keys()) {
        if (held.size <= KEPT) break;
        held.delete(oldest);
      }
      return compiled;
    },
    close: () => void child?.kill(),
  };
}
