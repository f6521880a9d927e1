import type { Article } from '../../shared/article.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import { forEachBounded } from '../../shared/bounded.ts';
import { createClassifier } from '../../shared/classify/classify.ts';
import type { ArticleRecord } from '../../shared/record.ts';
import type { Watchlist } from '../../shared/watchlist/artifact.ts';
import type { textReader } from '../article-text.ts';
import type { Preview, PreviewedAlert } from './api.ts';

/** Articles of the sample: the newest of the month. Reading them anew takes some milliseconds each. */
const SAMPLE = 500;
const SAMPLE_MS = 30 * 86_400_000;
/** Texts that are kept for the next preview: a sample, and what came since. */
const KEPT = 2 * SAMPLE;
/** Objects that are read at once. */
const WIDTH = 8;

interface PreviewPorts {
  readonly archive: Pick<ArchiveReader, 'entries' | 'records'>;
  readonly reread: ReturnType<typeof textReader>;
  readonly now: () => Date;
}

/** Compares two watchlists on the articles that are stored. */
export function previewer({ archive, reread, now }: PreviewPorts) {
  const texts = new Map<string, Article | null>();

  async function read(record: ArticleRecord): Promise<void> {
    const found = await reread(record);
    texts.set(record.id, found.kind === 'text' ? found.article : null);
  }

  async function sample(): Promise<string[]> {
    const until = now().getTime() + 1;
    const range = { since: new Date(until - SAMPLE_MS), until: new Date(until) };
    const ids: string[] = [];
    for await (const { id } of archive.entries(range)) {
      ids.push(id);
      if (ids.length === SAMPLE) break;
    }
    return ids;
  }

  return async (live: Watchlist, draft: Watchlist): Promise<Preview> => {
    const ids = await sample();
    const unread = await archive.records(ids.filter((id) => !texts.has(id)));
    await forEachBounded(unread, WIDTH, read);
    for (const id of texts.keys()) {
      if (texts.size <= KEPT) break;
      texts.delete(id);
    }
    const [before, after] = [alertsBy(live), alertsBy(draft)];
    const gained: PreviewedAlert[] = [];
    const lost: PreviewedAlert[] = [];
    let classified = 0;
    for (const id of ids) {
      const article = texts.get(id);
      if (!article) continue;
      classified += 1;
      const [was, is] = [before(article), after(article)];
      for (const [rule, alert] of is) if (!was.has(rule)) gained.push(alert);
      for (const [rule, alert] of was) if (!is.has(rule)) lost.push(alert);
    }
    return { articles: classified, sample: SAMPLE, gained, lost };
  };
}

/** What a watchlist would alert on: one event a rule. */
function alertsBy(watchlist: Watchlist) {
  const classify = createClassifier(watchlist);
  return (article: Article): ReadonlyMap<string, PreviewedAlert> =>
    new Map(
      classify(article)
        .events.filter(({ alert, shadow }) => alert && !shadow)
        .map(({ rule, topic, status, sentence }) => [
          rule,
          {
            id: article.id,
            title: article.title,
            lang: article.lang,
            rule,
            topic,
            status,
            sentence: sentence.text,
          },
        ]),
    );
}
