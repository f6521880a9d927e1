import type { Evaluation, Score, Share } from './evaluate.ts';

/** The evaluation as a person reads it: tables of plain text. */
export function evaluationTable(evaluation: Evaluation): string {
  return [
    `${evaluation.articles} articles`,
    scoresTable(evaluation),
    languagesTable(evaluation),
    phenomenaTable(evaluation),
    confusionTable(evaluation),
    closing(evaluation),
  ].join('\n\n');
}

/** The wrong decisions of one topic, one a line. */
export function wrongTable(evaluation: Evaluation, topic: string): string {
  const lines = evaluation.wrong
    .filter((wrong) => wrong.topic === topic)
    .map(({ id, lang, kind, phenomenon, text }) =>
      row([kind, id, lang, phenomenon, text], [8, 10, 4, 26, 0]),
    );
  return lines.length === 0 ? `no errors in ${topic}` : lines.join('\n');
}

const SCORE_WIDTHS = [20, 6, 7, 7, 7, 6, 6, 6];

function scoresTable({ topics, macroF1 }: Evaluation): string {
  const head = row(
    ['topic', 'gold', 'prec.', 'recall', 'F1', 'hits', 'false', 'missed'],
    SCORE_WIDTHS,
  );
  const lines = Object.entries(topics).map(([topic, score]) => scoreRow(topic, score));
  return [head, ...lines, `macro F1 ${ratio(macroF1)}`].join('\n');
}

function scoreRow(
  name: string,
  { gold, precision, recall, f1, hits, falseHits, missed }: Score,
): string {
  return row(
    [name, gold, ratio(precision), ratio(recall), ratio(f1), hits, falseHits, missed],
    SCORE_WIDTHS,
  );
}

function languagesTable({ languages }: Evaluation): string {
  return Object.entries(languages)
    .flatMap(([lang, topics]) =>
      Object.entries(topics).map(([topic, score]) => scoreRow(`${lang} ${topic}`, score)),
    )
    .join('\n');
}

function phenomenaTable({ phenomena }: Evaluation): string {
  const lines = Object.entries(phenomena).map(([name, share]) =>
    row([name, shareText(share)], [34, 0]),
  );
  return ['main topics right, by phenomenon', ...lines].join('\n');
}

function confusionTable({ confusion }: Evaluation): string {
  const lines = Object.entries(confusion).flatMap(([topic, rows]) =>
    Object.entries(rows).map(([gold, found]) => {
      const cells = Object.entries(found).map(([status, count]) => `${status} ${count}`);
      return row([topic, gold, cells.join(', ')], [18, 14, 0]);
    }),
  );
  return ['status: labelled, then found', ...lines].join('\n');
}

function closing({ falseAlerts, status, source, target }: Evaluation): string {
  const ids = falseAlerts.ids.length === 0 ? '' : `: ${falseAlerts.ids.join(' ')}`;
  return [
    `false alerts ${falseAlerts.ids.length} of ${falseAlerts.of} articles with no main topic${ids}`,
    `status right ${shareText(status)}`,
    `source right ${shareText(source)}, target right ${shareText(target)}`,
  ].join('\n');
}

function shareText({ right, of }: Share): string {
  return of === 0 ? '-' : `${right}/${of} = ${(right / of).toFixed(3)}`;
}

function ratio(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function row(cells: readonly (string | number)[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => String(cell).padEnd(widths[i] ?? 0))
    .join(' ')
    .trimEnd();
}
