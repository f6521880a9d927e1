import type { Severity, Status } from '../event.ts';
import type { ArticleRecord, StoredEvent, StoredParty, UpdateReason } from '../record.ts';
import { siteOf } from '../site.ts';
import { STATUS_RANK } from '../status.ts';
import type { Account } from './same-story.ts';

/** What is known of a story on one topic, kept beside the article that told it first. */
export interface Story {
  /** The article that told it first: the story's id. */
  readonly id: string;
  readonly topic: string;
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

const SEVERITY_RANK: Readonly<Record<Severity, number>> = {
  low: 0,
  notice: 1,
  high: 2,
  critical: 3,
};

/** The story as its first article begins it. */
export function beginStory(record: ArticleRecord, { topic, status, severity }: StoredEvent): Story {
  return {
    id: record.id,
    topic,
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

/** What the article says on a topic; null for a body too short to know again. */
export function accountOf(record: ArticleRecord, topic: string): Account | null {
  if (record.fingerprint === null) return null;
  const events = record.events.filter((event) => event.topic === topic);
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

/** More people than this on one side are a crowd. */
export const MAX_SIDE = 2;

/** Whom an event is about, at most MAX_SIDE on either side. */
export interface Parties<Name = string> {
  readonly who: readonly Name[];
  readonly whom: readonly Name[];
}

/** A place or a state counts as its country: who is said to visit Moscow may be said not to have been in Russia. */
export function partiesOf({ source, target }: Pick<StoredEvent, 'source' | 'target'>): Parties {
  const known = (names: readonly (string | null | undefined)[]) =>
    [...new Set(names.flatMap((name) => name ?? []))].slice(0, MAX_SIDE);
  return {
    who: known(source.map(({ id, of, country }) => id ?? of ?? country)),
    whom: known(target.map(({ id, of, country }) => country ?? id ?? of)),
  };
}

/** Whether what is `told` could be of those asked for: who names both sides means these two, who names one means him. */
export function couldMean<Name>(asked: Parties<Name>, told: Parties<Name>): boolean {
  const who = asked.who.some((name) => told.who.includes(name));
  const whom = asked.whom.some((name) => told.whom.includes(name));
  return asked.who.length > 0 && asked.whom.length > 0 ? who && whom : who || whom;
}
