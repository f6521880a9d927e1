import { type AlertMessage, type Attributes, alertAttributes } from './alert.ts';
import { type AlertLanguage, LABELS } from './alert-labels.ts';
import { footer, topicName, whoToWhom } from './alert-text.ts';
import { clip } from './clip.ts';
import { isolate, plain } from './isolate.ts';
import type { Message } from './ports.ts';
import { type Held, RATE_WINDOW_MS } from './rate.ts';

/** One message in place of the many that a rule would have sent; its schema is in `docs/alert.schema.json`. */
export interface SummaryMessage {
  readonly v: 1;
  readonly type: 'rasid.summary';
  /** `<ruleId>:<when the window began>`: consumers dedupe by it. */
  readonly summaryId: string;
  readonly createdAt: string;
  readonly rule: AlertMessage['rule'];
  readonly window: Readonly<{ from: string; to: string }>;
  /** How many alerts it stands for; `alerts` shows the first few. */
  readonly held: number;
  readonly alerts: readonly Readonly<{
    alertId: string;
    status: AlertMessage['event']['status'];
    source: AlertMessage['event']['source'];
    target: AlertMessage['event']['target'];
    quote: string;
    title: string;
    site: string;
    url: string | null;
  }>[];
}

/** So many alerts a summary shows; with their quotes they stay well under the size of a message. */
export const MAX_SHOWN = 20;
/** SNS compares at most so many values well; a summary of more sources is for everybody anyway. */
const MAX_VALUES = 100;
const MAX_QUOTE = 200;

/** The summary of held alerts in all its forms. @param shown some of them as they would have been sent, at least one. */
export function summaryOf(
  held: Held,
  shown: readonly [AlertMessage, ...AlertMessage[]],
  now: Date,
  language: AlertLanguage,
): Message {
  const message = summaryMessage(held, shown, now);
  const words = LABELS[language];
  const topic = topicName(message.rule.topic, message.rule.title, language);
  const subject = `[${words.severity[message.rule.severity]}] ${words.summary(message.held, topic)}`;
  const listed = message.alerts.map((alert) => {
    const who = whoToWhom(alert, words, ({ text }) => isolate(text));
    const where = alert.url ?? alert.site;
    return `- ${who} (${words.status[alert.status]})\n  ${isolate(alert.title)}\n  ${where}`;
  });
  const rest = message.held - message.alerts.length;
  return {
    subject: plain(clip(subject, 99)),
    json: JSON.stringify(message),
    email: [
      words.summary(message.held, topic),
      words.summaryWhy(RATE_WINDOW_MS / 60_000),
      '',
      ...listed,
      ...(rest > 0 ? [words.more(rest)] : []),
      '',
      ...footer(words, `--topic ${message.rule.topic} --severity high`),
    ].join('\n'),
    sms: clip(plain(subject), 140),
    attributes: summaryAttributes(shown),
  };
}

function summaryMessage(
  { rule, window, alertIds, more }: Held,
  shown: readonly [AlertMessage, ...AlertMessage[]],
  now: Date,
): SummaryMessage {
  const to = new Date(Date.parse(window) + RATE_WINDOW_MS).toISOString();
  return {
    v: 1,
    type: 'rasid.summary',
    summaryId: `${rule}:${window}`,
    createdAt: now.toISOString(),
    rule: shown[0].rule,
    window: { from: window, to },
    held: alertIds.length + more,
    alerts: shown.slice(0, MAX_SHOWN).map(({ alertId, event, article }) => ({
      alertId,
      status: event.status,
      source: event.source.slice(0, 3),
      target: event.target.slice(0, 3),
      quote: clip(event.quote, MAX_QUOTE),
      title: clip(article.title, MAX_QUOTE),
      site: article.site,
      url: article.url !== null && article.url.length > 500 ? null : article.url,
    })),
  };
}

/** A summary reaches whoever would have got one of its alerts. */
function summaryAttributes(shown: readonly AlertMessage[]): Attributes {
  const each = shown.map((message) => alertAttributes(message, null));
  const values = (name: string) =>
    [...new Set(each.flatMap((attributes) => attributes[name] ?? []))].slice(0, MAX_VALUES);
  const all = ['topic', 'rule', 'severity', 'lang', 'source', 'status', 'actors'].flatMap(
    (name): [string, readonly string[]][] =>
      values(name).length > 0 ? [[name, values(name)]] : [],
  );
  return { ...Object.fromEntries(all), kind: 'summary' };
}
