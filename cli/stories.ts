import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamodbStories } from '../shared/aws/dynamodb-stories.ts';
import { articlesOf, beginStory, type Story, sourcesOf } from '../shared/story/story.ts';
import { isAbout, type Told, toldOf, whoToWhom } from './alerts.ts';
import { ASK_HELP, ASK_OPTIONS, questionOf, reportRead, take, withArchive } from './ask.ts';
import { command } from './command.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid stories: what was told once though many sites had it, newest first.

  rasid stories --since 7d
  rasid stories --topic weapons-request --json

${ASK_HELP}`;

/** Lists stories: alerts that were the first of theirs, with who else told it. */
export const storiesCommand = command(HELP, ASK_OPTIONS, 'no words', async ({ values }, io) => {
  const question = questionOf(values, new Date());
  return withArchive(values, async (archive, target) => {
    const book = dynamodbStories(new DynamoDBClient(target.client), target.output('ArticlesTable'));
    const told = toldOf(archive.alerted(question.range, ['SENT']));
    const answer = await take(
      told,
      question.limit,
      (one) =>
        one.alert.state === 'SENT' && one.alert.story === null && isAbout(one, question.filter),
    );
    const stories: { told: Told; story: Story }[] = [];
    for (const one of answer.found) {
      const kept = await book.story(one.record.id, one.event.topic);
      archive.read.entries += 1;
      // A consistent read of up to 4 KB.
      archive.read.units += 1;
      stories.push({ told: one, story: kept?.story ?? beginStory(one.record, one.event) });
    }
    if (values.json) {
      const plain = stories.map(({ told: { record }, story }) => ({
        ...story,
        title: record.title,
        firstAt: record.seenAt,
        sources: sourcesOf(story),
        articles: articlesOf(story),
      }));
      const { hasMore } = answer;
      io.stdout.write(`${JSON.stringify({ stories: plain, hasMore, read: archive.read })}\n`);
    } else for (const { told: one, story } of stories) io.stdout.write(storyLines(one, story));
    reportRead(io, archive, 'stories', answer, question);
    return 0;
  });
});

function storyLines({ record, event }: Told, story: Story): string {
  const when = record.seenAt.slice(0, 16).replace('T', ' ');
  const articles = articlesOf(story);
  const others = [...new Set(story.members.slice(1).map(({ site }) => site))];
  const count = `${articles} ${articles === 1 ? 'article' : 'articles'}, ${sourcesOf(story)} sources`;
  return [
    `${when}  ${paint.cyan(count)}  ${whoToWhom({ ...event, status: story.told.at(-1) ?? event.status })}  ${paint.dim(story.id)}`,
    `  ${safe(record.title || '(no title)')}`,
    ...(story.told.length > 1 ? [`  told as: ${story.told.join(', then ')}`] : []),
    ...(others.length > 0
      ? [`  also reported by: ${others.slice(0, 10).map(safe).join(', ')}`]
      : []),
    '',
  ].join('\n');
}
