import { Writable } from 'node:stream';
import type { Io } from '../cli/io.ts';

/** What a command wrote, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look deep into documents
  json(): any;
}

/** Runs a command as `cli/main.ts` would, in this process. */
export async function run(
  command: (argv: string[], io: Io) => Promise<number>,
  ...argv: string[]
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const into = (list: string[]) =>
    new Writable({
      write(chunk, _, done) {
        list.push(String(chunk));
        done();
      },
    });
  const code = await command(argv, { stdout: into(out), stderr: into(err) });
  return {
    code,
    stdout: out.join(''),
    stderr: err.join(''),
    json: () => JSON.parse(out.join('')),
  };
}
