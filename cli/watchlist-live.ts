import { S3Client } from '@aws-sdk/client-s3';
import { s3Watchlist } from '../shared/aws/s3-watchlist.ts';
import { s3WatchlistHistory } from '../shared/aws/s3-watchlist-history.ts';
import { artifactName, yamlText } from '../shared/watch.ts';
import { ENGINE_VERSION, openWatchlist } from '../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../shared/watchlist/compile.ts';
import { formatProblem } from '../shared/watchlist/problem.ts';
import { readWatchlist, type Source } from '../shared/watchlist/read-watchlist.ts';
import { type RuleChanges, ruleChanges } from '../shared/watchlist-change.ts';
import { archiveOf, withTarget } from './ask.ts';
import { command } from './command.ts';
import { type Io, UsageError } from './io.ts';
import { previewLines, previewOf } from './preview.ts';
import { TARGET_HELP, TARGET_OPTIONS, type Target, wantTarget } from './target.ts';
import { paint } from './terminal.ts';
import { sourcesOf } from './watchlist-files.ts';
import { momentOf } from './when.ts';

const HELP = `rasid watchlist put FILE | history | rollback [VERSION]: the watchlist in force, without a deployment.

  rasid watchlist put watchlist.yaml --preview 7d --dry-run --local    what would change, nothing more
  rasid watchlist put watchlist.yaml --stack Rasid-news-dev
  rasid watchlist history --stack Rasid-news-dev
  rasid watchlist rollback --stack Rasid-news-dev                      the one before
  rasid watchlist rollback VERSION --stack Rasid-news-dev
  rasid watchlist rollback --shipped --local                           the one that ships

put checks it, runs the tests inside its rules, shows what changes, then puts it; it is in force within a minute. A bad one
is not put. New rules may begin with \`stage: shadow\`: found and stored, told to nobody.

  --preview T          what it would have alerted on in the articles of this time, beside the one in force: a sample of at
                       most 2,000, read from their files; their texts are cached in the state folder
  --dry-run            do not put it
  --json               for programs
${TARGET_HELP}
Exit code 1: the watchlist is bad, or there is no such version.
`;

/** What this file does of `rasid watchlist`. */
export const LIVE_ACTIONS: readonly string[] = ['put', 'history', 'rollback'];

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  preview: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  shipped: { type: 'boolean', default: false },
} as const;

/** `rasid watchlist put|history|rollback`. @returns the exit code. */
export const watchlistLiveCommand = command(HELP, OPTIONS, 'words', async (said, io) => {
  const { values, positionals } = said;
  const [action, name, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`what is ${more.join(' ')}?`);
  if (action !== 'history') wantTarget(values, 'it changes what people hear');
  if (action === 'put' && name === undefined) throw new UsageError('put wants a file');
  return withTarget(values, async (target) => {
    if (action === 'history') return history(target, values.json, io);
    io.stderr.write(`On ${target.name}\n`);
    if (action === 'rollback') return rollback(target, { name, ...values }, io);
    const sources = await sourcesOf([name as string]);
    const preview = values.preview ?? null;
    return put(target, sources, { ...values, preview }, io);
  });
});

interface PutOptions {
  readonly preview: string | null;
  readonly 'dry-run': boolean;
  readonly json: boolean;
  readonly state: string;
}

/** @param sources the shipped ones and, last, the user's. */
async function put(
  target: Target,
  sources: readonly Source[],
  { preview, json, state, 'dry-run': isDry }: PutOptions,
  io: Io,
): Promise<number> {
  const compiled = compileWatchlist(sources);
  if (compiled.kind === 'invalid') {
    for (const problem of compiled.problems) io.stderr.write(`${formatProblem(problem)}\n`);
    io.stderr.write('It was not put; the one in force stays.\n');
    return 1;
  }
  const shipped = sources.slice(0, -1);
  const inForce = await sourcesInForce(target, shipped);
  const changes = ruleChanges(inForce, sources);
  if (!json) io.stdout.write(changeLines(changes));
  const seen =
    preview === null
      ? null
      : await previewOf(
          { archive: archiveOf(target), target, state },
          { since: momentOf(preview, '--preview', new Date()), until: new Date() },
          openSources(inForce),
          openWatchlist(compiled.artifact),
          io,
        );
  if (seen !== null && !json) io.stdout.write(previewLines(seen));
  const versionId = isDry ? null : await putCompiled(target, sources, compiled.artifact);
  const answer = { watchlistVersion: compiled.version, versionId, changes, preview: seen };
  if (json) io.stdout.write(`${JSON.stringify(answer)}\n`);
  else if (isDry) io.stdout.write('It was not put: --dry-run\n');
  else io.stdout.write(`${paint.green('put')} ${compiled.version}: in force within a minute\n`);
  return 0;
}

