import { articleText } from '../../shared/article.ts';
import type { ArchiveReader, WholeArticle } from '../../shared/aws/dynamodb-reader.ts';
import { explain } from '../../shared/classify/explain.ts';
import { bytesAllowed } from '../../shared/parse/bounds.ts';
import { decodeText } from '../../shared/parse/decode-text.ts';
import { binaryFormat } from '../../shared/parse/format.ts';
import { Refusal } from '../../shared/parse/refusal.ts';
import type { Inbox } from '../../shared/ports.ts';
import type { ArticleRecord, StoredEvent } from '../../shared/record.ts';
import type { Story } from '../../shared/story/story.ts';
import type { textReader } from '../article-text.ts';
import type { ConsoleApi, FeedRow, Mark } from './api.ts';
import { rowOfRecord } from './feed-row.ts';
import { type InForce, nameOf } from './watchlist-in-force.ts';

/** Letters of an uploaded file that are shown: a long article has 20,000. */
const MAX_ORIGINAL = 200_000;

interface ArticlePorts {
  readonly archive: Pick<ArchiveReader, 'whole' | 'records'>;
  readonly inbox: Inbox;
  readonly reread: ReturnType<typeof textReader>;
  readonly inForce: () => Promise<InForce>;
}

/** One article: its record from the table, its text from the very version of the upload. */
export function articleDesk({
  archive,
  inbox,
  reread,
  inForce,
}: ArticlePorts): Pick<ConsoleApi, 'article' | 'original' | 'explain'> {
  const recordOf = async (id: string) => (await archive.records([id]))[0] ?? null;
  return {
    async article(id) {
      const whole = await archive.whole(id);
      if (whole === null) return null;
      const { record, receipts } = whole;
      const read = await reread(record);
      const copies = receipts.map(({ key, seenAt }) => ({ key, seenAt }));
      const around = { record, copies, story: await storyOf(archive, whole) };
      if (read.kind === 'missing') return { ...around, text: null, marks: [], unplaced: [] };
      const { title, body, dropped, warnings } = read.article;
      const text = { title, body, dropped, warnings };
      return { ...around, text, ...marksOf(record.events, articleText(read.article)) };
    },
    async explain(id) {
      const record = await recordOf(id);
      const read = record && (await reread(record));
      if (read?.kind !== 'text') return null;
      const { watchlist } = await inForce();
      return explain(watchlist, read.article).flatMap(({ rule, outcome, because }, i) => {
        if (outcome === 'no-word' || outcome === 'words-missing') return [];
        const isMatch = outcome === 'matched';
        const title = nameOf(watchlist.rule(i));
        const reasons = isMatch ? [] : [...new Set(because)];
        return { rule, title, outcome: isMatch ? 'matched' : 'nearly', because: reasons };
      });
    },
    async original(id) {
      const record = await recordOf(id);
      if (record === null) return null;
      const stored = { ...record.object, size: null, rescore: false, tellNew: false };
      const answer = await inbox.read(stored, bytesAllowed(record.object.key));
      if (answer.kind !== 'object') return null;
      const { bytes } = answer.upload;
      const text = textOf(bytes);
      return {
        text: text?.slice(0, MAX_ORIGINAL) ?? null,
        isCut: (text ?? '').length > MAX_ORIGINAL,
        bytes: bytes.byteLength,
      };
    },
  };
}

/** null for what is not text. */
function textOf(bytes: Uint8Array): string | null {
  if (binaryFormat(bytes) !== null) return null;
  try {
    return decodeText(bytes).text;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The other articles of the stories that it began or joined. */
async function storyOf(
  archive: ArticlePorts['archive'],
  { record, stories }: WholeArticle,
): Promise<readonly FeedRow[]> {
  const joined = new Set(record.alerts.flatMap(({ story }) => story ?? []));
  const wholes = await Promise.all([...joined].map((id) => archive.whole(id)));
  const all: Story[] = [...stories, ...wholes.flatMap((whole) => whole?.stories ?? [])];
  const topics = new Set(record.alerts.map(({ event }) => record.events[event]?.topic));
  const members = all.filter(({ topic }) => topics.has(topic)).flatMap((story) => story.members);
  const ids = new Set(members.map(({ id }) => id));
  ids.delete(record.id);
  return (await archive.records([...ids])).map((other: ArticleRecord) => rowOfRecord(other));
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
