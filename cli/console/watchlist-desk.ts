import { Writable } from 'node:stream';
import { articleText } from '../../shared/article.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import type { WatchlistHistory } from '../../shared/aws/s3-watchlist-history.ts';
import { createClassifier } from '../../shared/classify/classify.ts';
import { parse } from '../../shared/parse/parse.ts';
import { recordOf } from '../../shared/record.ts';
import { artifactName } from '../../shared/watch.ts';
import { ENGINE_VERSION, openWatchlist, type Watchlist } from '../../shared/watchlist/artifact.ts';
import { watchlistSchema } from '../../shared/watchlist/schema.ts';
import type { textReader } from '../article-text.ts';
import { previewOf } from '../preview.ts';
import type { Target } from '../target.ts';
import { sourcesOf } from '../watchlist-files.ts';
import { failingTest, withTest } from '../wrong.ts';
import type { ConsoleApi } from './api.ts';
import { marksOf } from './article-desk.ts';
import type { Compiler } from './compiler.ts';
import { type InForce, namesIn } from './watchlist-in-force.ts';

/** What a person starts from who has no watchlist yet. */
const STARTER = `# Your watchlist. It builds on the one that ships; docs/watchlist.md explains every word.
include: [default]

rules: []
`;

/** The articles of a preview: what came in this time. */
const PREVIEW_MS = 30 * 86_400_000;
/** A command says how far it is; the page shows that it is busy. */
const SILENT = { stdout: silent(), stderr: silent() };

function silent(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

interface WatchlistPorts {
  readonly target: Target;
  /** Where the articles of a preview are cached. */
  readonly state: string;
  readonly history: Pick<WatchlistHistory, 'versions' | 'text' | 'put' | 'remove'>;
  readonly compiler: Compiler;
  readonly archive: ArchiveReader;
  readonly reread: ReturnType<typeof textReader>;
  readonly inForce: () => Promise<InForce>;
  readonly now: () => Date;
}

/** The workbench: write, check, try, preview, put, roll back. */
export function watchlistDesk({
  target,
  state,
  history,
  compiler,
  archive,
  reread,
  inForce,
  now,
}: WatchlistPorts): Pick<
  ConsoleApi,
  'watchlist' | 'check' | 'tryOut' | 'preview' | 'put' | 'backToShipped' | 'version' | 'falseAlarm'
> {
  /** null when the draft is not even well written. */
  async function drafted(yaml: string): Promise<Watchlist | null> {
    const compiled = await compiler.compile(yaml, false);
    return compiled.kind === 'compiled' ? openWatchlist(compiled.artifact) : null;
  }
  /** The person's own, or what they may start from. */
  async function current(): Promise<string> {
    const latest = (await history.versions()).find(({ isLatest }) => isLatest);
    return latest === undefined || latest.isShipped ? STARTER : history.text(latest.versionId);
  }

  return {
    async watchlist() {
      const versions = await history.versions();
      return { yaml: await current(), versions, schema: watchlistSchema() };
    },
    async check(yaml) {
      const compiled = await compiler.compile(yaml, true);
      if (compiled.kind === 'invalid') return { problems: compiled.problems, rules: 0 };
      const { ruleCount } = openWatchlist(compiled.artifact);
      return { problems: [], rules: ruleCount };
    },
    async tryOut(yaml, text) {
      const watchlist = await drafted(yaml);
      if (watchlist === null) return null;
      const upload = {
        key: 'pasted.txt',
        bytes: new TextEncoder().encode(text),
        metadata: {},
        contentType: null,
      };
      for await (const reading of parse(upload)) {
        if (reading.kind === 'rejected') continue;
        const { article } = reading;
        const record = recordOf(article, createClassifier(watchlist)(article), {
          object: { bucket: '', key: '', versionId: null, uploadedAt: '', member: 0 },
          now: now(),
          parserVersion: '',
          suppress: null,
          replayed: false,
        });
        const { title, body, dropped, warnings } = article;
        const marks = marksOf(record.events, articleText(article));
        const view = { record, text: { title, body, dropped, warnings }, story: [], copies: [] };
        return { view: { ...view, ...marks }, topics: namesIn(watchlist).topics };
      }
      return null;
    },
    async preview(yaml) {
      const draft = await drafted(yaml);
      const range = { since: new Date(now().getTime() - PREVIEW_MS), until: now() };
      const places = { archive, target, state };
      return draft && previewOf(places, range, (await inForce()).watchlist, draft, SILENT);
    },
    async put(yaml) {
      const compiled = await compiler.compile(yaml, true);
      if (compiled.kind === 'invalid') return { isPut: false, problems: compiled.problems };
      const shipped = await compiler.compile(null, false);
      if (shipped.kind === 'invalid') throw new Error('the watchlist that ships does not compile');
      const name = artifactName(yaml, `${ENGINE_VERSION}:${shipped.version}`);
      await history.put(yaml, { name, bytes: compiled.artifact });
      return { isPut: true, problems: [] };
    },
    backToShipped: () => history.remove(),
    version: (versionId) => history.text(versionId),
    async falseAlarm(id, rule) {
      const [record] = await archive.records([id]);
      const alert = record?.alerts.find((one) => one.rule === rule);
      const event = alert && record?.events[alert.event];
      if (record === undefined || event === undefined) return null;
      const read = await reread(record);
      const body = read.kind === 'text' ? read.article.body : '';
      const classify = createClassifier((await inForce()).watchlist);
      const test = failingTest(classify, record, event, body);
      return test && withTest(await current(), await sourcesOf([]), rule, test);
    },
  };
}
