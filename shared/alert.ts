import type { ArticleRecord, StoredAlert, StoredEvent, StoredParty } from './record.ts';

/** The alert as machines read it; `docs/alert.schema.json` is its published schema. */
export interface AlertMessage {
  readonly v: 1;
  readonly type: 'rasid.alert';
  /** `<articleId>:<ruleId>`: consumers dedupe by it. */
  readonly alertId: string;
  readonly kind: 'new';
  readonly createdAt: string;
  readonly rule: Readonly<{ id: string; version: number; topic: string; severity: string }>;
  readonly event: Readonly<{
    status: string;
    source: readonly StoredParty[];
    target: readonly StoredParty[];
    place: StoredParty | null;
    attribution: string | null;
    confidence: number;
    codes: StoredEvent['codes'];
    quote: string;
    sentence: string;
    start: number;
    end: number;
  }>;
  readonly article: Readonly<{
    id: string;
    title: string;
    lang: string;
    source: string | null;
    url: string | null;
    publishedAt: string | null;
    seenAt: string;
    s3: Readonly<{ bucket: string; key: string; versionId: string | null; member: number }>;
  }>;
  readonly watchlistVersion: string;
  readonly parserVersion: string;
}

/** The id of the one alert that an article has by a rule. */
export function alertId(articleId: string, rule: string): string {
  return `${articleId}:${rule}`;
}

/** The event that an alert shows. @throws Error when the record has no such event: an alert needs its evidence. */
export function shownEvent(record: ArticleRecord, alert: StoredAlert): StoredEvent {
  const event = record.events[alert.event];
  if (event === undefined)
    throw new Error(`alert ${alertId(record.id, alert.rule)} points at event ${alert.event}`);
  return event;
}

export function alertMessage(record: ArticleRecord, alert: StoredAlert): AlertMessage {
  const event = shownEvent(record, alert);
  const { bucket, key, versionId, member } = record.object;
  return {
    v: 1,
    type: 'rasid.alert',
    alertId: alertId(record.id, alert.rule),
    kind: 'new',
    createdAt: alert.createdAt,
    rule: {
      id: event.rule,
      version: event.ruleVersion,
      topic: event.topic,
      severity: event.severity,
    },
    event: {
      status: event.status,
      source: event.source,
      target: event.target,
      place: event.place,
      attribution: event.attribution,
      confidence: event.confidence,
      codes: event.codes,
      quote: event.quote,
      sentence: event.sentence ?? event.quote,
      start: event.start,
      end: event.end,
    },
    article: {
      id: record.id,
      title: record.title,
      lang: record.lang,
      source: record.source,
      url: record.url,
      publishedAt: record.published?.value ?? null,
      seenAt: record.seenAt,
      s3: { bucket, key, versionId, member },
    },
    watchlistVersion: record.watchlistVersion,
    parserVersion: record.parserVersion,
  };
}

/**
 * What subscribers filter by: ASCII slugs, never Arabic words, because SNS compares bytes, in letters' case.
 * SNS refuses empty strings, so an unknown source is `unknown`.
 */
export function alertAttributes({
  rule,
  kind,
  event,
  article,
}: AlertMessage): Readonly<Record<string, string | readonly string[]>> {
  const actors = [...event.source, ...event.target].flatMap(({ id }) => (id === null ? [] : [id]));
  return {
    topic: rule.topic,
    rule: rule.id,
    severity: rule.severity,
    kind,
    lang: article.lang,
    source: sourceSlug(article),
    status: [event.status],
    ...(actors.length > 0 ? { actors: [...new Set(actors)] } : {}),
  };
}

/** The site's host without `www.`, else the source's name if it is ASCII, else `unknown`. */
export function sourceSlug({
  url,
  source,
}: Readonly<{ url: string | null; source: string | null }>) {
  if (url !== null && URL.canParse(url)) return new URL(url).hostname.replace(/^www\./, '');
  const slug = (source ?? '').toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  return slug.replaceAll(/^-+|-+$/g, '') || 'unknown';
}
