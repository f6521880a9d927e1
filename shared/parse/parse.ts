import { CONTAINER_BYTES, HTML_INLINE_BYTES, TEXT_BYTES } from './bounds.ts';
import { decodeText } from './decode-text.ts';
import type { Draft, Found } from './draft.ts';
import { finish, type Outcome } from './finish.ts';
import { binaryFormat, type Format, textFormat } from './format.ts';
import { provenanceOf } from './provenance.ts';
import type { Reading, Upload } from './reading.ts';
import { ADVICE, Refusal } from './refusal.ts';
import { readText } from './text.ts';
import type { Archive } from './zip.ts';

/** Changes whenever the same bytes may give another article; stored beside every article. */
export const PARSER_VERSION = '1';

/**
 * Reads one upload elsewhere, under a limit of memory and time: yields what was read, and a rejection `too-expensive`
 * where the reader died. Members are counted from 0. Throws only for faults that may pass.
 */
export type Isolate = (job: Upload) => AsyncIterable<Reading>;

export interface ParseOptions {
  /** For formats that may cost much (PDF, office files, huge pages); without it they are read in place. */
  readonly isolate?: Isolate;
}

/** Where in an upload a file was found: gzip and zip may each stand once around it. */
interface Place {
  readonly inside: readonly ('gzip' | 'zip')[];
  /** The name in the archive; null outside of one. */
  readonly name: string | null;
}

/** Reads one upload: an article or a rejection for each member, as they come, counted from 0. Never throws, whatever the bytes. */
export async function* parse(upload: Upload, options: ParseOptions = {}): AsyncGenerator<Reading> {
  let member = 0;
  for await (const outcome of readFile(upload, options, { inside: [], name: null })) {
    yield { ...outcome, member: member++ } as Reading;
  }
}

/** Outcomes as they come: a generator that need not wait for anything is a plain one, since every wait costs each article. */
type Outcomes = AsyncIterable<Outcome> | Iterable<Outcome>;

/** One file and all it holds; whatever its reader refuses is one rejected member. */
async function* readFile(
  upload: Upload,
  options: ParseOptions,
  place: Place,
): AsyncGenerator<Outcome> {
  try {
    yield* await outcomesOf(upload, options, place);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'rejected', name: place.name, reason: error.reason, advice: error.advice };
  }
}

async function outcomesOf(upload: Upload, options: ParseOptions, place: Place): Promise<Outcomes> {
  const { key, bytes } = upload;
  if (bytes.length === 0) throw new Refusal('empty');
  const format = binaryFormat(bytes);
  if (bytes.length > (format === null ? TEXT_BYTES : CONTAINER_BYTES))
    throw new Refusal('too-large');
  if (format === 'gzip') return readGzip(upload, options, place);
  if (format === 'zip') return readZip(upload, options, place);
  if (format === 'pdf') return isolated(upload, options, place, () => readPdfFile(bytes));
  if (format !== null) throw refusalOf(format);
  const text = decodeText(bytes);
  if (text.text.trim() === '') throw new Refusal('empty');
  const kind = textFormat(text.text, key);
  const isHuge = kind === 'html' && bytes.length > HTML_INLINE_BYTES;
  if (isHuge) return isolated(upload, options, place, () => readTextFile(bytes, text, kind));
  return finished(await readTextFile(bytes, text, kind), upload, place);
}

/** Hands the file to the isolate if there is one, else reads it here. */
async function* isolated(
  upload: Upload,
  { isolate }: ParseOptions,
  place: Place,
  read: () => Promise<Iterable<Found>>,
): AsyncGenerator<Outcome> {
  if (isolate === undefined) {
    yield* finished(await read(), upload, place);
    return;
  }
  for await (const { member: _, ...outcome } of isolate(upload)) {
    yield { ...outcome, name: place.name ?? outcome.name } as Outcome;
  }
}

function* finished(found: Iterable<Found>, upload: Upload, { name }: Place): Generator<Outcome> {
  const provenance = provenanceOf(upload);
  for (const one of found) {
    const outcome = finish(one, provenance);
    yield { ...outcome, name: memberName(name, outcome.name) };
  }
}

