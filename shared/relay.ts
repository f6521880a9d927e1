import { alertAttributes, alertId, alertMessage } from './alert.ts';
import { type AlertLanguage, alertEmail, alertSms, alertSubject } from './alert-text.ts';
import { forEachBounded, OutOfTime } from './bounded.ts';
import type { Log } from './log.ts';
import type { Meter } from './metrics.ts';
import type { Bulletin, Message, Outbox, Settled } from './ports.ts';
import type { ArticleRecord, StoredAlert } from './record.ts';

export interface RelayPorts {
  readonly outbox: Outbox;
  readonly bulletin: Bulletin;
  readonly log: Log;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** How often a message that SNS refuses for good is tried: it may be our own fault, mended by a deploy. */
const MAX_REFUSALS = 3;

/**
 * Publishes every pending alert of an article and marks it. Safe to run twice: it reads the state first, and marks
 * after SNS took the message, so that a crash between repeats an alert and never loses one.
 */
export async function relay(
  ports: RelayPorts,
  language: AlertLanguage,
  articleId: string,
): Promise<void> {
  const { outbox, bulletin, meter, now } = ports;
  const record = await outbox.read(articleId);
  const pending = record?.alerts.filter(({ state }) => state === 'PENDING') ?? [];
  if (record === null || pending.length === 0) return;

  const settled: Settled[] = [];
  try {
    for (const alert of pending) {
      meter.add('PendingAge', (now().getTime() - Date.parse(alert.createdAt)) / 1000);
      const published = await bulletin.publish(messageOf(record, alert, language));
      settled.push(settle(alert, published, now().toISOString()));
    }
  } finally {
    // What SNS took is marked even when the next one failed: the retry must not send it again.
    if (settled.length > 0) await outbox.settle(record, settled);
  }
  for (const one of settled) report(ports, record, one);
}

function report({ log, meter, now }: RelayPorts, record: ArticleRecord, settled: Settled): void {
  const { rule, state, messageId, reason } = settled;
  if (state === 'SENT') {
    const event = record.alerts.find((alert) => alert.rule === rule)?.event ?? 0;
    meter.add('AlertsSent', 1, record.events[event]?.topic);
    meter.add('UploadToAlert', now().getTime() - Date.parse(record.object.uploadedAt));
  }
  if (state === 'FAILED') meter.add('AlertsFailed');
  log.info('alert', { alertId: alertId(record.id, rule), state, messageId, reason });
}

function settle(
  { rule, attempts }: StoredAlert,
  published: Awaited<ReturnType<Bulletin['publish']>>,
  at: string,
): Settled {
  if (published.kind === 'published')
    return { rule, state: 'SENT', at, messageId: published.messageId, reason: null, attempts };
  const tried = attempts + 1;
  const state = tried < MAX_REFUSALS ? 'PENDING' : 'FAILED';
  return { rule, state, at, messageId: null, reason: published.reason, attempts: tried };
}

/** The alert in all its forms. */
export function messageOf(
  record: ArticleRecord,
  alert: StoredAlert,
  language: AlertLanguage,
): Message {
  const message = alertMessage(record, alert);
  return {
    subject: alertSubject(message),
    json: JSON.stringify(message),
    email: alertEmail(message, language),
    sms: alertSms(message, language),
    attributes: alertAttributes(message),
  };
}

/** An alert that waits longer than this was missed by the stream; younger ones are still on their way. */
export const OVERDUE_MS = 10 * 60_000;

/**
 * Sends what the stream missed: the table, not the stream, is the truth about what is pending.
 * @throws Error once all are tried, when some failed: one that cannot be sent must not hide those behind it.
 */
export async function sweep(
  ports: RelayPorts,
  language: AlertLanguage,
  hasTime: () => boolean,
): Promise<number> {
  ports.meter.add('Sweeps');
  let swept = 0;
  const overdue = ports.outbox.overdue(new Date(ports.now().getTime() - OVERDUE_MS));
  const send = async (id: string) => {
    await relay(ports, language, id);
    swept += 1;
  };
  try {
    await forEachBounded(overdue, 1, send, hasTime);
  } catch (error) {
    // The next sweep goes on from here.
    if (!(error instanceof OutOfTime)) throw error;
  }
  return swept;
}
