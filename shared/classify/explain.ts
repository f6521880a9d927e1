import { articleText } from '../article.ts';
import type { Event } from '../event.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import {
  type Classifiable,
  createMemory,
  entryOf,
  eventsOfRule,
  languagesOf,
  matcherFor,
} from './classify.ts';
import { mayMatch } from './match.ts';
import { createScan, scan } from './scan.ts';
import { sightWords } from './sightings.ts';

/** What became of one rule in one article. */
export interface Explanation {
  readonly rule: string;
  readonly outcome: 'matched' | 'no-word' | 'words-missing' | 'failed';
  /** Where it matched, or at which condition it failed, for a person. */
  readonly because: readonly string[];
  readonly events: readonly Event[];
}

/** Says for every rule why it matched an article, or at which condition it failed. */
export function explain(watchlist: Watchlist, article: Classifiable): Explanation[] {
  const state = createScan(watchlist);
  scan(state, articleText(article), languagesOf(article.lang));
  sightWords(state);
  const { postStart, posts } = watchlist.tables;
  const candidates = new Set<number>();
  for (const lexeme of state.seen.subarray(0, state.seenCount)) {
    const end = rowEnd(postStart, lexeme);
    for (let p = rowStart(postStart, lexeme); p < end; p++) candidates.add(posts[p] as number);
  }
  const memory = createMemory(watchlist);
  return Array.from({ length: watchlist.ruleCount }, (_, index): Explanation => {
    const rule = watchlist.rule(index).id;
    if (!candidates.has(index)) {
      return {
        rule,
        outcome: 'no-word',
        because: ['none of its words is in the text'],
        events: [],
      };
    }
    if (!mayMatch(state, memory.hits, entryOf(watchlist, index).match)) {
      const because = ['some of its words are in the text, but not all that it needs'];
      return { rule, outcome: 'words-missing', because, events: [] };
    }
    const trace: string[] = [];
    const matcher = matcherFor(watchlist, state, memory, article.title.length, trace);
    const events = eventsOfRule(watchlist, matcher, index).map(({ event }) => event);
    const near = 'its words are in the text, but not near enough to each other';
    if (events.length === 0 && trace.length === 0) trace.push(near);
    return { rule, outcome: events.length > 0 ? 'matched' : 'failed', because: trace, events };
  });
}