/** `news.json` in an archive with several records: `news.json/id-7`. */
const memberName = (file: string | null, own: string | null): string | null =>
  file !== null && own !== null ? `${file}/${own}` : (file ?? own);

async function* readGzip(
  upload: Upload,
  options: ParseOptions,
  place: Place,
): AsyncGenerator<Outcome> {
  if (place.inside.includes('gzip')) throw new Refusal('nested-archive');
  const { gunzip } = await import('./gzip.ts');
  const bytes = gunzip(upload.bytes);
  const key = upload.key.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
  yield* readFile({ ...upload, key, bytes }, options, {
    ...place,
    inside: [...place.inside, 'gzip'],
  });
}

async function* readZip(
  upload: Upload,
  options: ParseOptions,
  place: Place,
): AsyncGenerator<Outcome> {
  const [{ openArchive }, { officeKind }] = await Promise.all([
    import('./zip.ts'),
    import('./office.ts'),
  ]);
  const archive = await openArchive(upload.bytes);
  const office = officeKind(archive);
  if (office === 'other')
    throw new Refusal('unknown-format', 'This is a spreadsheet, presentation, book or program.');
  if (office !== null) {
    yield* isolated(upload, options, place, () => readOfficeFile(archive, office));
    return;
  }
  if (place.inside.includes('zip')) throw new Refusal('nested-archive');
  if (archive.entries.length === 0) throw new Refusal('empty', 'The archive has no files.');
  for (const entry of archive.entries) {
    const inside = { name: entry.name, inside: [...place.inside, 'zip'] as const };
    let bytes: Uint8Array;
    try {
      bytes = await entry.read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      yield { kind: 'rejected', name: entry.name, reason: error.reason, advice: error.advice };
      continue;
    }
    // The key keeps its folders, so that `source=` prefixes count; the name tells the format.
    yield* readFile({ ...upload, key: `${upload.key}/${entry.name}`, bytes }, options, inside);
  }
}

async function readOfficeFile(archive: Archive, kind: 'docx' | 'odt'): Promise<Found[]> {
  const { readOffice } = await import('./office.ts');
  return [found(await readOffice(archive, kind))];
}

async function readPdfFile(bytes: Uint8Array): Promise<Found[]> {
  const { readPdf } = await import('./pdf.ts');
  return [found(await readPdf(bytes))];
}

async function readTextFile(
  bytes: Uint8Array,
  { text, warnings }: { text: string; warnings: readonly string[] },
  format: Format,
): Promise<Iterable<Found>> {
  const one = (draft: Draft): Found[] => [
    found({ ...draft, warnings: [...warnings, ...draft.warnings] }),
  ];
  if (format === 'html') return one((await import('./html.ts')).readHtml(text, null));
  if (format === 'markdown') return one((await import('./markdown.ts')).readMarkdown(text));
  if (format === 'rtf') return one((await import('./rtf.ts')).readRtf(text));
  if (format === 'mail') return one(await (await import('./mail.ts')).readMail(bytes));
  if (format === 'json') return (await import('./json.ts')).readJson(text);
  if (format === 'ndjson') return (await import('./json.ts')).readNdjson(text);
  if (format === 'csv') return (await import('./csv.ts')).readCsv(text);
  if (format === 'feed') return (await import('./feed.ts')).readFeed(text);
  if (format === 'xml')
    throw new Refusal('unknown-format', 'This is XML, but neither a feed nor a page.');
  return one(readText(text));
}

const found = (draft: Draft): Found => ({ kind: 'draft', draft });

function refusalOf(format: Format): Refusal {
  if (format === 'old-office') {
    return new Refusal(
      'unknown-format',
      'This is an office file of the time before 2007 (.doc, .xls, .ppt) or one with a password.',
    );
  }
  if (format === 'other-archive')
    return new Refusal('unknown-format', 'Of archives, zip and gzip are opened.');
  return new Refusal('binary');
}

/** What the caller answers when an object is larger than `bytesAllowed`, without reading it. */
export const TOO_LARGE = {
  kind: 'rejected',
  member: 0,
  name: null,
  reason: 'too-large',
  advice: ADVICE['too-large'],
} as const satisfies Reading;
