import { articleText } from '../../shared/article.ts';
import type { ArchiveReader } from '../../shared/aws/dynamodb-reader.ts';
import { createClassifier } from '../../shared/classify/classify.ts';
import { parse } from '../../shared/parse/parse.ts';
import { recordOf } from '../../shared/record.ts';
import { artifactName } from '../../shared/watch.ts';
import { ENGINE_VERSION, openWatchlist, type Watchlist } from '../../shared/watchlist/artifact.ts';
import { watchlistSchema } from '../../shared/watchlist/schema.ts';
import { sourcesOf } from '../watchlist-files.ts';
import type { ConsoleApi } from './api.ts';
import { marksOf } from './article-desk.ts';
import type { Compiler } from './compiler.ts';
import { withFalseAlarm } from './false-alarm.ts';
import type { previewer } from './preview.ts';
import type { InForce } from './watchlist-in-force.ts';
import type { WatchlistShelf } from './watchlist-shelf.ts';

/** What a person starts from who has no watchlist yet. */
const STARTER = `# Your watchlist. It builds on the one that ships; docs/watchlist.md explains every word.
include: [default]

rules: []
`;

interface WatchlistPorts {
  readonly shelf: WatchlistShelf;
  readonly compiler: Compiler;
  readonly archive: Pick<ArchiveReader, 'records'>;
  readonly preview: ReturnType<typeof previewer>;
  readonly inForce: () => Promise<InForce>;
  readonly now: () => Date;
}

/** The workbench: write, check, try, preview, put, roll back. */
export function watchlistDesk({
  shelf,
  compiler,
  archive,
  preview,
  inForce,
  now,
}: WatchlistPorts): Pick<
  ConsoleApi,
  'watchlist' | 'check' | 'tryOut' | 'preview' | 'put' | 'version' | 'falseAlarm'
> {
  /** null when the draft is not even well written. */
  async function drafted(yaml: string): Promise<Watchlist | null> {
    const compiled = await compiler.compile(yaml, false);
    return compiled.kind === 'compiled' ? openWatchlist(compiled.artifact) : null;
  }
  const current = async () => (await shelf.versions()).find(({ isCurrent }) => isCurrent);

  return {
    async watchlist() {
      const versions = await shelf.versions();
      const latest = versions.find(({ isCurrent }) => isCurrent);
      const yaml = latest === undefined ? STARTER : await shelf.text(latest.versionId);
      return { yaml, versions, schema: watchlistSchema() };
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
        return {
          record,
          text: { title, body, dropped, warnings },
          ...marks,
          story: [],
          copies: [],
        };
      }
      return null;
    },
    async preview(yaml) {
      const draft = await drafted(yaml);
      return draft && preview((await inForce()).watchlist, draft);
    },
    async put(yaml) {
      const compiled = await compiler.compile(yaml, true);
      if (compiled.kind === 'invalid') return { isPut: false, problems: compiled.problems };
      const shipped = await compiler.compile(null, false);
      if (shipped.kind === 'invalid') throw new Error('the watchlist that ships does not compile');
      const name = artifactName(yaml, `${ENGINE_VERSION}:${shipped.version}`);
      await shelf.put(yaml, { name, artifact: compiled.artifact });
      return { isPut: true, problems: [] };
    },
    version: (versionId) => shelf.text(versionId),
    async falseAlarm(id, rule) {
      const [record] = await archive.records([id]);
      const alert = record?.alerts.find((one) => one.rule === rule);
      const event = alert && record?.events[alert.event];
      if (record === undefined || event === undefined) return null;
      const latest = await current();
      const yaml = latest === undefined ? STARTER : await shelf.text(latest.versionId);
      const text = event.sentence ?? event.quote;
      return withFalseAlarm(yaml, await sourcesOf([]), { rule, lang: record.lang, text });
    },
  };
}
