import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listMutes, putMute } from '../shared/aws/dynamodb-mutes.ts';
import { withTarget } from './ask.ts';
import { command } from './command.ts';
import { UsageError } from './io.ts';
import { TARGET_HELP, TARGET_OPTIONS, wantTarget } from './target.ts';
import { stretchOf } from './when.ts';

const HELP = `rasid mute RULE --for 24h: no alerts of a rule, or of a whole topic, for a while.

  rasid mute visit --for 24h --local
  rasid mute visit --off --stack Rasid-news-dev
  rasid mute                            what is muted now

Articles are stored and classified all the same; their alerts are kept as suppressed, \`muted\`. It counts within half a
minute. Alerts that were muted are not sent afterwards.

  --for T              30m, 24h, 7d
  --off                let it be heard again
  --json               for programs
${TARGET_HELP}`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  for: { type: 'string' },
  off: { type: 'boolean', default: false },
} as const;

/** Mutes a rule, lets it be heard again, or lists what is muted. */
export const muteCommand = command(HELP, OPTIONS, 'words', async ({ values, positionals }, io) => {
  const [rule, ...more] = positionals;
  if (more.length > 0) throw new UsageError('one rule at a time');
  if (rule !== undefined && (values.for === undefined) === !values.off)
    throw new UsageError('say for how long, --for 24h, or --off');
  if (rule === undefined && (values.for !== undefined || values.off))
    throw new UsageError('which rule?');
  if (rule !== undefined) wantTarget(values, 'it changes what people hear');
  const now = new Date();
  const until =
    values.for === undefined ? null : new Date(now.getTime() + stretchOf(values.for, '--for'));

  return withTarget(values, async (target) => {
    const dynamodb = new DynamoDBClient(target.client);
    const table = target.output('ArticlesTable');
    if (rule !== undefined) {
      io.stderr.write(`On ${target.name}\n`);
      await putMute(dynamodb, table, rule, until);
    }
    const mutes = (await listMutes(dynamodb, table)).filter(
      (mute) => mute.until > now.toISOString(),
    );
    if (values.json) io.stdout.write(`${JSON.stringify({ mutes })}\n`);
    else
      io.stdout.write(
        mutes.map((mute) => `${mute.rule} is muted until ${mute.until}\n`).join('') ||
          'nothing is muted\n',
      );
    return 0;
  });
});
