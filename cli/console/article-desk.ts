import { type Article, articleText } from '../../shared/article.ts';
import { childIsolate } from '../../shared/node/isolate.ts';
import { bytesAllowed } from '../../shared/parse/bounds.ts';
import { decodeText } from '../../shared/parse/decode-text.ts';
import { binaryFormat } from '../../shared/parse/format.ts';
import { parse } from '../../shared/parse/parse.ts';
import type { Upload } from '../../shared/parse/reading.ts';
import type { Inbox, Outbox } from '../../shared/ports.ts';
import type { ArticleRecord, StoredEvent } from '../../shared/record.ts';
import type { ConsoleApi, Mark } from './api.ts';

const CHILD = new URL('../../shared/node/isolate-child.ts', import.meta.url);
/** Letters of an uploaded file that are shown: a long article has 20,000. */
const MAX_ORIGINAL = 200_000;

export interface ArticleDesk extends Pick<ConsoleApi, 'article' | 'original'> {
  /** The article as the parser reads it today; null when its upload, or the article, is gone. */
  read(id: string): Promise<Article | null>;
}

/** One article: its record from the table, its text from the very version of the upload. */
export function articleDesk(outbox: Pick<Outbox, 'read'>, inbox: Inbox): ArticleDesk {
  async function upload({ object }: ArticleRecord): Promise<Upload | null> {
    const stored = { ...object, size: null, rescore: false, tellNew: false };
    const answer = await inbox.read(stored, bytesAllowed(object.key));
    return answer.kind === 'object' ? answer.upload : null;
  }
  return {
    async article(id) {
      const record = await outbox.read(id);
      if (record === null) return null;
      const article = await articleIn(await upload(record), record.object.member);
      if (article === null) return { record, text: null, marks: [], unplaced: [] };
      const { title, body, dropped, warnings } = article;
      return {
        record,
        text: { title, body, dropped, warnings },
        ...marksOf(record.events, articleText(article)),
      };
    },
    async original(id) {
      const record = await outbox.read(id);
      const file = record && (await upload(record));
      if (file === null) return null;
      const bytes = file.bytes.byteLength;
      if (binaryFormat(file.bytes) !== null) return { text: null, isCut: false, bytes };
      const { text } = decodeText(file.bytes);
      return { text: text.slice(0, MAX_ORIGINAL), isCut: text.length > MAX_ORIGINAL, bytes };
    },
    async read(id) {
      const record = await outbox.read(id);
      return record && articleIn(await upload(record), record.object.member);
    },
  };
}

async function articleIn(upload: Upload | null, member: number): Promise<Article | null> {
  if (upload === null) return null;
  for await (const reading of parse(upload, { isolate: childIsolate(CHILD) }))
    if (reading.member === member) return reading.kind === 'article' ? reading.article : null;
  return null;
}

/** Where the events' words stand; one whose words are elsewhere or gone is not marked at all. */
export function marksOf(
  events: readonly Pick<StoredEvent, 'quote' | 'start' | 'end'>[],
  text: string,
): { readonly marks: readonly Mark[]; readonly unplaced: readonly number[] } {
  const marks: Mark[] = [];
  const unplaced: number[] = [];
  events.forEach(({ quote, start, end }, event) => {
    const found = text.slice(start, end);
    // A very long quote is stored cut, with an ellipsis.
    const isIt = found === quote || (quote.endsWith('…') && found.startsWith(quote.slice(0, -1)));
    if (isIt) marks.push({ event, start, end });
    else unplaced.push(event);
  });
  return { marks, unplaced };
}
