import type { Severity, Status } from '../event.ts';
import type {
  ArticleRecord,
  StoredAlert,
  StoredEvent,
  StoredParty,
  UpdateReason,
} from '../record.ts';
import { siteOf } from '../site.ts';
import type { Account } from './same-story.ts';

/** What is known of a story by one rule, kept beside the article that told it first. */
export interface Story {
  /** The article that told it first: the story's id. */
  readonly id: string;
  readonly rule: string;
  /** Statuses that people were told, in order. */
  readonly told: readonly Status[];
  readonly severity: Severity;
  /** Every article that tells it, the first one first; at most MAX_MEMBERS by name, the others only counted. */
  readonly members: readonly Member[];
  readonly unnamed: number;
  /** The last of SOURCE_LEVELS that was told. */
  readonly level: number;
  /** What was decided for articles that made the story heard again, so that a retry decides the same. */
  readonly updates: Readonly<Record<string, Update>>;
}

export interface Member {
  readonly id: string;
  /** The site's slug, `unknown` for an upload that does not say. */
  readonly site: string;
}

/** Why a story is told again, and the statuses that people had been told before. */
export interface Update {
  readonly why: UpdateReason;
  readonly was: readonly Status[];
}

/** Enough to list; 100 members are about 4 KB. */
const MAX_MEMBERS = 100;
/** Twenty sites that copy each other are the ordinary case and no news; past that, the reach itself is. */
const SOURCE_LEVELS = [25, 100] as const;

/** A status tells more than one of a lower number; a denial tops what it denies, and nothing tops a denial. */
const STATUS_RANK: Readonly<Record<Status, number>> = {
  hypothetical: 0,
  requested: 1,
  planned: 2,
  asserted: 3,
  refused: 4,
  cancelled: 4,
  denied: 5,
};
const SEVERITY_RANK: Readonly<Record<Severity, number>> = {
  low: 0,
  notice: 1,
  high: 2,
  critical: 3,
};

/** A later telling that takes something back. */
export function isCorrection(status: Status): boolean {
  return STATUS_RANK[status] > STATUS_RANK.asserted;
}

/** The story as its first article begins it. */
export function beginStory(record: ArticleRecord, { rule, status, severity }: StoredEvent): Story {
  return {
    id: record.id,
    rule,
    told: [status],
    severity,
    members: [memberOf(record)],
    unnamed: 0,
    level: 0,
    updates: {},
  };
}

/**
 * The story once this article belongs to it, and whether people hear of it again: null for no. Asking twice for one
 * article changes nothing and gives the same answer.
 */
export function joinStory(
  story: Story,
  record: ArticleRecord,
  { status, severity }: Pick<StoredEvent, 'status' | 'severity'>,
): { readonly story: Story; readonly update: Update | null } {
  const known = story.updates[record.id];
  if (known !== undefined) return { story, update: known };
  if (story.members.some(({ id }) => id === record.id)) return { story, update: null };

  const named = story.members.length < MAX_MEMBERS;
  const members = named ? [...story.members, memberOf(record)] : story.members;
  const joined = { ...story, members, unnamed: story.unnamed + (named ? 0 : 1) };
  const level = levelOf(sourcesOf(joined));
  const why = reasonToTell(story, status, severity, level);
  if (why === null) return { story: joined, update: null };
  const update = { why, was: [...new Set(story.told)] };
  return {
    story: {
      ...joined,
      told: why === 'status' ? [...story.told, status] : story.told,
      severity: why === 'severity' ? severity : story.severity,
      level: Math.max(level, story.level),
      updates: { ...story.updates, [record.id]: update },
    },
    update,
  };
}

function reasonToTell(
  story: Story,
  status: Status,
  severity: Severity,
  level: number,
): UpdateReason | null {
  const toldRank = Math.max(...story.told.map((told) => STATUS_RANK[told]));
  if (STATUS_RANK[status] > toldRank) return 'status';
  if (SEVERITY_RANK[severity] > SEVERITY_RANK[story.severity]) return 'severity';
  return level > story.level ? 'sources' : null;
}

const memberOf = (record: ArticleRecord): Member => ({ id: record.id, site: siteOf(record) });

/** How many different sites tell it; uploads that do not say whence count as one. */
export function sourcesOf({ members }: Pick<Story, 'members'>): number {
  return new Set(members.map(({ site }) => site)).size;
}

/** How many articles tell it. */
export function articlesOf({ members, unnamed }: Pick<Story, 'members' | 'unnamed'>): number {
  return members.length + unnamed;
}

function levelOf(sources: number): number {
  return SOURCE_LEVELS.filter((level) => sources >= level).at(-1) ?? 0;
}

/** What the article says by the rule of this alert; null for a body too short to know again. */
export function accountOf(record: ArticleRecord, alert: StoredAlert): Account | null {
  if (record.fingerprint === null) return null;
  const events = record.events.filter(({ rule }) => rule === alert.rule);
  return {
    fingerprint: record.fingerprint,
    sources: events.flatMap(({ source }) => source.map(actorOf)),
    targets: events.flatMap(({ target }) => target.map(actorOf)),
    words: [
      record.title,
      ...record.events.map(({ sentence, quote }) => sentence ?? quote),
      ...record.events.flatMap(({ source, target }) => [...source, ...target]).map((p) => p.text),
    ].join('\n'),
  };
}

const actorOf = ({ id, of, text }: StoredParty) => ({ id: id ?? of ?? null, text });

/**
 * Under which keys an event can be found again by who did it to whom: the surest first. A denial that names one side
 * only is looked for by that side alone. None when nobody is known.
 */
export function partyKeys({ source, target }: StoredEvent): readonly string[] {
  const side = (parties: StoredEvent['source']) =>
    [...new Set(parties.flatMap(({ id, of }) => id ?? of ?? []))].sort().join('+');
  const [who, whom] = [side(source), side(target)];
  if (who === '' && whom === '') return [];
  const both = `${who}>${whom}`;
  return who !== '' && whom !== '' ? [both, `${who}>`, `>${whom}`] : [both];
}
