import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { SHIPPED_ARTIFACT, SHIPPED_SOURCES } from '../shared/node/watchlist-reader.ts';
import { compileWatchlist } from '../shared/watchlist/compile.ts';
import { builtins } from './builtins.ts';
import { bundleOf, bundlesFolder, FUNCTIONS, type FunctionName } from './bundles.ts';
import { evaluated } from './evaluated.ts';
import { leanSdk } from './lean-sdk.ts';

const WATCHLIST = new URL('../watchlist/', import.meta.url);
const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Some dependencies call require() for Node's own modules; ESM has none. */
const REQUIRE =
  "import{createRequire as rasidRequire}from'node:module';const require=rasidRequire(import.meta.url);";

/** Bundles every function, and compiles the watchlist that ships beside ingest. */
export async function buildFunctions(): Promise<void> {
  await rm(bundlesFolder(), { recursive: true, force: true });
  await Promise.all([
    buildWatchlist(),
    ...Object.entries(FUNCTIONS).map(([name, entries]) =>
      bundle(entries, bundleOf(name as FunctionName)),
    ),
  ]);
}

/**
 * Bundles entry points into a folder: ESM, minified, the SDK inside, so that what was tested is what ships. Split, so that
 * what only some files need (PDF, office, mail) loads when such a file comes.
 * Source maps lie beside the bundles' folder, not in it: they would be most of what is uploaded and started.
 * @param entries paths from the project's root by the name each gets, without its ending.
 * @param plugins what is made of modules on their way in.
 */
export async function bundle(
  entries: Readonly<Record<string, string>>,
  outdir: string,
  plugins: readonly Plugin[] = [builtins, leanSdk, evaluated],
): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: entries,
    absWorkingDir: ROOT,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Node knows them all; unless told so, the bundler makes each pattern anew whenever its line is run.
    supported: { 'regexp-unicode-property-escapes': true },
    // Most of a CommonJS SDK is its unused half: 69 ms of start instead of 167 (measured 2026-11).
    mainFields: ['module', 'main'],
    banner: plugins.includes(builtins) ? {} : { js: REQUIRE },
    plugins: [...plugins],
    logLevel: 'warning',
    sourcemap: 'external',
    write: false,
  });
  const maps = join(outdir, '..', '..', 'source-maps', basename(outdir));
  await Promise.all([outdir, maps].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all(
    outputFiles.map(({ path, contents }) =>
      writeFile(join(path.endsWith('.map') ? maps : outdir, basename(path)), contents),
    ),
  );
}

/** The shipped watchlist's files, in the order of their names. */
export async function shippedSources(): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(WATCHLIST)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `default/${name}`,
      text: await readFile(new URL(name, WATCHLIST), 'utf8'),
    })),
  );
}

/**
 * Compiles the shipped watchlist beside the ingest bundle, with its sources for a user's watchlist that includes it.
 * @throws Error that lists its problems: a watchlist that fails its own tests does not ship.
 */
async function buildWatchlist(): Promise<void> {
  const sources = await shippedSources();
  const compiled = compileWatchlist(sources);
  if (compiled.kind === 'invalid')
    throw new Error(
      compiled.problems
        .map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
        .join('\n'),
    );
  const folder = bundleOf('ingest');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, SHIPPED_ARTIFACT), compiled.artifact);
  await writeFile(join(folder, SHIPPED_SOURCES), JSON.stringify(sources));
}
