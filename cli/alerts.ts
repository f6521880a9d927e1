import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertId, shownEvent } from '../shared/alert.ts';
import { type ArchiveFilter, entryOf, matchesFilter } from '../shared/archive-query.ts';
import { redriveFailed } from '../shared/aws/dynamodb-outbox.ts';
import type { AlertedKind } from '../shared/aws/dynamodb-reader.ts';
import type { ArticleRecord, StoredAlert, StoredEvent } from '../shared/record.ts';
import {
  ASK_HELP,
  ASK_OPTIONS,
  questionOf,
  reportRead,
  take,
  withArchive,
  withTarget,
} from './ask.ts';
import { command } from './command.ts';
import type { Io } from './io.ts';
import { type TargetChoice, wantTarget } from './target.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid alerts: what people were told, newest first.

  rasid alerts --since 24h
  rasid alerts --topic visit --actor haftar --json
  rasid alerts --all                    those that nobody was sent, too, and why
  rasid alerts --redrive --local        try again what SNS refused for good

${ASK_HELP}`;

/** An alert with the article that it is in and the event that it shows. */
export interface Told {
  readonly record: ArticleRecord;
  readonly alert: StoredAlert;
  readonly event: StoredEvent;
}

const OPTIONS = {
  ...ASK_OPTIONS,
  all: { type: 'boolean', default: false },
  redrive: { type: 'boolean', default: false },
} as const;

/** Lists alerts by the outbox's index. */
export const alertsCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  if (values.redrive) return redrive(values, io);
  const question = questionOf(values, new Date());
  return withArchive(values, async (archive) => {
    const kinds: AlertedKind[] = [
      'SENT',
      'PENDING',
      'FAILED',
      ...(values.all ? ['QUIET' as const] : []),
    ];
    const told = toldOf(archive.alerted(question.range, kinds));
    const answer = await take(
      told,
      question.limit,
      (one) => (values.all || one.alert.state !== 'SUPPRESSED') && isAbout(one, question.filter),
    );
    if (values.json) {
      const { hasMore, found } = answer;
      io.stdout.write(
        `${JSON.stringify({ alerts: found.map(plainAlert), hasMore, read: archive.read })}\n`,
      );
    } else for (const one of answer.found) io.stdout.write(alertLines(one));
    reportRead(io, archive, 'alerts', answer, question);
    return 0;
  });
});

/** The alerts of articles, one by one. */
export async function* toldOf(records: AsyncIterable<ArticleRecord>): AsyncGenerator<Told> {
  for await (const record of records)
    for (const alert of record.alerts) yield { record, alert, event: shownEvent(record, alert) };
}

/** Whether the alert itself, not just its article, is about what was asked for. */
export function isAbout({ record, event }: Told, filter: ArchiveFilter): boolean {
  return matchesFilter(
    { ...entryOf({ ...record, events: [event] }), labels: [event.topic] },
    filter,
  );
}

/** The alert for programs. */
export function plainAlert({ record, alert, event }: Told): Readonly<Record<string, unknown>> {
  return {
    alertId: alertId(record.id, alert.rule),
    ...alert,
    event,
    article: entryOf(record),
  };
}

/** Three lines: state and what happened; the sentence; the headline and whence. */
export function alertLines({ record, alert, event }: Told): string {
  const when = (alert.sentAt ?? alert.createdAt).slice(0, 16).replace('T', ' ');
  const how = [alert.state, alert.update && `update: ${alert.update}`, alert.reason].filter(
    Boolean,
  );
  const state =
    alert.state === 'SENT' ? paint.magenta(how.join(', ')) : paint.yellow(how.join(', '));
  return [
    `${when}  ${state}  [${event.severity}] ${whoToWhom(event)} ${paint.dim(alertId(record.id, alert.rule))}`,
    `  ${safe(event.sentence ?? event.quote)}`,
    `  ${safe(record.title || '(no title)')}${record.source ? ` · ${safe(record.source)}` : ''}`,
    '',
  ].join('\n');
}

/** `visit: حفتر → روسيا (asserted)`. */
export function whoToWhom({ topic, source, target, status }: StoredEvent): string {
  const side = (all: StoredEvent['source']) => all.map(({ text }) => safe(text)).join(', ') || '?';
  return `${topic}: ${side(source)} → ${side(target)} (${status})`;
}

async function redrive(values: TargetChoice & { readonly json: boolean }, io: Io): Promise<number> {
  wantTarget(values, '--redrive sends alerts');
  return withTarget(values, async (target) => {
    io.stderr.write(`Redriving on ${target.name}\n`);
    const dynamodb = new DynamoDBClient(target.client);
    const articles = await redriveFailed(dynamodb, target.output('ArticlesTable'));
    await target.idle();
    if (values.json) io.stdout.write(`${JSON.stringify({ articles })}\n`);
    else io.stdout.write(`${articles} articles have their alerts tried again\n`);
    return 0;
  });
}
