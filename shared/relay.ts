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
import { forEachBounded, OutOfTime } from './bounded.ts';
import type { Log } from './log.ts';
import type { Meter } from './metrics.ts';
import type { Bulletin, Hand, Message, Outbox, Settled } from './ports.ts';
import type { Held, Mutes, Rate } from './rate.ts';
import type { ArticleRecord, StoredAlert } from './record.ts';
import type { StoryBook } from './story/book.ts';
import { placeStory } from './story/place-story.ts';
import { MAX_SHOWN, summaryOf } from './summary.ts';

export interface RelayPorts {
  readonly outbox: Outbox;
  readonly book: StoryBook;
  readonly rate: Rate;
  readonly mutes: Mutes;
  readonly bulletin: Bulletin;
  readonly log: Log;
  readonly meter: Meter;
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
export async function relay(
  ports: RelayPorts,
  articleId: string,
  hand: Hand = 'stream',
): Promise<void> {
  const { outbox, meter, now } = ports;
  const record = await outbox.read(articleId);
  const pending = record?.alerts.filter(({ state }) => state === 'PENDING') ?? [];
  if (record === null || pending.length === 0) return;
  if (isContested(pending, now()) && !(await hold(ports, articleId, hand))) return;

  const settled: Settled[] = [];
  try {
    for (const alert of pending) {
      meter.add('PendingAge', (now().getTime() - Date.parse(alert.createdAt)) / 1000);
      const outcome = await relayAlert(ports, record, alert);
      if (outcome !== null) settled.push(outcome);
    }
  } finally {
    // What SNS took is marked even when the next one failed: the retry must not send it again.
    if (settled.length > 0) await outbox.settle(record, settled);
  }
  for (const one of settled) report(ports, record, one);
}

/**
 * After an outage the stream works off what it missed while the sweep does the same. An alert that is young is the
 * stream's alone, which spares it the write; half of what the sweep waits is far more than a run of the relay takes.
 */
function isContested(pending: readonly StoredAlert[], now: Date): boolean {
  return pending.some(({ createdAt }) => now.getTime() - Date.parse(createdAt) > OVERDUE_MS / 2);
}

/** Longer than any run of the relay (a minute): who has not finished by then is dead. */
const HOLD_MS = 90_000;

function hold({ outbox, now }: RelayPorts, articleId: string, hand: Hand): Promise<boolean> {
  const at = now();
  return outbox.hold(articleId, hand, at, new Date(at.getTime() + HOLD_MS));
}

function report({ log, meter, now }: RelayPorts, record: ArticleRecord, settled: Settled): void {
  const { rule, state, messageId, reason, story, update } = settled;
  if (state === 'SENT') {
    const event = record.alerts.find((alert) => alert.rule === rule)?.event ?? 0;
    meter.add('AlertsSent', 1, record.events[event]?.topic);
    meter.add('UploadToAlert', now().getTime() - Date.parse(record.object.uploadedAt));
  }
  if (state === 'FAILED') meter.add('AlertsFailed');
  if (state === 'SUPPRESSED') meter.add('Suppressed');
  const id = alertId(record.id, rule);
  log.info('alert', { alertId: id, state, messageId, reason, story, update });
}

/** What becomes of one pending alert; null when it has to wait for the next sweep. */
async function relayAlert(
  ports: RelayPorts,
  record: ArticleRecord,
  alert: StoredAlert,
): Promise<Settled | null> {
  const { rate, mutes, bulletin, now, wait } = ports;
  const decided = (state: Settled['state'], fields: Partial<Settled>): Settled => ({
    ...{ rule: alert.rule, state, at: now().toISOString(), attempts: alert.attempts },
    ...{ messageId: null, reason: null, story: null, update: null },
    ...fields,
  });
  const { topic, quote } = shownEvent(record, alert);
  if ((await mutes.until([alert.rule, topic], now())) !== null)
    return decided('SUPPRESSED', { reason: 'muted' });
  if (quote.trim() === '') return decided('FAILED', { reason: 'there is no evidence to show' });

  const placed = await placeStory(ports, record, alert);
  if (placed.kind === 'copy')
    return decided('SUPPRESSED', { reason: 'story', story: placed.story.id });
  if (placed.kind === 'moot') return decided('SUPPRESSED', { reason: 'nothing-told' });
  const continued = placed.kind === 'update' ? placed : null;
  const story = continued?.story.id ?? null;

  if (!(await rate.admit(alert.rule, alertId(record.id, alert.rule), now())))
    return decided('SUPPRESSED', { reason: 'summary', story });
  const turn = await rate.turn(now());
  if (turn === null) return null;
  if (turn > 0) await wait(turn);

  const published = await bulletin.publish(messageOf(record, alert, continued, ports.language));
  if (published.kind === 'published') {
    const { messageId } = published;
    return decided('SENT', { messageId, story, update: continued?.update.why ?? null });
  }
  const attempts = alert.attempts + 1;
  const state = attempts < MAX_REFUSALS ? 'PENDING' : 'FAILED';
  return decided(state, { reason: published.reason, attempts });
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
export const OVERDUE_MS = 10 * 60_000;

/**
 * Sends what the stream missed (the table, not the stream, is the truth about what is pending), then the summaries of
 * what was held back.
 * @returns how many articles it sent for.
 * @throws Error once all are tried, when some failed: one that cannot be sent must not hide those behind it.
 */
export async function sweep(ports: RelayPorts, hasTime: () => boolean): Promise<number> {
  const { outbox, rate, meter, now } = ports;
  meter.add('Sweeps');
  let swept = 0;
  const overdue = outbox.overdue(new Date(now().getTime() - OVERDUE_MS));
  const send = async (id: string) => {
    await relay(ports, id, 'sweep');
    swept += 1;
  };
  try {
    await forEachBounded(overdue, 1, send, hasTime);
    await forEachBounded(await rate.held(now()), 1, (held) => tellHeld(ports, held), hasTime);
  } catch (error) {
    // The next sweep goes on from here.
    if (!(error instanceof OutOfTime)) throw error;
  }
  return swept;
}

/** Sends one summary in place of the alerts that were too many. */
async function tellHeld(ports: RelayPorts, held: Held): Promise<void> {
  const { outbox, rate, bulletin, log, now, language } = ports;
  const messages: AlertMessage[] = [];
  for (const id of held.alertIds.slice(0, MAX_SHOWN)) {
    const parts = alertIdParts(id);
    const record = parts && (await outbox.read(parts.articleId));
    const alert = record?.alerts.find(({ rule }) => rule === held.rule);
    if (record && alert) messages.push(alertMessage(record, alert, null));
  }
  const [first, ...others] = messages;
  // All of them were deleted meanwhile: nothing is left to tell.
  if (first === undefined) return rate.release(held);
  const published = await bulletin.publish(summaryOf(held, [first, ...others], now(), language));
  if (published.kind === 'refused')
    throw new Error(`the summary of ${held.rule} was refused: ${published.reason}`);
  await rate.release(held);
  const alerts = held.alertIds.length + held.more;
  log.info('summary', { rule: held.rule, alerts, messageId: published.messageId });
}
