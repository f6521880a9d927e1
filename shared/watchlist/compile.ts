import { openWatchlist, type RuleMeta, writeArtifact } from './artifact.ts';
import { buildRules } from './build-rules.ts';
import { actorsOf, buildCues, buildTables } from './build-tables.ts';
import { type Build, buildActors, buildGrammar, startBuild } from './build-words.ts';
import { lint } from './lint.ts';
import type { Problem, Report } from './problem.ts';
import { readWatchlist, type Source } from './read-watchlist.ts';
import { closest } from './reader.ts';
import { runRuleTests } from './rule-tests.ts';
import type { RuleSource } from './source.ts';

/** A watchlist that can be used, or everything that is wrong with it. */
export type CompiledWatchlist =
  | {
      readonly kind: 'compiled';
      readonly artifact: Uint8Array;
      readonly version: string;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** How to compile. */
export interface CompileOptions {
  /** Run the rules' own tests (the default): a watchlist that fails them is invalid. */
  readonly tests?: boolean;
}

/** Compiles the sources of a watchlist: a pure function, the same sources give the same bytes. Never throws for what they say. */
export function compileWatchlist(
  sources: readonly Source[],
  { tests = true }: CompileOptions = {},
): CompiledWatchlist {
  const { watchlist, problems } = readWatchlist(sources);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const report: Report = (at, message, hint) => problems.push({ ...at, message, hint });
  const started = startBuild(watchlist, report);
  const artifact = build(started, seedOf(sources));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const opened = openWatchlist(artifact);
  const failures = tests ? runRuleTests(opened, watchlist.rules) : [];
  if (failures.length > 0) return { kind: 'invalid', problems: failures };
  return { kind: 'compiled', artifact, version: opened.version, warnings: lint(opened, started) };
}

function build(started: Build, multiplier: number): Uint8Array {
  const clitics = buildGrammar(started);
  buildActors(started);
  const { cues, packs } = buildCues(started);
  const rules = buildRules(started);
  const meta = { actors: actorsOf(started), cues, packs, clitics };
  const ruleMetas = started.source.rules.map((rule) => ruleMeta(started, rule, packs));
  return writeArtifact(buildTables(started, rules, meta, ruleMetas, multiplier), multiplier);
}

function ruleMeta(build: Build, rule: RuleSource, packs: readonly string[]): RuleMeta {
  const pack = packs.indexOf(rule.status);
  // A watchlist without packs can still be used: the default pack is then an empty one.
  if (pack < 0 && rule.status !== 'none' && !(rule.status === 'standard' && packs.length === 0)) {
    const near = closest(rule.status, packs);
    build.report(
      rule.statusAt,
      `there is no status pack '${rule.status}'`,
      near === undefined ? `use ${['none', ...packs].join(', ')}` : `did you mean '${near}'?`,
    );
  }
  return {
    id: rule.id,
    topic: rule.topic,
    version: rule.version,
    title: rule.title,
    severity: rule.severity,
    codes: rule.codes,
    confidence: rule.confidence,
    foreign: rule.foreign,
    pack,
    defaultStatus: rule.defaultStatus,
    alertWhen: rule.alertWhen,
    dedupe: rule.dedupe,
    shadow: rule.shadow,
  };
}

/** An odd factor for the rolling hash out of the content, which who sends hostile text does not know. */
function seedOf(sources: readonly Source[]): number {
  let hash = 0x811c9dc5;
  for (const { text } of sources) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash | 0x10001) >>> 0;
}
