import { shownEvent } from '../shared/alert.ts';
import type { Outbox } from '../shared/ports.ts';
import type { ArticleRecord, StoredAlert, StoredEvent } from '../shared/record.ts';
import type { Io } from './io.ts';
import { paint, safe } from './terminal.ts';

/** What the functions log, as far as a person at the terminal wants to know. */
interface Line {
  readonly level: string;
  readonly message: string;
  readonly id?: string;
  readonly key?: string;
  readonly member?: number;
  readonly reason?: string;
  readonly advice?: string;
  readonly alertId?: string;
  readonly state?: string;
  readonly error?: { readonly message?: string };
}

export interface Journal {
  /** A line of a function's log. */
  hear(line: string): void;
  /** Where the articles can be read that the lines speak of. */
  readFrom(outbox: Pick<Outbox, 'read'>): void;
  /** Resolves when everything heard so far is printed. */
  flush(): Promise<void>;
  /** Prints the counts. @returns the exit code: 1 when anything was quarantined. */
  summary(): number;
}

/** What is counted, in the words of the summary and in its order. */
const SUMMED: readonly (readonly [string, string])[] = [
  ['added', 'stored'],
  ['copy', 'copies of a stored article'],
  ['known', 'known already'],
  ['forgotten', 'refused because they were forgotten on request'],
  ['quarantined', 'quarantined'],
  ['ignored', 'ignored'],
  ['gone', 'gone before they were read'],
  ['alert SENT', 'alerts sent'],
  ['alert FAILED', 'alerts refused'],
  ['quiet story', 'of stories that were told already'],
  ['quiet summary', 'alerts held for a summary'],
  ['quiet muted', 'alerts muted'],
  ['suppressed old', 'alerts suppressed as old'],
  ['suppressed backfill', 'alerts suppressed as backfill'],
  ['errors', 'errors (tried again)'],
];

const COUNTED = ['added', 'copy', 'known', 'quarantined', 'ignored', 'gone', 'forgotten'] as const;

/** Tells a person what happens, article by article and alert by alert, in the order in which it happens. */
export function journal({ stdout, stderr }: Io): Journal {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  let giveOutbox: (outbox: Pick<Outbox, 'read'>) => void = () => {};
  const outboxGiven = new Promise<Pick<Outbox, 'read'>>((give) => {
    giveOutbox = give;
  });
  let told: Promise<void> = Promise.resolve();

  async function tell(line: Line): Promise<void> {
    const outbox = await outboxGiven;
    if (line.level === 'error') {
      count('errors');
      stderr.write(`${paint.red('error')} ${line.message}: ${safe(line.error?.message ?? '')}\n`);
    } else if (line.message === 'alert') {
      const [id, rule] = splitAlertId(line.alertId ?? '');
      const record = await outbox.read(id);
      count(line.state === 'SUPPRESSED' ? `quiet ${line.reason}` : `alert ${line.state}`);
      if (record !== null) stdout.write(alertLines(record, rule, line.state ?? ''));
    } else if ((COUNTED as readonly string[]).includes(line.message)) {
      count(line.message);
      const record = line.message === 'added' ? await outbox.read(line.id ?? '') : null;
      for (const { state, reason } of record?.alerts ?? [])
        if (state === 'SUPPRESSED') count(`suppressed ${reason}`);
      stdout.write(record === null ? otherLine(line) : articleLines(record));
    }
  }

  return {
    hear(line) {
      const parsed = parseLine(line);
      if (parsed !== null) told = told.then(() => tell(parsed));
    },
    readFrom: giveOutbox,
    flush: () => told,
    summary() {
      const list = SUMMED.flatMap(([what, words]) =>
        counts.has(what) ? [`${counts.get(what)} ${words}`] : [],
      ).join(', ');
      stdout.write(`\n${paint.bold('Done:')} ${list || 'nothing to do'}\n`);
      return counts.has('quarantined') ? 1 : 0;
    },
  };
}

/** Lines that are not ours (a crash of the runtime, a warning) are null. */
function parseLine(line: string): Line | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Line;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const splitAlertId = (id: string): [string, string] => {
  const colon = id.indexOf(':');
  return [id.slice(0, colon), id.slice(colon + 1)];
};

function articleLines(record: ArticleRecord): string {
  const labels =
    record.labels.length > 0 ? paint.cyan(record.labels.join(', ')) : 'nothing watched';
  const quiet = record.alerts
    // What the relay decided has a line of its own.
    .filter(({ reason }) => reason === 'old' || reason === 'backfill')
    .map(
      ({ rule, reason }) =>
        `  ${paint.yellow(`no alert by ${rule}`)}: ${reason === 'old' ? 'published too long ago' : reason}\n`,
    );
  const { key, member } = record.object;
  const name = member > 0 ? `${key}#${member}` : key;
  return `${paint.green('stored')} ${safe(record.title || '(no title)')}\n  ${record.lang} · ${labels} · ${safe(name)}\n${quiet.join('')}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  copy: 'is a copy of an article that is here already',
  known: 'is here already',
  ignored: 'is not an article (a folder or a system file)',
  gone: 'was deleted before it was read',
  forgotten: 'was deleted on request, and is not taken in again',
};

function otherLine({ message, key = '', member = 0, reason, advice }: Line): string {
  const name = safe(member > 0 ? `${key}#${member}` : key);
  if (message === 'quarantined')
    return `${paint.red('quarantined')} ${name}\n  ${reason}: ${safe(advice ?? '')}\n`;
  return `${paint.dim(message)} ${name} ${OUTCOMES[message] ?? ''}\n`;
}

function alertLines(record: ArticleRecord, rule: string, state: string): string {
  const alert = record.alerts.find((one) => one.rule === rule);
  if (alert === undefined) return '';
  const event = shownEvent(record, alert);
  if (state === 'SUPPRESSED') return quietLine(record, alert);
  const name = alert.update === null ? 'ALERT' : 'ALERT UPDATED';
  const head = state === 'SENT' ? paint.bold(paint.magenta(name)) : paint.red(`ALERT ${state}`);
  return `${head} [${event.severity}] ${event.topic}: ${whoToWhom(event)} (${event.status})\n  ${safe(event.sentence ?? event.quote)}\n`;
}

const WHY_QUIET: Readonly<Record<string, string>> = {
  story: 'told already: a copy of',
  summary: 'too many of this rule: it will come in a summary',
  muted: 'muted',
  'nothing-told': 'takes back what nobody was told',
};

function quietLine(record: ArticleRecord, { rule, reason, story }: StoredAlert): string {
  const why = `${WHY_QUIET[reason ?? ''] ?? reason}${story === null ? '' : ` ${story}`}`;
  return `${paint.dim(`no alert by ${rule}`)} ${why}\n  ${safe(record.title || '(no title)')}\n`;
}

function whoToWhom({ source, target }: StoredEvent): string {
  const side = (all: StoredEvent['source']) => all.map(({ text }) => safe(text)).join(', ') || '?';
  return `${side(source)} → ${side(target)}`;
}
