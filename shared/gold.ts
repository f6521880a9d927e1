import type { Status } from './event.ts';

/** What a careful reader says of one event of an article. */
export interface GoldEvent {
  readonly status: Status | null;
  /** As the reader wrote it; null when there is none. */
  readonly source: string | null;
  readonly target: string | null;
}

/** An article with the answers that a careful reader gave. */
export interface GoldArticle {
  readonly id: string;
  readonly lang: string;
  /** What makes it hard, such as `postponed_visit`. */
  readonly phenomenon: string;
  /** The upload, relative to the labels' file; null when the line carries the text itself. */
  readonly input: string | null;
  readonly title: string;
  readonly text: string;
  readonly topics: ReadonlySet<string>;
  /** Topics that another careful reader might decide otherwise: not counted. */
  readonly arguable: ReadonlySet<string>;
  /** The reader was unsure of the article as a whole. */
  readonly unsure: boolean;
  /** By topic, where the reader said more than that it is there. */
  readonly events: ReadonlyMap<string, GoldEvent>;
}

/** What a labels' file holds, or the sentences that say what is wrong with it. */
export interface GoldReading {
  readonly articles: readonly GoldArticle[];
  readonly problems: readonly string[];
}

const STATUSES: ReadonlySet<string> = new Set([
  'asserted',
  'planned',
  'cancelled',
  'denied',
  'refused',
  'requested',
  'hypothetical',
]);

/** `weapons_request` and `weapons-request` are one topic. */
export function topicName(name: string): string {
  return name.replaceAll('_', '-');
}

/** Reads labelled articles, one JSON object a line. Never throws: what is wrong is said with its line. */
export function readGold(jsonLines: string): GoldReading {
  const articles: GoldArticle[] = [];
  const problems: string[] = [];
  for (const [index, line] of jsonLines.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push(`line ${index + 1}: ${read}`);
    else articles.push(read);
  }
  return { articles, problems };
}

function readLine(line: string): GoldArticle | string {
  const fields = objectOf(line);
  if (fields === null) return 'is not a JSON object; write one article a line';
  const { id, labels, lang, phenomenon, arguable } = fields;
  if (typeof id !== 'string' || id === '')
    return 'has no "id"; give each article a name of its own';
  if (typeof labels !== 'object' || labels === null) {
    return `${id} has no "labels"; write for example "labels": {"visit": true}`;
  }
  const { text: body, title: headline, input: file } = fields;
  const text = stringOf(body);
  const title = stringOf(headline);
  const input = stringOf(file);
  if (text === '' && title === '' && input === '') {
    return `${id} has neither "text" nor "title" nor "input"; there is nothing to classify`;
  }
  return {
    id,
    lang: stringOf(lang) || 'und',
    phenomenon: stringOf(phenomenon) || 'none',
    input: input === '' ? null : input,
    title,
    text,
    topics: topicsOf(labels),
    arguable: arguableOf(arguable),
    unsure: arguable === true,
    events: eventsOf(fields),
  };
}

function objectOf(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `["visit"]` and `{"visit": true}` say the same. */
function topicsOf(labels: object): Set<string> {
  const names = Array.isArray(labels)
    ? labels.filter((label) => typeof label === 'string')
    : Object.entries(labels)
        .filter(([, there]) => there === true)
        .map(([name]) => name);
  return new Set(names.map(topicName));
}

function arguableOf(value: unknown): Set<string> {
  if (!Array.isArray(value)) return new Set();
  return new Set(value.filter((name) => typeof name === 'string').map(topicName));
}

/** A topic's own key holds what is known of its event. */
function eventsOf(fields: Record<string, unknown>): Map<string, GoldEvent> {
  const events = new Map<string, GoldEvent>();
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'labels' || typeof value !== 'object' || value === null) continue;
    if (!('modality' in value) && !('status' in value)) continue;
    const { status, modality, source, target } = value as Record<string, unknown>;
    const word = stringOf(status) || stringOf(modality);
    events.set(topicName(key), {
      status: STATUSES.has(word) ? (word as Status) : null,
      source: stringOf(source) || null,
      target: stringOf(target) || null,
    });
  }
  return events;
}
