import { type ArticleEntry, matchesFilter } from '../shared/archive-query.ts';
import { ASK_HELP, ASK_OPTIONS, questionOf, reportRead, take, withArchive } from './ask.ts';
import { command } from './command.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid articles: what came in, newest first.

  rasid articles --topic weapons-request --since 7d
  rasid articles --actor russia --status denied --lang ar --limit 50
  rasid articles --source example.org --published-since 2026-11 --json

${ASK_HELP}`;

/** Lists articles by the archive's index. */
export const articlesCommand = command(HELP, ASK_OPTIONS, 'no words', async ({ values }, io) => {
  const question = questionOf(values, new Date());
  return withArchive(values, async (archive) => {
    const entries = archive.entries(question.range);
    const answer = await take(entries, question.limit, (entry) =>
      matchesFilter(entry, question.filter),
    );
    if (values.json)
      io.stdout.write(
        `${JSON.stringify({ articles: answer.found, ...summary(answer, archive) })}\n`,
      );
    else for (const entry of answer.found) io.stdout.write(articleLine(entry));
    reportRead(io, archive, 'articles', answer, question);
    return 0;
  });
});

const summary = (answer: { hasMore: boolean }, archive: { read: object }) => ({
  hasMore: answer.hasMore,
  read: archive.read,
});

/** Two lines: when, language, labels and id; then the headline and whence. */
export function articleLine(
  entry: Pick<ArticleEntry, 'id' | 'seenAt' | 'lang' | 'labels' | 'title' | 'source' | 'site'>,
): string {
  const { id, seenAt, lang, labels, title, source, site } = entry;
  const when = seenAt.slice(0, 16).replace('T', ' ');
  const watched = labels.length > 0 ? paint.cyan(labels.join(', ')) : paint.dim('nothing watched');
  const whence = source ?? (site === 'unknown' ? '' : site);
  return `${when}  ${lang}  ${watched}  ${paint.dim(id)}\n  ${safe(title || '(no title)')}${whence ? ` · ${safe(whence)}` : ''}\n`;
}
