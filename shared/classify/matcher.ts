import type { Scope } from '../watchlist/source.ts';
import type { ConceptHits } from './concept-hits.ts';
import type { Occurrences } from './occurrences.ts';
import type { Pattern } from './pattern.ts';
import type { Reader } from './reading.ts';
import type { Scan } from './scan.ts';
import type { Filling, Trigger } from './slot-search.ts';

/** One way in which a pattern holds. */
export interface Match {
  readonly trigger: Trigger;
  /** Words [start, end) of all that was found, the parties of the trigger's sentence among them. */
  readonly start: number;
  readonly end: number;
  /** The word spans that the pattern's own items found. */
  readonly words: readonly (readonly [number, number])[];
  readonly fillings: readonly Filling[];
  /** Optional slots left empty, optional words found. */
  readonly empty: number;
  readonly bonus: number;
}

/** What patterns are matched against: the text at hand, with what was already found out about it. */
export interface Matcher {
  readonly scan: Scan;
  readonly reader: Reader;
  readonly memo: Map<number, Occurrences>;
  /** The patterns already read, by their place in the code. */
  readonly patterns: Map<number, Pattern>;
  readonly hits: ConceptHits;
  /** Words of the headline; 0 without one. */
  readonly headlineEnd: number;
  /** Words of headline and first two paragraphs. */
  readonly leadEnd: number;
  /** Matches cut off because a rule had too many in one sentence. */
  capped: number;
  /** Where patterns failed, for a person who asks why; null when nobody does. */
  readonly trace: string[] | null;
}

/** The part of the text that a word's scope is: the same number for words in one. -1 lies outside. */
export function unitOf(
  { scan, reader, headlineEnd, leadEnd }: Matcher,
  scope: Scope,
  word: number,
): number {
  const sentence = scan.sentence[word] as number;
  switch (scope) {
    case 'clause': {
      const { clauseAt, sentence: read } = reader.read(sentence);
      return sentence * 1000 + (clauseAt[word - read.start] ?? 0);
    }
    case 'sentence':
      return sentence;
    case 'paragraph':
      return scan.paragraph[sentence] as number;
    case 'headline':
      return word < headlineEnd ? 0 : -1;
    case 'lead':
      return word < leadEnd ? 0 : -1;
    default:
      return 0;
  }
}
