import type { ArticleView, ConsoleApi, Health } from '../../cli/console/api.ts';
import { archiveDesk } from '../../cli/console/archive-desk.ts';
import { liveDesk } from '../../cli/console/live-desk.ts';
import { articleText } from '../../shared/article.ts';
import type { ArticleRecord, StoredEvent } from '../../shared/record.ts';
import { watchlistSchema } from '../../shared/watchlist/schema.ts';
import { EVENT, PENDING, recordLike } from '../records.ts';
import { type Shelf, shelfOf } from './shelf.ts';

/** A console without a stack behind it: its archive is in memory, and as large as a test wants. */
export interface Newsroom extends ConsoleApi {
  readonly shelf: Shelf;
  print(view: ArticleView): void;
  /** Its stack answers nothing until this is called again with null. */
  fail(error: Error | null): void;
}

/** Noon on the day of the newest articles. */
export const NOW = new Date('2026-11-20T12:00:00.000Z');

const HEALTH: Health = {
  queues: [
    { name: 'UploadsQueue', waiting: 12, inFlight: 3 },
    { name: 'RelayFailedQueue', waiting: 1, inFlight: 0 },
  ],
  pending: 2,
  failed: 1,
  lastSeenAt: NOW.toISOString(),
  watchlist: { version: '5abb81b99aef', rules: 15, isOwn: true, isBroken: true },
  quarantine: [
    {
      key: 'source=الأفق/ملف طويل الاسم جدا_وبلا_مسافات_تقريبا_حتى_لا_ينكسر_السطر.pdf',
      versionId: 'v1',
      member: 2,
      name: 'page 3',
      reason: 'scan-without-text',
      advice: 'The pages are pictures without a text layer.',
      at: NOW.toISOString(),
    },
  ],
};

export function newsroom(records: readonly ArticleRecord[]): Newsroom {
  const shelf = shelfOf(records);
  const views = new Map<string, ArticleView>();
  const { feed, chart } = archiveDesk(
    shelf,
    async () => () => 'notice',
    () => NOW,
  );
  const { live } = liveDesk(shelf, true, () => NOW);
  let failure: Error | null = null;
  const or = async <Value>(value: () => Promise<Value> | Value): Promise<Value> => {
    if (failure !== null) throw failure;
    return value();
  };
  const notHere = () => Promise.reject(new Error('there is none of it in this newsroom'));
  return {
    ...{ explain: notHere, upload: notHere, redrive: notHere, preview: notHere },
    ...{
      tryOut: notHere,
      put: notHere,
      backToShipped: notHere,
      version: notHere,
      falseAlarm: notHere,
    },
    health: () => or(() => HEALTH),
    watchlist: () =>
      or(() => ({
        yaml: 'include: [default]\nrules:\n  - id: strike\n    sevrity: high\n',
        versions: ['v2', 'v1'].map((versionId) => ({
          versionId,
          at: NOW.toISOString(),
          bytes: 60,
          isLatest: versionId === 'v2',
          isShipped: false,
        })),
        schema: watchlistSchema(),
      })),
    check: async () => ({
      problems: [
        {
          file: 'watchlist.yaml',
          line: 4,
          column: 5,
          message: 'a rule has no sevrity',
          hint: 'severity',
        },
      ],
      rules: 0,
    }),
    chart: (query) => or(() => chart(query)),
    feed: (query, after) => or(() => feed(query, after)),
    about: () =>
      or(() => ({
        target: 'a newsroom',
        isLocal: true,
        topics: [
          { id: 'visit', title: { en: 'Visit', ar: 'زيارة' }, severity: 'notice' },
          {
            id: 'weapons-request',
            title: { en: 'Weapons request', ar: 'طلب سلاح' },
            severity: 'high',
          },
        ],
        actors: {
          haftar: { en: 'Khalifa Haftar', ar: 'خليفة حفتر' },
          russia: { en: 'Russia', ar: 'روسيا' },
        },
      })),
    live: (...told) => or(() => live(...told)),
    article: (id) => or(() => views.get(id) ?? null),
    original: async (id) => ({ text: views.get(id)?.text?.body ?? '', isCut: false, bytes: 8 }),
    shelf,
    print: (view) => void views.set(view.record.id, view),
    fail(error) {
      failure = error;
    },
  };
}

/** An article, plain but for what is given. */
export function plainRecord(given: Partial<ArticleRecord> & Pick<ArticleRecord, 'id'>) {
  return recordLike({
    title: `عنوان الخبر ${given.id}`,
    source: 'مرصد الأخبار',
    seenAt: '2026-11-20T10:00:00.000Z',
    ...{ labels: [], events: [], alerts: [] },
    ...given,
  });
}

/** An article about a planned visit of Haftar to Russia that has alerted. */
export function visitRecord(given: Partial<ArticleRecord> & Pick<ArticleRecord, 'id'>) {
  return plainRecord({
    ...{ lang: 'en', source: 'Daily Gazette', labels: ['visit'] },
    events: [VISIT],
    alerts: [{ ...PENDING, state: 'SENT', sentAt: NOW.toISOString() }],
    ...given,
  });
}

const VISIT: StoredEvent = {
  ...EVENT,
  ...{ topic: 'visit', status: 'planned', severity: 'notice' },
  source: [{ id: 'haftar', text: 'Haftar' }],
  target: [{ id: 'russia', text: 'Russia' }],
};

/** An article in which each `[[quote]]` of the body is the evidence of one event. */
export function viewOf(
  id: string,
  title: string,
  marked: string,
  events: readonly Partial<StoredEvent>[],
): ArticleView {
  const body = marked.replaceAll(/\[\[|\]\]/g, '');
  const text = articleText({ title, body });
  const quotes = [...marked.matchAll(/\[\[(.*?)\]\]/gs)].map(([, quote = '']) => quote);
  const stored = quotes.map((quote, i): StoredEvent => {
    const start = text.indexOf(quote);
    const place = { quote, start, end: start + quote.length };
    return { ...EVENT, rule: 'visit', source: [], target: [], ...place, ...events[i] };
  });
  const labels = [...new Set(stored.map(({ topic }) => topic))].sort();
  return {
    record: plainRecord({ id, title, labels, events: stored }),
    text: { title, body, dropped: [], warnings: [] },
    marks: stored.map(({ start, end }, event) => ({ event, start, end })),
    unplaced: [],
    story: [],
    copies: [],
  };
}
