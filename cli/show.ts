import { alertIdParts, shownEvent } from '../shared/alert.ts';
import type { WholeArticle } from '../shared/aws/dynamodb-reader.ts';
import { paragraph } from '../shared/isolate.ts';
import type { StoredEvent } from '../shared/record.ts';
import { articlesOf, sourcesOf } from '../shared/story/story.ts';
import { whoToWhom } from './alerts.ts';
import { type Reread, textReader } from './article-text.ts';
import { withArchive } from './ask.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid show ID: everything about one article.

  rasid show 7Wk2...                    its text, evidence marked, its alerts and how they went out
  rasid show 7Wk2...:weapons-request    the same, by the id of an alert
  rasid show 7Wk2... --json

  --json               for programs; the text is in it
${TARGET_HELP}
Exit code 1: there is no such article.
`;

const OPTIONS = { ...TARGET_OPTIONS, json: { type: 'boolean' } } as const;

/** Shows one article with the words that its events were found by. */
export const showCommand = command(HELP, OPTIONS, 'words', async ({ values, positionals }, io) => {
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new UsageError('which article? Give one id');
  const id = alertIdParts(given)?.articleId ?? given;
  return withArchive(values, async (archive, target) => {
    const whole = await archive.whole(id);
    if (whole === null) {
      io.stderr.write(`there is no article ${id} on ${target.name}\n`);
      return 1;
    }
    const reread = await textReader(target)(whole.record);
    if (values.json) {
      const text = reread.kind === 'text' ? reread.text : null;
      io.stdout.write(`${JSON.stringify({ ...whole, text })}\n`);
    } else {
      io.stdout.write(headOf(whole));
      io.stdout.write(textOf(whole.record.events, reread));
      io.stdout.write(alertsOf(whole));
    }
    return 0;
  });
});

function headOf({ record, receipts }: WholeArticle): string {
  const { object, published } = record;
  const lines = [
    paint.bold(safe(record.title || '(no title)')),
    ...(record.byline === null ? [] : [`by ${safe(record.byline)}`]),
    `${record.lang} · ${safe(record.source ?? 'source unknown')} · published ${published?.value ?? 'unknown'} · seen ${record.seenAt}`,
    ...(record.url === null ? [] : [record.url]),
    `s3://${safe(`${object.bucket}/${object.key}`)}${object.member > 0 ? ` #${object.member}` : ''} (version ${object.versionId ?? 'none'})`,
    ...receipts.map(({ key, seenAt }) => `also came as ${safe(key)} at ${seenAt}`),
    `watchlist ${record.watchlistVersion}, parser ${record.parserVersion}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

function textOf(events: readonly StoredEvent[], reread: Reread): string {
  if (reread.kind === 'missing') return `${paint.yellow(`no text: ${reread.why}`)}\n\n`;
  const warning = reread.isSameParser
    ? ''
    : `${paint.yellow('read by another version of the parser: the marks may be off')}\n\n`;
  return `${warning}${marked(reread.text, events)}\n\n`;
}

/** Marks for where no colour can be shown. */
const OPEN = '⟦';
const CLOSE = '⟧';

/** The text with the words of the evidence marked; what is marked twice is marked once. */
export function marked(
  text: string,
  quotes: readonly Pick<StoredEvent, 'start' | 'end'>[],
): string {
  const marks = [...quotes].sort((a, b) => a.start - b.start || b.end - a.end);
  let at = 0;
  let out = '';
  for (const { start, end } of marks) {
    if (start < at || end <= start || end > text.length) continue;
    out += text.slice(at, start) + OPEN + text.slice(start, end) + CLOSE;
    at = end;
  }
  return (out + text.slice(at))
    .split('\n')
    .map((line) => (line === '' ? '' : paragraph(line)))
    .join('\n')
    .replaceAll(/⟦([^⟦⟧]*)⟧/g, (whole, words: string) => {
      const shown = paint.yellow(words);
      return shown === words ? whole : shown;
    });
}

function alertsOf({ record, stories }: WholeArticle): string {
  const shown = new Set(record.alerts.map(({ event }) => event));
  const silent = record.events.filter((_, i) => !shown.has(i));
  const alerts = record.alerts.map((alert) => {
    const event = shownEvent(record, alert);
    const state = [
      alert.state,
      ...(alert.sentAt === null ? [] : [`at ${alert.sentAt} as ${alert.messageId}`]),
      ...(alert.reason === null ? [] : [`because ${alert.reason}`]),
      ...(alert.story === null ? [] : [`story of ${alert.story}`]),
      ...(alert.attempts > 0 ? [`${alert.attempts} refused`] : []),
    ].join(', ');
    return `${paint.magenta('alert')} ${whoToWhom(event)} by ${alert.rule}@${event.ruleVersion}, confidence ${event.confidence.toFixed(2)}\n  ${state}\n`;
  });
  const others = silent.map(
    (event) =>
      `${paint.dim(event.shadow ? 'shadow' : 'event')} ${whoToWhom(event)} by ${event.rule}@${event.ruleVersion}, confidence ${event.confidence.toFixed(2)}\n`,
  );
  const told = stories.map(
    (story) =>
      `${paint.cyan('story')} ${story.topic}: ${articlesOf(story)} articles, ${sourcesOf(story)} sources: ${story.members.map(({ id, site }) => `${site} ${id}`).join(', ')}\n`,
  );
  return [...alerts, ...others, ...told].join('') || 'nothing watched is in it\n';
}
