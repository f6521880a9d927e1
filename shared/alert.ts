import { clip } from './clip.ts';
import {
  type ArticleRecord,
  actorIds,
  alertOn,
  type StoredAlert,
  type StoredEvent,
  type StoredParty,
  type UpdateReason,
} from './record.ts';
import { siteOf } from './site.ts';
import { articlesOf, type Story, sourcesOf, type Update } from './story/story.ts';

/** The alert as machines read it; `docs/alert.schema.json` is its published schema. */
export interface AlertMessage {
  readonly v: 1;
  readonly type: 'rasid.alert';
  /** `<articleId>:<ruleId>`: consumers dedupe by it. */
  readonly alertId: string;
  /** `updated`: the story was told before, by the alert that `update.first` names. */
  readonly kind: 'new' | 'updated';
  readonly createdAt: string;
  readonly rule: Readonly<{
    id: string;
    version: number;
    topic: string;
    title: StoredEvent['title'];
    severity: StoredEvent['severity'];
  }>;
  readonly event: Readonly<{
    status: StoredEvent['status'];
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
    /** As filters name the source. */
    site: string;
    url: string | null;
    publishedAt: string | null;
    seenAt: string;
    s3: Readonly<{ bucket: string; key: string; versionId: string | null; member: number }>;
  }>;
  /** How many different sites and how many articles tell it, as far as they had come when this was sent. */
  readonly story: Readonly<{ id: string; sources: number; articles: number }>;
  readonly update: Readonly<{
    why: UpdateReason;
    /** The statuses that people were told before, in order. */
    was: readonly StoredEvent['status'][];
    /** The alert that told the story first. */
    first: string;
  }> | null;
  readonly watchlistVersion: string;
  readonly parserVersion: string;
  /** It comes from a replay of the archive, not from today's news. */
  readonly replayed: boolean;
}

/** The story that an alert takes up again. */
export interface Continued {
  readonly story: Story;
  readonly update: Update;
  /** The article that told it first. */
  readonly first: ArticleRecord;
}

/** The id of the one alert that an article has by a rule. */
export function alertId(articleId: string, rule: string): string {
  return `${articleId}:${rule}`;
}

/** Article and rule of an alert's id; null when it is none. */
export function alertIdParts(id: string): { articleId: string; rule: string } | null {
  const [, articleId, rule] = /^([\w-]{22}):(.+)$/.exec(id) ?? [];
  return articleId === undefined || rule === undefined ? null : { articleId, rule };
}

/** The event that an alert shows. @throws Error when the record has no such event: an alert needs its evidence. */
export function shownEvent(record: ArticleRecord, alert: StoredAlert): StoredEvent {
  const event = record.events[alert.event];
  if (event === undefined)
    throw new Error(`alert ${alertId(record.id, alert.rule)} points at event ${alert.event}`);
  return event;
}

/** The message of an alert, short enough to be sent. @param continued the story when it was told before, else null. */
export function alertMessage(
  record: ArticleRecord,
  alert: StoredAlert,
  continued: Continued | null,
): AlertMessage {
  const event = shownEvent(record, alert);
  const { bucket, key, versionId, member } = record.object;
  return fitted({
    v: 1,
    type: 'rasid.alert',
    alertId: alertId(record.id, alert.rule),
    kind: continued === null ? 'new' : 'updated',
    createdAt: alert.createdAt,
    rule: {
      id: event.rule,
      version: event.ruleVersion,
      topic: event.topic,
      title: event.title,
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
      site: siteOf(record),
      url: record.url,
      publishedAt: record.published?.value ?? null,
      seenAt: record.seenAt,
      s3: { bucket, key, versionId, member },
    },
    story:
      continued === null
        ? { id: record.id, sources: 1, articles: 1 }
        : {
            id: continued.story.id,
            sources: sourcesOf(continued.story),
            articles: articlesOf(continued.story),
          },
    update:
      continued === null
        ? null
        : {
            ...continued.update,
            first: alertId(continued.first.id, alertOn(continued.first, event.topic)?.rule ?? ''),
          },
    watchlistVersion: record.watchlistVersion,
    parserVersion: record.parserVersion,
    replayed: alert.replayed,
  });
}

/**
 * Bytes of the JSON. The whole publication repeats it once quoted and adds the e-mail: it stays under the 32 KB that we
 * promise, and far under the 256 KB that SNS takes.
 */
const MAX_JSON_BYTES = 10 * 1024;
/** Lengths to cut texts to, in letters, until the message fits; Arabic has two bytes a letter. */
const CUTS = [600, 300, 120];
/** A URL that long is a tracking record; shorter ones are never cut, since half a link leads nowhere. */
const MAX_URL = 1000;
const MAX_PARTIES = 10;

/** The message with its texts cut as far as it takes: the evidence shrinks, it is never dropped. */
function fitted(message: AlertMessage): AlertMessage {
  let fit = message;
  for (const max of CUTS) {
    if (Buffer.byteLength(JSON.stringify(fit)) <= MAX_JSON_BYTES) return fit;
    const cut = (text: string) => clip(text, max);
    const cutParty = (party: StoredParty) => ({ ...party, text: cut(party.text) });
    const { event, article } = fit;
    fit = {
      ...fit,
      event: {
        ...event,
        source: event.source.slice(0, MAX_PARTIES).map(cutParty),
        target: event.target.slice(0, MAX_PARTIES).map(cutParty),
        place: event.place && cutParty(event.place),
        attribution: event.attribution && cut(event.attribution),
        quote: cut(event.quote),
        sentence: cut(event.sentence),
      },
      article: {
        ...article,
        title: cut(article.title),
        source: article.source && cut(article.source),
        url: article.url !== null && article.url.length > MAX_URL ? null : article.url,
      },
    };
  }
  return fit;
}

/** What a message can be filtered by; several values match a filter that wants any of them. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;

/**
 * What subscribers filter by: ASCII slugs, never Arabic words, because SNS compares bytes. An `updated` alert carries
 * the values of the story's first alert beside its own, so that whoever was told gets the correction.
 */
export function alertAttributes(message: AlertMessage, continued: Continued | null): Attributes {
  const own = valuesOf(message);
  const first = continued === null ? [] : [firstValues(continued, message.rule.topic)];
  const all = (of: (values: Values) => readonly string[]) => [
    ...new Set([own, ...first].flatMap(of)),
  ];
  const single = (values: readonly string[]) => (values.length === 1 ? String(values[0]) : values);
  const actors = all(({ actors }) => actors);
  return {
    topic: message.rule.topic,
    rule: message.rule.id,
    kind: message.kind,
    severity: single(all(({ severity }) => [severity])),
    lang: single(all(({ lang }) => [lang])),
    source: single(all(({ site }) => [site])),
    status: [...new Set([message.event.status, ...(message.update?.was ?? [])])],
    ...(actors.length > 0 ? { actors } : {}),
  };
}

interface Values {
  readonly severity: string;
  readonly lang: string;
  readonly site: string;
  readonly actors: readonly string[];
}

function valuesOf({ rule, event, article }: AlertMessage): Values {
  const { severity } = rule;
  return { severity, lang: article.lang, site: article.site, actors: actorsOf(event) };
}

function firstValues({ first }: Continued, topic: string): Values {
  const alert = alertOn(first, topic);
  const event = alert && first.events[alert.event];
  return {
    severity: event?.severity ?? 'notice',
    lang: first.lang,
    site: siteOf(first),
    actors: event ? actorsOf(event) : [],
  };
}

const actorsOf = ({ source, target }: Pick<StoredEvent, 'source' | 'target'>) =>
  actorIds([...source, ...target]);
