import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A file of the page, as it is served. */
export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** null for what is compressed already. */
  readonly gzip: Uint8Array | null;
}

const ICON = fileURLToPath(new URL('page/icon.svg', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

/**
 * Bundles the page, in memory: it takes less than a second, and what is served is always what the sources say. Split, so
 * that the editor and the plots load when they are opened.
 * @returns the assets by file name; `main.js` and `main.css` are where it starts.
 */
export async function bundlePage(): Promise<ReadonlyMap<string, Asset>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page/main.tsx', import.meta.url)), ICON],
    outdir: '/assets',
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.svg': 'copy' },
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = basename(path);
      const extension = name.slice(name.lastIndexOf('.') + 1);
      const type = TYPES[extension];
      if (type === undefined) throw new Error(`the page has a file of an unknown type: ${name}`);
      const gzip = extension === 'woff2' ? null : gzipSync(contents);
      return [name, { type, bytes: contents, gzip }];
    }),
  );
}
