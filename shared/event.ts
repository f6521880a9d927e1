/** What became of it: whether the thing happened, and if not, how not. */
export type Status =
  | 'asserted'
  | 'planned'
  | 'cancelled'
  | 'denied'
  | 'refused'
  | 'requested'
  | 'hypothetical';

export type Severity = 'low' | 'notice' | 'high' | 'critical';

/** The name of a topic for people, by language. */
export type TopicTitle = Readonly<Partial<Record<string, string>>>;

/** A stretch of `articleText`, in UTF-16 code units; `text` is exactly `slice(start, end)`. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Somebody who takes part in an event; `id` is the watchlist's actor, or null for one it does not know. */
export interface Party extends Stretch {
  readonly id: string | null;
  /** The actor it belongs to when it is not that actor: "Haftar's envoy" is nobody known, of haftar. */
  readonly of: string | null;
  /** ISO 3166 alpha-3, through the actor, an adjective or a genitive. */
  readonly country: string | null;
}

/** Who did what to whom, whether it happened, and the words that say so. */
export interface Event {
  readonly topic: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly severity: Severity;
  /** What people call the topic, by language, as the rule says it. */
  readonly title?: TopicTitle;
  readonly status: Status;
  readonly source: readonly Party[];
  readonly target: readonly Party[];
  readonly place: Party | null;
  /** Who says so, as written; null when the article itself says it. */
  readonly attribution: string | null;
  readonly quote: Stretch;
  readonly sentence: Stretch;
  /** The words that set the status. */
  readonly cues: readonly Stretch[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly salience: 'headline' | 'lead' | 'body';
  /** Codes of the field's schemes, such as `cameo: ['0232']`. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** Whether the rule's `alert_when` accepts this event. */
  readonly alert: boolean;
  /** Matched and stored, but nobody is told: the rule is on trial. */
  readonly shadow: boolean;
  /** What makes it the same news as another event, and for how long, as the rule's `dedupe` says; absent without one. */
  readonly dedupe?: Dedupe;
}

/** Events of one topic with the same key are one piece of news for so many hours, in whatever words it is told. */
export interface Dedupe {
  readonly key: string;
  readonly hours: number;
}

/** What the watchlist says of one article. */
export interface Classification {
  /** In the order of the text. */
  readonly events: readonly Event[];
  /** The topics of the events, and `denial` when one of them is denied or refused; sorted. */
  readonly labels: readonly string[];
  readonly watchlistVersion: string;
  readonly counters: Readonly<
    Record<'tokens' | 'misses' | 'candidates' | 'verified' | 'capped', number>
  >;
}
