import { type Article, articleText } from '../shared/article.ts';
import { createClassifier } from '../shared/classify/classify.ts';
import type { Classification, Event, Party, Stretch } from '../shared/event.ts';
import { mainEvent } from '../shared/main-event.ts';
import { command } from './command.ts';
import { filesUnder, place, readingsOf } from './parse.ts';
import { paint, safe } from './terminal.ts';
import { openFiles } from './watchlist-files.ts';

const USAGE = `usage: rasid classify [--json] [--watchlist FILE]... PATH...

Reads files and folders as the pipeline would and says who does what to whom in them.
  --json            one JSON object an article
  --watchlist FILE  your own watchlist (YAML or compiled) in place of the shipped one
The exit code is 1 if a file could not be read, 2 for a wrong call.
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  watchlist: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** `rasid classify [--json] PATH...`: what the watchlist sees in files. Resolves to the exit code. */
export const classifyCommand = command(USAGE, OPTIONS, 'some words', async (said, io) => {
  const { values, positionals } = said;
  const watchlist = await openFiles(values.watchlist, io);
  if (watchlist === null) return 1;
  const classify = createClassifier(watchlist);
  let rejected = false;
  for (const path of positionals) {
    for await (const file of filesUnder(path)) {
      for await (const reading of readingsOf(file)) {
        if (reading.kind === 'rejected') {
          rejected = true;
          io.stderr.write(`${place(file, reading)}: ${reading.reason}: ${reading.advice}\n`);
          continue;
        }
        const { article } = reading;
        const found = classify(article);
        const where = place(file, reading);
        io.stdout.write(
          `${values.json ? asJson(where, article, found) : asText(where, article, found)}\n`,
        );
      }
    }
  }
  return rejected ? 1 : 0;
});

function asJson(file: string, article: Article, { events, labels }: Classification): string {
  const topics = [...new Set(events.map(({ topic }) => topic))];
  return JSON.stringify({
    file,
    id: article.id,
    lang: article.lang,
    title: article.title,
    published: article.published?.value ?? null,
    labels,
    statuses: Object.fromEntries(
      topics.map((topic) => [topic, mainEvent(events, topic)?.status ?? null]),
    ),
    events,
    alerts: events.filter(({ alert }) => alert),
  });
}

function asText(file: string, article: Article, { events, labels }: Classification): string {
  const published = article.published?.value ?? '-';
  const head = [file, article.lang, published, safe(article.title)].join('\t');
  const lines = events.map((event) => asLines(event, articleText(article)));
  return [`${paint.bold(head)}\t${labels.join(', ') || '-'}`, ...lines].join('\n');
}

function asLines(event: Event, text: string): string {
  const { topic, status, source, target, confidence, attribution, alert, shadow } = event;
  const mark = alert ? paint.red('ALERT') : shadow ? 'shadow' : 'stored';
  const said = attribution === null ? '' : `, says ${safe(attribution)}`;
  const parties = `${people(source)} → ${people(target)}`;
  const first = `  ${mark} ${paint.cyan(topic)} ${paint.yellow(status)} ${parties} (${confidence}${said})`;
  return `${first}\n    ${highlighted(event, text)}`;
}

function people(parties: readonly Party[]): string {
  const name = ({ id, of, text }: Party) =>
    `${safe(text)} [${id ?? (of === null ? '?' : `of ${of}`)}]`;
  return parties.map(name).join(', ') || '?';
}

/** The sentence with its evidence and cues standing out. */
function highlighted({ sentence, quote, cues }: Event, text: string): string {
  const isIn = (list: readonly Stretch[], at: number) =>
    list.some(({ start, end }) => at >= start && at < end);
  const style = (at: number) => (isIn(cues, at) ? 2 : isIn([quote], at) ? 1 : 0);
  const paints = [safe, (s: string) => paint.bold(safe(s)), (s: string) => paint.magenta(safe(s))];
  let line = '';
  for (let at = sentence.start; at < sentence.end; ) {
    let end = at + 1;
    while (end < sentence.end && style(end) === style(at)) end++;
    line += (paints[style(at)] ?? safe)(text.slice(at, end));
    at = end;
  }
  return line;
}
