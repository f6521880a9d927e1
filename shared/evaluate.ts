import type { Recognise } from './classify/recognise.ts';
import type { Classification, Event, Party, Status } from './event.ts';
import type { GoldArticle } from './gold.ts';
import { mainEvent } from './main-event.ts';

/** An article with both answers. */
export interface Answered {
  readonly gold: GoldArticle;
  readonly found: Classification;
}

/** How often the watchlist was right; a ratio is null where there is nothing to divide by. */
export interface Score {
  /** Articles where a reader sees the topic. */
  readonly gold: number;
  readonly hits: number;
  readonly falseHits: number;
  readonly missed: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export interface Share {
  readonly right: number;
  readonly of: number;
}

/** One wrong decision, for a person to read. */
export interface Wrong {
  readonly id: string;
  readonly lang: string;
  readonly phenomenon: string;
  readonly topic: string;
  readonly kind: 'missed' | 'false';
  /** The sentence that misled us, or the beginning of what we overlooked. */
  readonly text: string;
}

export interface Evaluation {
  readonly articles: number;
  readonly topics: Readonly<Record<string, Score>>;
  /** Mean F1 of the topics that enough articles have. */
  readonly macroF1: number | null;
  /** By language, the main topics only. */
  readonly languages: Readonly<Record<string, Readonly<Record<string, Score>>>>;
  /** By phenomenon: articles where the main topics are both right. */
  readonly phenomena: Readonly<Record<string, Share>>;
  /** Articles without a main topic, and those of them where we saw one. */
  readonly falseAlerts: { readonly ids: readonly string[]; readonly of: number };
  /** Status of the main topics' hits. */
  readonly status: Share;
  /** Topic → status a reader gave → status we gave → articles. */
  readonly confusion: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>
  >;
  readonly source: Share;
  readonly target: Share;
  readonly wrong: readonly Wrong[];
}

/** What people are told of by default; the figures by language and phenomenon are about these. */
export const MAIN_TOPICS = ['visit', 'weapons-request'] as const;
/** A topic that fewer articles have says nothing about the mean. */
const MIN_GOLD = 3;
const EXCERPT = 140;

/**
 * Compares what the watchlist found with what readers labelled. Topics named as arguable are not counted.
 * @param recognise whether a party is whom a reader's words mean, where no word is common to both.
 */
export function evaluate(
  answered: readonly Answered[],
  recognise: Recognise = () => false,
): Evaluation {
  const names = topicsIn(answered);
  const topics = Object.fromEntries(names.map((topic) => [topic, score(answered, topic)]));
  const counted = Object.values(topics).filter(({ gold }) => gold >= MIN_GOLD);
  const statuses = statusesOf(answered);
  const neither = answered.filter(
    ({ gold }) => !MAIN_TOPICS.some((topic) => gold.topics.has(topic)),
  );
  return {
    articles: answered.length,
    topics,
    macroF1: mean(counted.map(({ f1 }) => f1 ?? 0)),
    languages: byKey(answered, ({ gold }) => gold.lang, mainScores),
    phenomena: byKey(answered, ({ gold }) => gold.phenomenon, mainRight),
    falseAlerts: {
      ids: neither
        .filter((pair) => MAIN_TOPICS.some((topic) => verdict(pair, topic) === 'false'))
        .map(({ gold }) => gold.id),
      of: neither.length,
    },
    status: {
      right: statuses.filter(({ gold, found }) => gold === found).length,
      of: statuses.length,
    },
    confusion: confusionOf(statuses),
    source: partyShare(answered, 'source', recognise),
    target: partyShare(answered, 'target', recognise),
    wrong: answered.flatMap((pair) => wrongOf(pair, names)),
  };
}

type Verdict = 'hit' | 'false' | 'missed' | 'rightly-silent' | 'arguable';

function verdict({ gold, found }: Answered, topic: string): Verdict {
  const there = gold.topics.has(topic);
  const seen = found.labels.includes(topic);
  if (gold.arguable.has(topic)) return 'arguable';
  if (there === seen) return there ? 'hit' : 'rightly-silent';
  return there ? 'missed' : 'false';
}

function score(answered: readonly Answered[], topic: string): Score {
  const count = (wanted: Verdict) =>
    answered.filter((pair) => verdict(pair, topic) === wanted).length;
  const [hits, falseHits, missed] = [count('hit'), count('false'), count('missed')];
  return {
    gold: hits + missed,
    hits,
    falseHits,
    missed,
    precision: ratio(hits, hits + falseHits),
    recall: ratio(hits, hits + missed),
    f1: ratio(2 * hits, 2 * hits + falseHits + missed),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function mean(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

function topicsIn(answered: readonly Answered[]): string[] {
  const names = answered.flatMap(({ gold, found }) => [...gold.topics, ...found.labels]);
  return [...new Set([...MAIN_TOPICS, ...names.sort()])];
}

function mainScores(answered: readonly Answered[]): Record<string, Score> {
  return Object.fromEntries(MAIN_TOPICS.map((topic) => [topic, score(answered, topic)]));
}

function mainRight(answered: readonly Answered[]): Share {
  const wrong = (pair: Answered) =>
    MAIN_TOPICS.some((topic) => ['false', 'missed'].includes(verdict(pair, topic)));
  return { right: answered.filter((pair) => !wrong(pair)).length, of: answered.length };
}

function byKey<Item, Summary>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  summarise: (group: readonly Item[]) => Summary,
): Record<string, Summary> {
  const keys = [...new Set(items.map(keyOf))].sort();
  return Object.fromEntries(
    keys.map((key) => [key, summarise(items.filter((item) => keyOf(item) === key))]),
  );
}

interface StatusPair {
  readonly topic: string;
  readonly gold: Status;
  readonly found: Status;
}

/** A refused event did not happen, and one that was only asked for has not happened yet. */
function coarse(status: Status): Status {
  if (status === 'refused') return 'denied';
  return status === 'requested' ? 'hypothetical' : status;
}

function statusesOf(answered: readonly Answered[]): StatusPair[] {
  return answered.flatMap(({ gold, found }) =>
    MAIN_TOPICS.flatMap((topic) => {
      const wanted = gold.events.get(topic)?.status;
      const event = mainEvent(found.events, topic);
      if (!gold.topics.has(topic) || !wanted || event === null) return [];
      return [{ topic, gold: coarse(wanted), found: coarse(event.status) }];
    }),
  );
}

function confusionOf(statuses: readonly StatusPair[]): Evaluation['confusion'] {
  const count = (group: readonly StatusPair[]) => group.length;
  const byFound = (group: readonly StatusPair[]) => byKey(group, ({ found }) => found, count);
  const byGold = (group: readonly StatusPair[]) => byKey(group, ({ gold }) => gold, byFound);
  return byKey(statuses, ({ topic }) => topic, byGold);
}

function partyShare(
  answered: readonly Answered[],
  role: 'source' | 'target',
  recognise: Recognise,
): Share {
  const checks = answered.flatMap(({ gold, found }) =>
    [...gold.events].flatMap(([topic, wanted]) => {
      const name = wanted[role];
      const event = mainEvent(found.events, topic);
      if (!gold.topics.has(topic) || name === null || event === null) return [];
      const parties = event[role];
      const isMeant = (party: Party) => recognise(name, gold.lang, party);
      return [namesOne(name, parties) || parties.some(isMeant)];
    }),
  );
  return { right: checks.filter(Boolean).length, of: checks.length };
}

/** Whether one of the parties bears a word of the name: readers and writers seldom choose the same words. */
function namesOne(name: string, parties: readonly Party[]): boolean {
  const words = new Set(wordsOf(name));
  return parties.some((party) =>
    wordsOf(`${party.text} ${party.id ?? ''}`).some((word) => words.has(word)),
  );
}

/** Letters and digits; without the Arabic article and proclitics, which come and go with the sentence. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).map((word) =>
    word.replace(/^[وف]?(?:ال|لل|بال|كال|[بلك](?=.{4}))/u, '').replace(/[أإآ]/gu, 'ا'),
  );
}

function wrongOf(pair: Answered, topics: readonly string[]): Wrong[] {
  return topics.flatMap((topic) => {
    const kind = verdict(pair, topic);
    if (kind !== 'false' && kind !== 'missed') return [];
    const { id, lang, phenomenon } = pair.gold;
    return [{ id, lang, phenomenon, topic, kind, text: excerptOf(pair, topic) }];
  });
}

function excerptOf({ gold, found }: Answered, topic: string): string {
  const event: Event | null = mainEvent(found.events, topic);
  const text = event?.sentence.text ?? (gold.title || gold.text);
  return text.replace(/\s+/gu, ' ').slice(0, EXCERPT);
}
