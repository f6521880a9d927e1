import {
  type AlertMessage,
  alertAttributes,
  alertId,
  alertIdParts,
  alertMessage,
  type Continued,
  shownEvent,
} from './alert.ts';
import type { AlertLanguage } from './alert-labels.ts';
import { alertEmail, alertSms, alertSubject } from './alert-text.ts';
import type { Log } from './log.ts';
import type { Bulletin, Message, Outbox, Settled } from './ports.ts';
import type { Mutes, Rate } from './rate.ts';
import type { ArticleRecord, StoredAlert } from './record.ts';
import { placeStory, type StoryBook } from './story/place-story.ts';
import { MAX_SHOWN, summaryOf } from './summary.ts';

export interface RelayPorts {
  readonly outbox: Outbox;
  readonly book: StoryBook;
  readonly rate: Rate;
  readonly mutes: Mutes;
  readonly bulletin: Bulletin;
  readonly log: Log;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly language: AlertLanguage;
}

/** How often a message that SNS refuses for good is tried: it may be our own fault, mended by a deploy. */
const MAX_REFUSALS = 3;

/**
 * Decides and publishes every pending alert of an article, and marks it. Safe to run twice: it reads the state first,
 * and marks after SNS took the message, so that a crash between repeats an alert and never loses one.
 */
export async function relay(ports: RelayPorts, articleId: string): Promise<void> {
  const { outbox, log } = ports;
  const record = await outbox.read(articleId);
  const pending = record?.alerts.filter(({ state }) => state === 'PENDING') ?? [];
  if (record === null || pending.length === 0) return;

  const settled: Settled[] = [];
  for (const alert of pending) {
    const outcome = await relayAlert(ports, record, alert);
    if (outcome !== null) settled.push(outcome);
  }
  if (settled.length > 0) await outbox.settle(record, settled);
  for (const { rule, state, messageId, reason, story, update } of settled)
    log.info('alert', {
      alertId: alertId(record.id, rule),
      state,
      messageId,
      reason,
      story,
      update,
    });
}

/** What becomes of one pending alert; null when it has to wait for the next sweep. */
async function relayAlert(
  ports: RelayPorts,
  record: ArticleRecord,
  alert: StoredAlert,
): Promise<Settled | null> {
  const { rate, mutes, bulletin, now, wait } = ports;
  if ((await mutes.until(alert.rule, now())) !== null) return quiet(alert, now(), 'muted', null);
  if (shownEvent(record, alert).quote.trim() === '')
    return { ...quiet(alert, now(), 'no evidence to show', null), state: 'FAILED' };

  const placed = await placeStory(ports, record, alert);
  if (placed.kind === 'copy') return quiet(alert, now(), 'story', placed.story.id);
  const continued = placed.kind === 'update' ? placed : null;
  const story = continued?.story.id ?? null;

  if (!(await rate.admit(alert.rule, alertId(record.id, alert.rule), now())))
    return quiet(alert, now(), 'summary', story);
  const turn = await rate.turn(now());
  if (turn === null) return null;
  if (turn > 0) await wait(turn);

  const published = await bulletin.publish(messageOf(record, alert, continued, ports.language));
  const at = now().toISOString();
  const { rule, attempts } = alert;
  const update = continued?.update.why ?? null;
  if (published.kind === 'published') {
    const { messageId } = published;
    return { rule, state: 'SENT', at, messageId, reason: null, attempts, story, update };
  }
  const tried = attempts + 1;
  const state = tried < MAX_REFUSALS ? 'PENDING' : 'FAILED';
  const { reason } = published;
  return { rule, state, at, messageId: null, reason, attempts: tried, story: null, update: null };
}

function quiet(
  { rule, attempts }: StoredAlert,
  now: Date,
  reason: string,
  story: string | null,
): Settled {
  const at = now.toISOString();
  return { rule, state: 'SUPPRESSED', at, messageId: null, reason, attempts, story, update: null };
}

/** The alert in all its forms. @param continued the story when it was told before, else null. */
export function messageOf(
  record: ArticleRecord,
  alert: StoredAlert,
  continued: Continued | null,
  language: AlertLanguage,
): Message {
  const message = alertMessage(record, alert, continued);
  return {
    subject: alertSubject(message, language),
    json: JSON.stringify(message),
    email: alertEmail(message, language),
    sms: alertSms(message, language),
    attributes: alertAttributes(message, continued),
  };
}

/** An alert that waits longer than this was missed by the stream; younger ones are still on their way. */
const OVERDUE_MS = 10 * 60_000;

/**
 * Sends what the stream missed (the table, not the stream, is the truth about what is pending), and the summaries of
 * what was held back.
 * @returns how many articles were looked at.
 */
export async function sweep(ports: RelayPorts, hasTime: () => boolean): Promise<number> {
  let swept = 0;
  for await (const id of ports.outbox.overdue(new Date(ports.now().getTime() - OVERDUE_MS))) {
    if (!hasTime()) return swept;
    await relay(ports, id);
    swept += 1;
  }
  await summarize(ports, hasTime);
  return swept;
}

async function summarize(ports: RelayPorts, hasTime: () => boolean): Promise<void> {
  const { outbox, rate, bulletin, log, now, language } = ports;
  for (const held of await rate.held(now())) {
    if (!hasTime()) return;
    const messages: AlertMessage[] = [];
    for (const id of held.alertIds.slice(0, MAX_SHOWN)) {
      const parts = alertIdParts(id);
      const record = parts && (await outbox.read(parts.articleId));
      const alert = record?.alerts.find(({ rule }) => rule === held.rule);
      if (record && alert) messages.push(alertMessage(record, alert, null));
    }
    const [first, ...others] = messages;
    // All of them were deleted meanwhile: nothing is left to tell.
    if (first !== undefined) {
      const published = await bulletin.publish(
        summaryOf(held, [first, ...others], now(), language),
      );
      log.info('summary', {
        rule: held.rule,
        alerts: held.alertIds.length + held.more,
        ...published,
      });
    }
    await rate.release(held);
  }
}
