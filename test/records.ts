import type { ArticleRecord, StoredAlert, StoredEvent } from '../shared/record.ts';

/** An event as it is stored: A general visited a minister. */
export const EVENT: StoredEvent = {
  topic: 'visit',
  title: {},
  rule: 'visit-abroad',
  ruleVersion: 1,
  severity: 'high',
  status: 'asserted',
  source: [{ id: 'general', text: 'القائد' }],
  target: [{ id: null, text: 'الوزير' }],
  place: null,
  attribution: null,
  quote: 'زار القائد الوزير',
  start: 10,
  end: 27,
  sentence: 'زار القائد الوزير يوم الأحد.',
  confidence: 0.9,
  salience: 'lead',
  codes: {},
  shadow: false,
};

export const PENDING: StoredAlert = {
  rule: 'visit-abroad',
  state: 'PENDING',
  event: 0,
  createdAt: '2026-11-22T08:00:01.000Z',
  reason: null,
  sentAt: null,
  messageId: null,
  attempts: 0,
  story: null,
  update: null,
  replayed: false,
  correction: false,
  dedupe: null,
};

/** An article with one pending alert, unless told otherwise. */
export function recordLike(some: Partial<ArticleRecord> = {}): ArticleRecord {
  return {
    id: 'AAAAAAAAAAAAAAAAAAAAAA',
    title: 'القائد في زيارة',
    lang: 'ar',
    source: null,
    byline: null,
    url: null,
    published: null,
    seenAt: '2026-11-22T08:00:01.000Z',
    object: {
      bucket: 'inbox',
      key: 'خبر 1.txt',
      versionId: 'v1',
      uploadedAt: '2026-11-22T08:00:00.000Z',
      member: 0,
    },
    labels: ['visit'],
    events: [EVENT],
    eventsLeftOut: 0,
    alerts: [PENDING],
    parserVersion: '1',
    watchlistVersion: 'w1',
    fingerprint: null,
    ...some,
  };
}
