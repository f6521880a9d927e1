import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { articleText } from '../shared/article.ts';
import { childIsolate } from '../shared/node/isolate.ts';
import { bytesAllowed } from '../shared/parse/bounds.ts';
import { parse, TOO_LARGE } from '../shared/parse/parse.ts';
import type { Reading } from '../shared/parse/reading.ts';
import { command } from './command.ts';

const USAGE = `usage: rasid parse [--json] PATH...

Reads files and folders as the pipeline would: one line an article, or with --json one JSON object.
Rejections go to stderr; the exit code is 1 if there was any, 2 for a wrong call.
`;

const OPTIONS = { json: { type: 'boolean', default: false } } as const;

const CHILD = new URL('../shared/node/isolate-child.ts', import.meta.url);

/** Shows what the reader makes of files. */
export const parseCommand = command(USAGE, OPTIONS, 'some words', async (said, io) => {
  const { values, positionals } = said;
  let rejected = false;
  for (const path of positionals) {
    for await (const file of filesUnder(path)) {
      for await (const reading of readingsOf(file)) {
        if (reading.kind === 'rejected') {
          rejected = true;
          io.stderr.write(`${place(file, reading)}: ${reading.reason}: ${reading.advice}\n`);
        } else io.stdout.write(`${values.json ? asJson(file, reading) : asText(file, reading)}\n`);
      }
    }
  }
  return rejected ? 1 : 0;
});

/** Files in the order of their names; hidden ones are left out, as a bucket would not have them. */
export async function* filesUnder(path: string): AsyncGenerator<string> {
  if (!(await stat(path)).isDirectory()) {
    yield path;
    return;
  }
  for (const name of (await readdir(path)).sort())
    if (!name.startsWith('.')) yield* filesUnder(join(path, name));
}

/** The articles and rejections of one file. */
export async function* readingsOf(file: string): AsyncGenerator<Reading> {
  const key = file.replaceAll('\\', '/');
  if ((await stat(file)).size > bytesAllowed(key)) {
    yield TOO_LARGE;
    return;
  }
  const upload = { key, bytes: await readFile(file), metadata: {}, contentType: null };
  yield* parse(upload, { isolate: childIsolate(CHILD) });
}

/** Where a reading comes from, as a person writes it. */
export const place = (file: string, { member, name }: Reading): string =>
  name === null && member === 0 ? file : `${file}#${member}${name === null ? '' : ` (${name})`}`;

type Read = Extract<Reading, { kind: 'article' }>;

function asText(file: string, reading: Read): string {
  const { title, lang, published, source } = reading.article;
  const words = articleText(reading.article).match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
  return [
    place(file, reading),
    lang,
    published?.value ?? '-',
    source ?? '-',
    `${words} words`,
    title,
  ].join('\t');
}

function asJson(file: string, { member, name, article }: Read): string {
  const { published, modified, ...rest } = article;
  return JSON.stringify({
    file,
    member,
    name,
    id: rest.id,
    title: rest.title,
    body: rest.body,
    lang: rest.lang,
    published: published?.value ?? null,
    publishedHow: published && {
      origin: published.origin,
      precision: published.precision,
      confidence: published.confidence,
    },
    modified: modified?.value ?? null,
    source: rest.source,
    url: rest.url,
    byline: rest.byline,
    dropped: rest.dropped,
    warnings: rest.warnings,
  });
}
