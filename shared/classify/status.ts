import type { Status } from '../event.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { Cue } from '../watchlist/artifact.ts';
import { CATEGORY } from '../watchlist/categories.ts';
import { governs } from './clauses.ts';
import type { Match } from './matcher.ts';
import type { Reading } from './reading.ts';
import type { CuePlace } from './sentence.ts';

/** What became of an event, and the word spans of the cues that say so. */
export interface Verdict {
  readonly status: Status;
  readonly cues: readonly (readonly [number, number])[];
}

interface Candidate {
  readonly place: CuePlace;
  readonly cue: Cue;
  readonly distance: number;
}

/** Words between a cue that must stand "next" to the trigger and the trigger. */
const NEXT_WORDS = 2;
/** How a question weighs: as a condition does. */
const QUESTION_STRENGTH = 6;
/** The strength of a future verb: as any planned cue's. */
const FUTURE_STRENGTH = 2;

/** Weighs the cues around a match: the strongest wins, then the nearest. */
export function statusOf(
  reading: Reading,
  match: Match,
  cues: readonly Cue[],
  pack: number,
  usual: Status,
  question: boolean,
): Verdict {
  const candidates = reading.sentence.cues
    .map((place) => ({ place, cue: cues[place.cue] as Cue, distance: distanceOf(place, match) }))
    .filter((candidate) => candidate.cue.pack === pack && counts(reading, match, candidate))
    .sort(
      (a, b) =>
        b.cue.strength - a.cue.strength || a.distance - b.distance || a.place.cue - b.place.cue,
    );
  const best = candidates[0];
  const asked = question && asksWhether(reading);
  if (asked && (best === undefined || best.cue.strength <= QUESTION_STRENGTH)) {
    return { status: 'hypothetical', cues: [] };
  }
  const future = (match.trigger.form & FORM.future) !== 0;
  if (best === undefined || (future && best.cue.strength < FUTURE_STRENGTH)) {
    return { status: future ? 'planned' : usual, cues: [] };
  }
  return calledOff(reading, cues, pack, best) ?? turned(candidates, best);
}

/** `не прилетит: поездка перенесена`, "will not come, it was postponed": what is put off was not to be denied. */
function calledOff(
  { sentence }: Reading,
  cues: readonly Cue[],
  pack: number,
  { cue, place }: Candidate,
): Verdict | null {
  if (cue.status !== 'denied' || cue.reach === 'complement' || cue.reach === 'sentence')
    return null;
  const why = sentence.cues.find((other) => {
    const { status, pack: its } = cues[other.cue] as Cue;
    return its === pack && status === 'cancelled' && other.start >= place.end;
  });
  if (why === undefined) return null;
  const spans: [number, number][] = [
    [place.start, place.end],
    [why.start, why.end],
  ];
  return { status: 'cancelled', cues: spans };
}

function distanceOf(place: CuePlace, { trigger }: Match): number {
  return place.start >= trigger.end ? place.start - trigger.end : trigger.start - place.end;
}

function asksWhether({ sentence }: Reading): boolean {
  const first = sentence.units.slice(0, 3);
  return first.some((unit) => (unit.categories & CATEGORY.question) !== 0);
}

function counts(reading: Reading, match: Match, { place, cue, distance }: Candidate): boolean {
  const { trigger } = match;
  // A word of the match itself says what happened, not whether it did.
  if (match.words.some(([start, end]) => place.start < end && start < place.end)) return false;
  const before = place.end <= trigger.start;
  if (cue.side !== 'either' && before !== (cue.side === 'before')) return false;
  if (cue.form !== 0 && (place.form & cue.form) === 0) return false;
  if (cue.triggerForm !== 0 && !hasForm(match, cue.triggerForm)) return false;
  if (distance > cue.within) return false;
  if (isUndone(reading, place, cue.undo) || isBlocked(reading, place)) return false;
  if (before && !OPEN.has(cue.status) && isInAdjunct(reading, place, match)) return false;
  return reaches(reading, place, match, cue, distance);
}

function isBlocked({ sentence }: Reading, place: CuePlace): boolean {
  return sentence.cueBlocks.some(
    ({ cue, start, end }) => cue === place.cue && start <= place.start && end >= place.end,
  );
}

/** What is thought of or said to have happened may be so in an adjunct too. */
const OPEN: ReadonlySet<Status> = new Set(['hypothetical', 'asserted']);

/** `نفى الوفد عقب وصوله إلى إسطنبول التوصل إلى اتفاق`: it is not the arrival that is denied. */
function isInAdjunct({ sentence }: Reading, place: CuePlace, { trigger }: Match): boolean {
  return sentence.units.some(
    ({ start, end, categories }) =>
      (categories & CATEGORY.adjunct) !== 0 &&
      start >= place.end &&
      end <= trigger.start &&
      trigger.start - end <= 1,
  );
}

function hasForm({ trigger }: Match, forms: number): boolean {
  const verb = FORM.past | FORM.imperfect | FORM.future;
  const form = (trigger.form & verb) !== 0 ? trigger.form : trigger.form | FORM.noun;
  return (form & forms) !== 0;
}

function isUndone({ sentence }: Reading, place: CuePlace, within: number): boolean {
  return sentence.undoes.some(
    (undo) =>
      undo.cue === place.cue && undo.start >= place.start && undo.start - place.end <= within,
  );
}

function reaches(
  reading: Reading,
  place: CuePlace,
  { trigger }: Match,
  { reach }: Cue,
  distance: number,
): boolean {
  if (reach === 'sentence') return true;
  if (reach === 'next' && distance > NEXT_WORDS) return false;
  const { clauseAt, sentence } = reading;
  const own = clauseAt[trigger.start - sentence.start] ?? 0;
  const its = clauseAt[place.start - sentence.start] ?? 0;
  if (own === its) return true;
  return reach === 'complement' && governs(reading, its, own);
}

/** A negation before another cue turns it: "did not deny" leaves it open, "did not cancel" lets the plan stand. */
const TURNED: Readonly<Partial<Record<Status, Status>>> = {
  denied: 'hypothetical',
  refused: 'hypothetical',
  cancelled: 'planned',
  planned: 'denied',
};

function turned(candidates: readonly Candidate[], best: Candidate): Verdict {
  const span = ({ place }: Candidate): [number, number] => [place.start, place.end];
  const negation = candidates.find(
    ({ place, cue }) =>
      cue.status === 'denied' &&
      cue.reach !== 'complement' &&
      place.end <= best.place.start &&
      best.place.start - place.end <= 1,
  );
  if (negation === undefined || negation === best || best.cue.reach === 'next') {
    return { status: best.cue.status, cues: [span(best)] };
  }
  return { status: TURNED[best.cue.status] ?? best.cue.status, cues: [span(negation), span(best)] };
}
