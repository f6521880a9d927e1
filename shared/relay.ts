import { alertAttributes, alertId, alertMessage } from './alert.ts';
import { type AlertLanguage, alertEmail, alertSms, alertSubject } from './alert-text.ts';
import type { Log } from './log.ts';
import type { Bulletin, Message, Outbox, Settled } from './ports.ts';
import type { ArticleRecord, StoredAlert } from './record.ts';

export interface RelayPorts {
  readonly outbox: Outbox;
  readonly bulletin: Bulletin;
  readonly log: Log;
  readonly now: () => Date;
}

/** How often a message that SNS refuses for good is tried: it may be our own fault, mended by a deploy. */
const MAX_REFUSALS = 3;

/**
 * Publishes every pending alert of an article and marks it. Safe to run twice: it reads the state first, and marks
 * after SNS took the message, so that a crash between repeats an alert and never loses one.
 */
export async function relay(
  { outbox, bulletin, log, now }: RelayPorts,
  language: AlertLanguage,
  articleId: string,
): Promise<void> {
  const record = await outbox.read(articleId);
  const pending = record?.alerts.filter(({ state }) => state === 'PENDING') ?? [];
  if (record === null || pending.length === 0) return;

  const settled: Settled[] = [];
  for (const alert of pending) {
    const at = now().toISOString();
    const published = await bulletin.publish(messageOf(record, alert, language));
    settled.push(settle(alert, published, at));
  }
  await outbox.settle(record, settled);
  for (const { rule, state, messageId, reason } of settled)
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

/** Sends what the stream missed: the table, not the stream, is the truth about what is pending. */
export async function sweep(
  ports: RelayPorts,
  language: AlertLanguage,
  hasTime: () => boolean,
): Promise<number> {
  let swept = 0;
  for await (const id of ports.outbox.overdue(new Date(ports.now().getTime() - OVERDUE_MS))) {
    if (!hasTime()) break;
    await relay(ports, language, id);
    swept += 1;
  }
  return swept;
}
