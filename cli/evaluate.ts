import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Classifiable, createClassifier } from '../shared/classify/classify.ts';
import { createRecognise } from '../shared/classify/recognise.ts';
import { type Answered, evaluate } from '../shared/evaluate.ts';
import { evaluationTable, wrongTable } from '../shared/evaluation-table.ts';
import { type GoldArticle, readGold, topicName } from '../shared/gold.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';
import { readingsOf } from './parse.ts';
import { openFiles } from './watchlist-files.ts';

const USAGE = `usage: rasid evaluate --labels FILE [--text] [--sure] [--json] [--errors TOPIC] [--watchlist FILE]...

Measures a watchlist against labelled articles: JSON lines with "id", "lang", "labels": {"visit": true},
and "input" (a file beside the labels) or "title" and "text". "visit": {"status", "source", "target"} says more.
  --labels FILE     the labelled articles
  --text            classify the line's own title and text where it has them, rather than its input
  --sure            leave out articles marked "arguable": true
  --json            the figures as JSON
  --errors TOPIC    the wrong decisions on one topic, one a line
  --watchlist FILE  your own watchlist (YAML or compiled) in place of the shipped one
The exit code is 1 if the labels or an input cannot be read, 2 for a wrong call.
`;

const OPTIONS = {
  labels: { type: 'string' },
  text: { type: 'boolean', default: false },
  sure: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  errors: { type: 'string' },
  watchlist: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** Measures how often the watchlist is right. */
export const evaluateCommand = command(USAGE, OPTIONS, 'no words', async ({ values }, io) => {
  if (values.labels === undefined) throw new UsageError('which labels? --labels FILE');
  const { articles, problems } = readGold(await readLabels(values.labels));
  if (problems.length > 0 || articles.length === 0) {
    const said = problems.length > 0 ? problems : ['no labelled article: write one a line'];
    for (const problem of said) io.stderr.write(`${values.labels}: ${problem}\n`);
    return 1;
  }
  const watchlist = await openFiles(values.watchlist, io);
  if (watchlist === null) return 1;
  const classify = createClassifier(watchlist);
  const answered: Answered[] = [];
  let unread = false;
  for (const gold of articles.filter(({ unsure }) => !(values.sure && unsure))) {
    const article = await articleOf(gold, dirname(values.labels), values.text);
    if (article === null) {
      unread = true;
      io.stderr.write(`${gold.id}: ${gold.input} holds no article; counted as seen nothing in\n`);
    }
    answered.push({ gold, found: classify(article ?? { title: '', body: '', lang: 'und' }) });
  }
  const evaluation = evaluate(answered, createRecognise(watchlist));
  const { errors } = values;
  if (values.json) io.stdout.write(`${JSON.stringify(evaluation)}\n`);
  else if (errors !== undefined) io.stdout.write(`${wrongTable(evaluation, topicName(errors))}\n`);
  else io.stdout.write(`${evaluationTable(evaluation)}\n`);
  return unread ? 1 : 0;
});

async function readLabels(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new UsageError(`there is no file ${path}`);
  }
}

/** The article as the pipeline reads its input, or as the line gives it; null if the input holds none. */
async function articleOf(
  gold: GoldArticle,
  folder: string,
  preferText: boolean,
): Promise<Classifiable | null> {
  const hasText = gold.text !== '' || gold.title !== '';
  if (gold.input === null || (preferText && hasText)) {
    return { title: gold.title, body: gold.text, lang: gold.lang };
  }
  for await (const reading of readingsOf(join(folder, gold.input))) {
    if (reading.kind === 'article') return reading.article;
  }
  return null;
}
