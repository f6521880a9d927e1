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

/** One file and all it holds; whatever its reader refuses is one rejected member. */
async function* readFile(
  upload: Upload,
  options: ParseOptions,
  place: Place,
): AsyncGenerator<Outcome> {
  try {
    yield* dispatch(upload, options, place);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'rejected', name: place.name, reason: error.reason, advice: error.advice };
  }
}

async function* dispatch(
  upload: Upload,
  options: ParseOptions,
  place: Place,
): AsyncGenerator<Outcome> {
  const { key, bytes } = upload;
  if (bytes.length === 0) throw new Refusal('empty');
  const format = binaryFormat(bytes);
  if (bytes.length > (format === null ? TEXT_BYTES : CONTAINER_BYTES))
    throw new Refusal('too-large');
  if (format === 'gzip') yield* readGzip(upload, options, place);
  else if (format === 'zip') yield* readZip(upload, options, place);
  else if (format === 'pdf') yield* isolated(upload, options, place, readPdfFile);
  else if (format !== null) throw refusalOf(format);
  else {
    const text = decodeText(bytes);
    if (text.text.trim() === '') throw new Refusal('empty');
    const kind = textFormat(text.text, key);
    const isHuge = kind === 'html' && bytes.length > HTML_INLINE_BYTES;
    const read = (file: Upload): AsyncGenerator<Found> => readTextFile(file.bytes, text, kind);
    if (isHuge) yield* isolated(upload, options, place, read);
    else yield* finished(read(upload), upload, place);
  }
}

/** Hands the file to the isolate if there is one, else reads it here. */
async function* isolated(
  upload: Upload,
  { isolate }: ParseOptions,
  place: Place,
  read: (upload: Upload) => AsyncGenerator<Found>,
): AsyncGenerator<Outcome> {
  if (isolate === undefined) {
    yield* finished(read(upload), upload, place);
    return;
  }
  for await (const { member: _, ...outcome } of isolate(upload)) {
    yield { ...outcome, name: place.name ?? outcome.name } as Outcome;
  }
}

async function* finished(
  found: AsyncIterable<Found>,
  upload: Upload,
  { name }: Place,
): AsyncGenerator<Outcome> {
  const provenance = provenanceOf(upload);
  for await (const one of found) {
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

async function* readOfficeFile(archive: Archive, kind: 'docx' | 'odt'): AsyncGenerator<Found> {
  const { readOffice } = await import('./office.ts');
  yield found(await readOffice(archive, kind));
}

async function* readPdfFile({ bytes }: Upload): AsyncGenerator<Found> {
  const { readPdf } = await import('./pdf.ts');
  yield found(await readPdf(bytes));
}

async function* readTextFile(
  bytes: Uint8Array,
  { text, warnings }: { text: string; warnings: readonly string[] },
  format: Format,
): AsyncGenerator<Found> {
  const one = (draft: Draft): Found =>
    found({ ...draft, warnings: [...warnings, ...draft.warnings] });
  if (format === 'html') yield one((await import('./html.ts')).readHtml(text, null));
  else if (format === 'markdown') yield one((await import('./markdown.ts')).readMarkdown(text));
  else if (format === 'rtf') yield one((await import('./rtf.ts')).readRtf(text));
  else if (format === 'mail') yield one(await (await import('./mail.ts')).readMail(bytes));
  else if (format === 'json') yield* (await import('./json.ts')).readJson(text);
  else if (format === 'ndjson') yield* (await import('./json.ts')).readNdjson(text);
  else if (format === 'csv') yield* (await import('./csv.ts')).readCsv(text);
  else if (format === 'feed') yield* (await import('./feed.ts')).readFeed(text);
  else if (format === 'xml')
    throw new Refusal('unknown-format', 'This is XML, but neither a feed nor a page.');
  else yield one(readText(text));
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
