import type { ArticleView, Change, ConsoleApi, FeedRow } from '../../cli/console/api.ts';
import { chartOf } from '../../cli/console/chart.ts';
import { matches } from '../../cli/console/feed-query.ts';
import { articleText } from '../../shared/article.ts';
import type { ArticleRecord, StoredEvent } from '../../shared/record.ts';

/** A console without a stack behind it: as many rows as a test wants, kept in memory. */
export interface Newsroom extends ConsoleApi {
  /** Something happens: every open page hears of it. */
  happen(change: Change): void;
  print(view: ArticleView): void;
}

const PAGE = 200;

export function newsroom(rows: readonly FeedRow[]): Newsroom {
  const listeners = new Set<(change: Change) => void>();
  const views = new Map<string, ArticleView>();
  const notHere = () => Promise.reject(new Error('there is none of it in this newsroom'));
  return {
    ...{ explain: notHere, upload: notHere, fate: notHere, health: notHere, redrive: notHere },
    ...{ watchlist: notHere, check: notHere, tryOut: notHere, preview: notHere, put: notHere },
    ...{ version: notHere, falseAlarm: notHere },
    async chart(query) {
      const found = rows.filter((row) => matches(query, row));
      return chartOf({ rows: found, since: '2026-11-01', until: '2026-11-30', isComplete: true });
    },
    about: async () => ({
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
    }),
    async feed(query, after) {
      const from = Number(after ?? 0);
      const found = rows.filter((row) => matches(query, row));
      const page = found.slice(from, from + PAGE);
      const next = from + PAGE < found.length ? String(from + PAGE) : null;
      return { rows: page, next, read: page.length };
    },
    live(tell, signal) {
      listeners.add(tell);
      return new Promise((done) =>
        signal.addEventListener('abort', () => {
          listeners.delete(tell);
          done();
        }),
      );
    },
    article: async (id) => views.get(id) ?? null,
    original: async (id) => (views.has(id) ? { text: 'the file', isCut: false, bytes: 8 } : null),
    happen(change) {
      for (const tell of listeners) tell(change);
    },
    print: (view) => void views.set(view.record.id, view),
  };
}

/** A row, plain but for what is given. */
export function feedRow(given: Partial<FeedRow> & Pick<FeedRow, 'id'>): FeedRow {
  return {
    title: `عنوان الخبر ${given.id}`,
    lang: 'ar',
    source: 'مرصد الأخبار',
    published: null,
    seenAt: '2026-11-20T10:00:00.000Z',
    topics: [],
    actors: [],
    pairs: null,
    statuses: [],
    severity: null,
    alert: null,
    ...given,
  };
}

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
    return {
      topic: 'visit',
      title: {},
      rule: 'visit',
      ruleVersion: 1,
      severity: 'notice',
      status: 'asserted',
      source: [],
      target: [],
      place: null,
      attribution: null,
      quote,
      start,
      end: start + quote.length,
      sentence: null,
      confidence: 0.9,
      salience: 'body',
      codes: {},
      shadow: false,
      ...events[i],
    };
  });
  const record: ArticleRecord = {
    id,
    title,
    lang: 'ar',
    source: 'مرصد الأخبار',
    byline: null,
    url: null,
    published: null,
    seenAt: '2026-11-20T10:00:00.000Z',
    object: {
      bucket: 'inbox',
      key: `${id}.txt`,
      versionId: 'v1',
      uploadedAt: '2026-11-20T10:00:00.000Z',
      member: 0,
    },
    labels: [...new Set(stored.map(({ topic }) => topic))].sort(),
    events: stored,
    eventsLeftOut: 0,
    alerts: [],
    fingerprint: null,
    parserVersion: '1',
    watchlistVersion: '1',
  };
  return {
    record,
    text: { title, body, dropped: [], warnings: [] },
    marks: stored.map(({ start, end }, event) => ({ event, start, end })),
    unplaced: [],
    story: [],
    copies: [],
  };
}
