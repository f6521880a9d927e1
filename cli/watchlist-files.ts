import { readFile } from 'node:fs/promises';
import { shippedSourcesIn } from '../shared/node/watchlist-sources.ts';
import { openWatchlist, type Watchlist } from '../shared/watchlist/artifact.ts';
import { type CompileOptions, compileWatchlist } from '../shared/watchlist/compile.ts';
import { formatProblem } from '../shared/watchlist/problem.ts';
import type { Source } from '../shared/watchlist/read-watchlist.ts';
import { type Io, UsageError } from './io.ts';

/** What the names of the shipped files begin with. */
const DEFAULT_FOLDER = 'default/';
const SHIPPED = new URL('../watchlist/', import.meta.url);

/** The sources that a person means: the files named, and the shipped watchlist that they may include. */
export async function sourcesOf(paths: readonly string[]): Promise<Source[]> {
  const own = await Promise.all(
    paths.map(async (path) => ({
      name: path,
      text: (await readText(path)).replace(/^\uFEFF/, ''),
    })),
  );
  return [...(await shippedSourcesIn(SHIPPED)), ...own];
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new UsageError(`there is no file ${path}`);
  }
}

/** Compiles what a person means and says what is wrong with it; null when it cannot be used. */
export async function compileFiles(
  paths: readonly string[],
  io: Io,
  options: CompileOptions = {},
): Promise<Uint8Array | null> {
  const compiled = compileWatchlist(await sourcesOf(paths), options);
  const problems = compiled.kind === 'compiled' ? compiled.warnings : compiled.problems;
  // What reaches far in the shipped list is weighed in its own tests; a user can do nothing about it.
  for (const problem of problems)
    if (compiled.kind !== 'compiled' || !problem.file.startsWith(DEFAULT_FOLDER))
      io.stderr.write(`${formatProblem(problem)}\n`);
  return compiled.kind === 'compiled' ? compiled.artifact : null;
}

/** A watchlist from a compiled file, from YAML files, or (with no path) the shipped one. */
export async function openFiles(paths: readonly string[], io: Io): Promise<Watchlist | null> {
  const [only] = paths;
  const isCompiled = paths.length === 1 && only !== undefined && !/\.ya?ml$/i.test(only);
  const artifact = isCompiled
    ? await readFile(only)
    : await compileFiles(paths, io, { tests: false });
  return artifact === null ? null : openWatchlist(artifact);
}