async function putCompiled(
  target: Target,
  sources: readonly Source[],
  artifact: Uint8Array,
): Promise<string> {
  const yaml = sources.at(-1)?.text ?? '';
  const base = `${ENGINE_VERSION}:${openSources(sources.slice(0, -1)).version}`;
  const history = s3WatchlistHistory(new S3Client(target.client), target.output('ConfigBucket'));
  return history.put(yaml, { name: artifactName(yaml, base), bytes: artifact });
}

/** What the stack classifies by now: the user's watchlist in the bucket, else the shipped one alone. */
async function sourcesInForce(
  target: Target,
  shipped: readonly Source[],
): Promise<readonly Source[]> {
  const found = await s3Watchlist(new S3Client(target.client), target.output('ConfigBucket')).read(
    null,
  );
  if (typeof found === 'string' || !('yaml' in found)) return shipped;
  const sources = [...shipped, { name: 'watchlist.yaml', text: yamlText(found.yaml) }];
  // A bad one in the bucket is not in force; which earlier one is, the functions know, and doctor says.
  return readWatchlist(sources).problems.length === 0 ? sources : shipped;
}

function openSources(sources: readonly Source[]) {
  const compiled = compileWatchlist(sources, { tests: false });
  if (compiled.kind === 'invalid')
    throw new Error(`the watchlist in force does not compile: ${compiled.problems[0]?.message}`);
  return openWatchlist(compiled.artifact);
}

function changeLines({ added, removed, changed, hasOtherWords }: RuleChanges): string {
  const lines = [
    ...added.map((id) => `${paint.green('+')} ${id}`),
    ...removed.map((id) => `${paint.red('-')} ${id}`),
    ...changed.map(({ id, from, to }) =>
      from === to
        ? `${paint.yellow('~')} ${id}@${to} ${paint.dim('(changed under the same version)')}`
        : `${paint.yellow('~')} ${id}@${from} -> @${to}`,
    ),
    ...(hasOtherWords ? [`${paint.yellow('~')} words, actors or packs`] : []),
  ];
  return `${lines.length > 0 ? lines.join('\n') : 'nothing changes'}\n`;
}

async function history(target: Target, json: boolean, io: Io): Promise<number> {
  const store = s3WatchlistHistory(new S3Client(target.client), target.output('ConfigBucket'));
  const versions = await store.versions();
  if (json) io.stdout.write(`${JSON.stringify({ versions })}\n`);
  else
    io.stdout.write(
      versions
        .map(({ versionId, at, bytes, isLatest, isShipped }) => {
          const what = isShipped ? 'back to the one that ships' : `${bytes} bytes`;
          return `${at}  ${versionId}  ${what}${isLatest ? paint.green('  latest') : ''}\n`;
        })
        .join('') || 'none was ever put: the one that ships is in force\n',
    );
  return 0;
}

async function rollback(
  target: Target,
  {
    name,
    shipped,
    json,
    state,
  }: { name?: string | undefined; shipped: boolean; json: boolean; state: string },
  io: Io,
): Promise<number> {
  const store = s3WatchlistHistory(new S3Client(target.client), target.output('ConfigBucket'));
  if (shipped) {
    await store.remove();
    if (json) io.stdout.write(`${JSON.stringify({ shipped: true })}\n`);
    else io.stdout.write('the one that ships is in force within a minute\n');
    return 0;
  }
  const versions = await store.versions();
  const wanted =
    name === undefined
      ? versions.find(({ isLatest, isShipped }) => !isLatest && !isShipped)
      : versions.find(({ versionId }) => versionId === name);
  if (wanted === undefined) {
    io.stderr.write(
      name === undefined
        ? 'none was put before this one; rollback --shipped brings the shipped one back\n'
        : `there is no version ${name}\n`,
    );
    return 1;
  }
  const text = await store.text(wanted.versionId);
  const sources = [...(await sourcesOf([])), { name: `watchlist.yaml@${wanted.versionId}`, text }];
  return put(target, sources, { preview: null, json, state, 'dry-run': false }, io);
}
