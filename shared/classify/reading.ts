import { isUpperCase } from '../text/sentences.ts';
import type { Watchlist } from '../watchlist/artifact.ts';
import { SENSE } from '../watchlist/categories.ts';
import { rowEnd, rowStart } from '../watchlist/rows.ts';
import { LANGUAGES } from '../watchlist/word.ts';
import { type Clauses, readClauses } from './clauses.ts';
import { phraseEnd } from './occurrences.ts';
import { readParties } from './parties.ts';
import type { PartyPlace } from './party.ts';
import type { Scan } from './scan.ts';
import { readSentence, type Sentence } from './sentence.ts';

/** A sentence with its clauses and parties. */
export interface Reading extends Clauses {
  readonly sentence: Sentence;
  readonly parties: readonly PartyPlace[];
  /** Written from right to left, with the grammar of Arabic. */
  readonly arabic: boolean;
}

/** Reads sentences of the text at hand when they are asked for, each once. */
export interface Reader {
  readonly scan: Scan;
  readonly watchlist: Watchlist;
  readonly read: (index: number) => Reading;
}

/** A reader over the text that `scan` holds; it is good for that text only. */
export function createReader(watchlist: Watchlist, scan: Scan): Reader {
  const readings = new Map<number, Reading>();
  let named: ReadonlySet<number> | undefined;
  const isNamed = (actor: number) => {
    named ??= namedActors(scan);
    return named.has(actor);
  };
  const read = (index: number): Reading => {
    const known = readings.get(index);
    if (known !== undefined) return known;
    const sentence = readSentence(scan, index);
    const context = {
      actors: watchlist.meta.actors,
      units: sentence.units,
      text: scan.text,
      charStart: (word: number) => scan.start[word] as number,
      isNamed,
      capitalsTell: capitalsTell(scan, sentence),
      nounsModify: nounsModify(scan, sentence),
    };
    const reading = {
      sentence,
      ...readClauses(sentence),
      parties: readParties(sentence, context, watchlist.meta.clitics),
      arabic: scan.text.charCodeAt(scan.start[sentence.start] as number) >= 0x600,
    };
    readings.set(index, reading);
    return reading;
  };
  return { scan, watchlist, read };
}

/** Where most words have capitals, as in an English headline, capitals make no names. */
function capitalsTell(scan: Scan, { start, end }: Sentence): boolean {
  let capitals = 0;
  for (let i = start; i < end; i++) {
    if (isUpperCase(scan.text.charCodeAt(scan.start[i] as number))) capitals++;
  }
  return capitals * 5 < (end - start) * 3;
}

function nounsModify(scan: Scan, { start }: Sentence): boolean {
  const latin = scan.text.charCodeAt(scan.start[start] as number) < 0x370;
  return latin && (scan.languages & LANGUAGES.fr) === 0;
}

/** The actors that the text names outright. */
function namedActors(scan: Scan): Set<number> {
  const { actors } = scan.analyses.watchlist.meta;
  const { analyses } = scan;
  const { tables } = analyses;
  const named = new Set<number>();
  const note = (values: Int32Array, from: number, until: number) => {
    for (let i = from; i < until; i++) {
      const sense = values[i] as number;
      if (sense >>> 24 === SENSE.name) named.add(sense & 0xffffff);
    }
  };
  for (let at = 0; at < scan.count; at++) {
    const row = scan.row[at] as number;
    for (let i = analyses.start[row] as number; i < (analyses.start[row + 1] as number); i++) {
      const lexeme = analyses.lexemes[i] as number;
      note(
        tables.lexemeSenses,
        rowStart(tables.lexemeSenseStart, lexeme),
        rowEnd(tables.lexemeSenseStart, lexeme),
      );
      const last = rowEnd(tables.lexemePhraseStart, lexeme);
      for (let p = rowStart(tables.lexemePhraseStart, lexeme); p < last; p++) {
        const phrase = tables.lexemePhrases[p] as number;
        if (phraseEnd(scan, phrase, at) < 0) continue;
        note(
          tables.phraseSenses,
          rowStart(tables.phraseSenseStart, phrase),
          rowEnd(tables.phraseSenseStart, phrase),
        );
      }
    }
  }
  // Who names Bamako has named Mali.
  for (const actor of [...named]) {
    for (let up = actors[actor]?.of ?? -1, depth = 0; up >= 0 && depth < 8; depth++) {
      named.add(up);
      up = actors[up]?.of ?? -1;
    }
  }
  return named;
}
