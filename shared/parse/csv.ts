import { RECORD_CHARS, RECORDS } from './bounds.ts';
import { csvHeader, csvRows } from './csv-header.ts';
import type { Found } from './draft.ts';
import { draftOfRecord, isArticleRecord } from './record.ts';
import { ADVICE, Refusal } from './refusal.ts';

/** A row an article, by the names in the header. */
export function* readCsv(text: string): Generator<Found> {
  const header = csvHeader(text);
  if (header === null) {
    throw new Refusal(
      'malformed',
      'The first line of the table must name its columns, such as title, body, date, url, author, source.',
    );
  }
  let count = -1;
  for (const row of csvRows(text, header.delimiter)) {
    if (++count === 0 || (row.length === 1 && row[0]?.trim() === '')) continue;
    if (count > RECORDS) {
      yield rejected('too-many-members');
      return;
    }
    const record = Object.fromEntries(header.names.map((name, i) => [name, row[i] ?? '']));
    if (row.some((cell) => cell.length > RECORD_CHARS)) yield rejected('too-large');
    else if (isArticleRecord(record))
      yield { kind: 'draft', draft: draftOfRecord(record, null, 'field') };
    else yield rejected('no-text');
  }
}

const rejected = (reason: 'too-large' | 'no-text' | 'too-many-members'): Found => ({
  kind: 'rejected',
  name: null,
  reason,
  advice: ADVICE[reason],
});
