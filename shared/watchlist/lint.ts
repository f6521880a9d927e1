import { createScan, scan } from '../classify/scan.ts';
import { sightWords } from '../classify/sightings.ts';
import { normaliseWords } from '../text/normalise.ts';
import { CLASS } from './affixes.ts';
import type { Watchlist } from './artifact.ts';
import type { Build } from './build-words.ts';
import type { Problem } from './problem.ts';
import { LANGUAGES } from './word.ts';

/** The lists of the grammar whose words are on every page. */
const COMMON_LISTS = ['particles', 'clauses.complement', 'clauses.relative', 'clauses.break'];

/**
 * Warns of words that reach further than their writer sees: one that with an affix is also one of the commonest words of the
 * language would fire on every page.
 */
export function lint(watchlist: Watchlist, build: Build): Problem[] {
  const common = new Set(
    COMMON_LISTS.flatMap((name) => build.source.grammar.get(name)?.entries ?? [])
      .filter(({ text }) => !/[\s/*~]/.test(text))
      .flatMap(({ text }) => normaliseWords(text)),
  );
  const state = createScan(watchlist);
  const { lexemes } = build.lexicon;
  const warnings: Problem[] = [];
  for (const word of common) {
    scan(state, word, LANGUAGES.any);
    sightWords(state);
    for (const id of state.seen.subarray(0, state.seenCount)) {
      const at = build.places.get(id);
      const lexeme = lexemes[id];
      const listed = lexeme === undefined || lexeme.cls === CLASS.exact || lexeme.letters === word;
      if (at === undefined || listed) continue;
      warnings.push({
        ...at,
        message: `'${lexeme.letters}' with its affixes is also the common word '${word}'`,
        hint: `give it class exact, or block: [${word}]`,
      });
    }
  }
  return warnings;
}
