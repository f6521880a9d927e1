import { CONTAINER_BYTES, TEXT_BYTES } from './bounds.ts';
import { declaredCharset, decode } from './charset.ts';
import type { Draft, Found } from './draft.ts';
import { finish, type Outcome } from './finish.ts';
import { binaryFormat, textFormat } from './format.ts';
import { repairMojibake } from './mojibake.ts';
import { provenanceOf } from './provenance.ts';
import type { Reading, Rejection, Upload } from './reading.ts';
import { ADVICE, Refusal } from './refusal.ts';
import { readText } from './text.ts';

/** Changes whenever the same bytes may give another article; stored beside every article. */
export const PARSER_VERSION = '1';

/** Reads one upload elsewhere, under a limit of memory and time; a reader that dies there is a rejection `too-expensive`. */
export type Isolate = (job: Upload) => AsyncIterable<Reading>;

export interface ParseOptions {
  /** For formats that may cost much (PDF, office files, huge pages); without it they are read in place. */
  readonly isolate?: Isolate;
}

/** Reads one upload: an article or a rejection for each member, as they come, counted from 0. Never throws, whatever the bytes. */
export async function* parse(upload: Upload, options: ParseOptions = {}): AsyncGenerator<Reading> {
  let member = 0;
  for await (const outcome of read(upload, options))
    yield { ...outcome, member: member++ } as Reading;
}

async function* read(upload: Upload, _options: ParseOptions): AsyncGenerator<Outcome> {
  const provenance = provenanceOf(upload);
  for await (const found of guarded(upload)) yield finish(found, provenance);
}

async function* guarded(upload: Upload): AsyncGenerator<Found> {
  try {
    yield* readers(upload);
  } catch (error) {
    if (error instanceof Refusal) yield rejection(error.reason, error.advice);
    else throw error;
  }
}

const rejection = (reason: Rejection, advice = ADVICE[reason]): Found => ({
  kind: 'rejected',
  name: null,
  reason,
  advice,
});
const article = (draft: Draft): Found => ({ kind: 'draft', draft });

async function* readers({ key, bytes }: Upload): AsyncGenerator<Found> {
  if (bytes.length === 0) throw new Refusal('empty');
  const binary = binaryFormat(bytes);
  if (bytes.length > (binary === null ? TEXT_BYTES : CONTAINER_BYTES))
    throw new Refusal('too-large');
  if (binary !== null) throw new Refusal('unknown-format');
  const decoded = decode(bytes, declaredCharset(bytes));
  if (decoded === null) throw new Refusal('undecodable');
  const repaired = repairMojibake(decoded.text);
  const text = repaired?.text ?? decoded.text;
  const warnings = [...decoded.warnings, ...(repaired === null ? [] : [repaired.warning])];
  if (textFormat(text, key) === 'html') {
    const { readHtml } = await import('./html.ts');
    const draft = readHtml(text, null);
    yield article({ ...draft, warnings: [...warnings, ...draft.warnings] });
  } else yield article({ ...readText(text), warnings });
}
