import { writeFile } from 'node:fs/promises';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { alertIdParts, shownEvent } from '../shared/alert.ts';
import { type Classifier, createClassifier } from '../shared/classify/classify.ts';
import type { ArticleRecord, StoredEvent } from '../shared/record.ts';
import { openWatchlist } from '../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../shared/watchlist/compile.ts';
import type { Source } from '../shared/watchlist/read-watchlist.ts';
import { textReader } from './article-text.ts';
import { archiveOf, withTarget } from './ask.ts';
import { command } from './command.ts';
import { readIfThere } from './files.ts';
import { UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import { sourcesOf } from './watchlist-files.ts';

const HELP = `rasid wrong ALERT: a false alarm becomes a test of its rule, which fails until the rule is mended.

  rasid wrong 7Wk2...:weapons-request
  rasid wrong 7Wk2...:visit --watchlist my.yaml --stack Rasid-news-prod

The test goes into your watchlist. When the rule is one that ships, your watchlist gets a copy of it, which then stands in its
place. Mend the rule, try it with rasid watchlist test FILE, then rasid watchlist put FILE.

  --watchlist FILE     (default: watchlist.yaml; made when there is none)
  --json               for programs
${TARGET_HELP}
Exit code 1: there is no such alert, or the rule does not find it any more.
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  watchlist: { type: 'string', default: 'watchlist.yaml' },
} as const;

/** Writes a false alarm into the user's watchlist as a failing test of its rule. */
export const wrongCommand = command(HELP, OPTIONS, 'words', async ({ values, positionals }, io) => {
  const [id, ...more] = positionals;
  const parts = id === undefined ? null : alertIdParts(id);
  if (parts === null || more.length > 0)
    throw new UsageError('which alert? Its id is ARTICLE:RULE, as rasid alerts shows it');
  return withTarget(values, async (target) => {
    const whole = await archiveOf(target).whole(parts.articleId);
    const alert = whole?.record.alerts.find(({ rule }) => rule === parts.rule);
    if (!whole || alert === undefined) {
      io.stderr.write(`there is no alert ${id} on ${target.name}\n`);
      return 1;
    }
    const event = shownEvent(whole.record, alert);
    const reread = await textReader(target)(whole.record);
    const body = reread.kind === 'text' ? reread.article.body : '';
    const shipped = await sourcesOf([]);
    const own = await readOwn(values.watchlist);
    const classify = classifierOf([...shipped, ...own]);
    const test = failingTest(classify, whole.record, event, body);
    if (test === null) {
      io.stderr.write(`${parts.rule} does not find it any more: there is nothing to mend\n`);
      return 1;
    }
    const text = withTest(own[0]?.text ?? 'include: [default]\n', shipped, parts.rule, test);
    await writeFile(values.watchlist, text);
    if (values.json)
      io.stdout.write(
        `${JSON.stringify({ watchlist: values.watchlist, rule: parts.rule, test })}\n`,
      );
    else
      io.stdout.write(
        `${values.watchlist}: rule ${parts.rule} has a test that fails until it is mended\n  rasid watchlist test ${values.watchlist}\n`,
      );
    return 0;
  });
});

async function readOwn(file: string): Promise<Source[]> {
  const text = await readIfThere(file);
  return text === null ? [] : [{ name: file, text }];
}

function classifierOf(sources: readonly Source[]): Classifier {
  const compiled = compileWatchlist(sources, { tests: false });
  if (compiled.kind === 'invalid')
    throw new UsageError(`the watchlist does not compile: ${compiled.problems[0]?.message}`);
  return createClassifier(openWatchlist(compiled.artifact));
}

/** A rule's test that says: there is nothing in this text. */
export interface FalseAlarm {
  readonly lang: string;
  readonly title?: string;
  readonly text: string;
  readonly expect: 'none';
}

/**
 * The shortest text in which the rule still finds what it should not: the sentence, its paragraph, the article.
 * Null when it finds nothing any more.
 */
export function failingTest(
  classify: Classifier,
  { lang, title }: ArticleRecord,
  event: StoredEvent,
  body: string,
): FalseAlarm | null {
  const sentence = event.sentence ?? event.quote;
  const around = body.split('\n\n').find((one) => one.includes(event.quote)) ?? sentence;
  const candidates = [{ text: sentence }, { text: around }, { title, text: body }];
  const found = candidates.find(({ text, ...rest }) =>
    classify({ title: rest.title ?? '', body: text, lang }).events.some(
      ({ topic }) => topic === event.topic,
    ),
  );
  return found === undefined ? null : { lang, ...found, expect: 'none' };
}

/** The watchlist's text with the test in its rule; comments and order stay as the author wrote them. */
export function withTest(
  yaml: string,
  shipped: readonly Source[],
  rule: string,
  test: FalseAlarm,
): string {
  const document = parseDocument(yaml);
  if (!isSeq(document.get('rules'))) document.set('rules', document.createNode([]));
  const rules = document.get('rules');
  if (!isSeq(rules)) throw new Error('rules is no list');
  let own = rules.items.find((item): item is YAMLMap => isMap(item) && item.get('id') === rule);
  if (own === undefined) {
    own = document.createNode(shippedRule(shipped, rule)) as YAMLMap;
    rules.add(own);
  }
  if (!isSeq(own.get('tests'))) own.set('tests', document.createNode([]));
  const tests = own.get('tests');
  if (isSeq(tests)) tests.add(document.createNode(test));
  return document.toString({ lineWidth: 0 });
}

function shippedRule(shipped: readonly Source[], rule: string): unknown {
  for (const { text } of shipped) {
    const { rules = [] } = (parseDocument(text) as Document).toJS() as { rules?: { id: string }[] };
    const found = rules?.find(({ id }) => id === rule);
    if (found !== undefined) return found;
  }
  throw new UsageError(`there is no rule ${rule} in your watchlist or in the one that ships`);
}
