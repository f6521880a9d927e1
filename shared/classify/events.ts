import type { Dedupe, Event, Party, Stretch } from '../event.ts';
import { IGNORED, LETTERS } from '../text/normalise.ts';
import { FORM } from '../watchlist/affixes.ts';
import type { RuleMeta, Watchlist } from '../watchlist/artifact.ts';
import { attributionOf } from './attribution.ts';
import type { Match } from './matcher.ts';
import type { PartyPlace } from './party.ts';
import type { Reader, Reading } from './reading.ts';
import { CLITIC_SHIFT } from './scan.ts';
import type { Filling } from './slot-search.ts';
import { statusOf, type Verdict } from './status.ts';

/** An event with what decides between it and its rivals. */
export interface Candidate {
  readonly event: Event;
  readonly trigger: Stretch;
}

/** What a filling costs: someone carried over may be the wrong one, and nobody knows a stranger's country. */
const FACTOR = {
  carried: 0.9,
  earlier: 0.8,
  unknown: 0.85,
  empty: 0.95,
  bonus: 1.05,
  oneCountry: 0.9,
};

/** Makes the event that a match of a rule tells, or null where `foreign` rules it out. */
export function eventOf(
  watchlist: Watchlist,
  reader: Reader,
  match: Match,
  rule: RuleMeta,
  salience: Event['salience'],
): Candidate | null {
  const { scan } = reader;
  const index = scan.sentence[match.trigger.start] as number;
  const source = partiesOf(watchlist, reader, match.fillings, 0);
  const target = partiesOf(watchlist, reader, match.fillings, 1);
  const place = partiesOf(watchlist, reader, match.fillings, 2)[0] ?? null;
  const foreign = rule.foreign === 'no' ? 1 : foreignness(source, target, rule.foreign);
  if (foreign === 0) return null;
  const question = scan.question[index] === 1;
  const { cues, pack } = { cues: watchlist.meta.cues, pack: rule.pack };
  // A rule of words alone needs no reading of the sentence: it says that the words are there, and no more.
  const plain = pack < 0 && match.fillings.length === 0;
  const verdict: Verdict = plain
    ? { status: rule.defaultStatus, cues: [] }
    : statusOf(reader.read(index), match, cues, pack, rule.defaultStatus, question);
  const confidence = confidenceOf(rule, match, [...source, ...target], foreign);
  const dedupe = dedupeOf(rule, { source, target, place: place ? [place] : [] }, verdict.status);
  const event: Event = {
    topic: rule.topic,
    rule: rule.id,
    ruleVersion: rule.version,
    severity: rule.severity,
    title: rule.title,
    status: verdict.status,
    source: source.map(({ party }) => party),
    target: target.map(({ party }) => party),
    place: place?.party ?? null,
    attribution: plain ? null : attributionOf(reader, reader.read(index), match),
    quote: stretchOf(reader, match.start, match.end),
    sentence: sentenceOf(reader, index),
    cues: verdict.cues.map(([start, end]) => stretchOf(reader, start, end)),
    confidence,
    salience,
    codes: rule.codes,
    alert: alerts(rule, verdict.status, confidence),
    shadow: rule.shadow,
    ...(dedupe === null ? {} : { dedupe }),
  };
  return { event, trigger: stretchOf(reader, match.trigger.start, match.trigger.end) };
}

function alerts(
  { alertWhen, shadow }: RuleMeta,
  status: Event['status'],
  confidence: number,
): boolean {
  if (alertWhen === null || shadow) return false;
  return alertWhen.status.includes(status) && confidence >= alertWhen.minConfidence;
}

/** So many parties of a side tell an enumeration from another; the key is a table key, and must stay short. */
const MAX_KEYS = 4;

/** The rule's key of an event; null when it has none, or when somebody it goes by is not named: one minister is not another. */
function dedupeOf(
  { dedupe, id, topic }: RuleMeta,
  parties: Readonly<Record<'source' | 'target' | 'place', readonly NamedParty[]>>,
  status: Event['status'],
): Dedupe | null {
  if (dedupe === null) return null;
  const own: Readonly<Record<string, string>> = { topic, rule: id, status };
  const parts = dedupe.key.map((part) => {
    const value = own[part];
    if (value !== undefined) return value;
    const keys = parties[part as keyof typeof parties].map(({ key }) => key);
    return keys.length === 0 || keys.includes(null)
      ? null
      : keys.sort().slice(0, MAX_KEYS).join('+');
  });
  return parts.includes(null) ? null : { key: parts.join('>'), hours: dedupe.windowHours };
}

interface NamedParty {
  /** The actor it is, a place by its country (Moscow is Russia); null for a role whose bearer is not named. */
  readonly key: string | null;
  readonly party: Party;
  readonly country: string | null;
  readonly known: boolean;
}

function partiesOf(
  watchlist: Watchlist,
  reader: Reader,
  fillings: readonly Filling[],
  role: number,
): NamedParty[] {
  return fillings
    .filter((filling) => filling.role === role)
    .flatMap((filling) =>
      filling.parties.map((place) => {
        const { id, of, country } = identify(watchlist, place);
        const reading = reader.read(filling.sentence);
        const stretch = partyStretch(reader, reading, place);
        return {
          party: { id, of, country, ...stretch },
          country,
          known: id !== null || of !== null,
          key: place.actor < 0 ? null : keyOf(watchlist, place.actor),
        };
      }),
    );
}

const PLACES: ReadonlySet<string> = new Set(['state', 'city', 'place']);

function keyOf({ meta }: Watchlist, index: number): string | null {
  const actor = meta.actors[index];
  if (actor === undefined) return null;
  return PLACES.has(actor.kind) ? (actor.country ?? actor.id) : actor.id;
}

/** Which actor a party is, whose it is, and of which country. */
function identify({ meta }: Watchlist, { actor, nation, of }: PartyPlace) {
  const idOf = (index: number) => (index < 0 ? null : (meta.actors[index]?.id ?? null));
  const countryOf = (index: number) => (index < 0 ? null : (meta.actors[index]?.country ?? null));
  // Whoever belongs to an actor is not that actor's country: `مدير مكتب حفتر` is nobody we know, of haftar.
  const id = actor >= 0 ? idOf(actor) : of < 0 ? idOf(nation) : null;
  return { id, of: idOf(of), country: countryOf(actor) ?? countryOf(nation) ?? countryOf(of) };
}

function foreignness(
  source: readonly NamedParty[],
  target: readonly NamedParty[],
  demand: RuleMeta['foreign'],
): number {
  const from = source.flatMap(({ country }) => country ?? []);
  const to = target.flatMap(({ country }) => country ?? []);
  if (from.some((country) => to.includes(country))) return 0;
  if (from.length > 0 && to.length > 0) return 1;
  return demand === 'known' ? 0 : FACTOR.oneCountry;
}

function confidenceOf(
  rule: RuleMeta,
  match: Match,
  parties: readonly NamedParty[],
  foreign: number,
): number {
  let confidence = rule.confidence * foreign;
  for (const { manner } of match.fillings) if (manner !== 'written') confidence *= FACTOR[manner];
  if (parties.some(({ known }) => !known)) confidence *= FACTOR.unknown;
  confidence *= FACTOR.empty ** match.empty * FACTOR.bonus ** match.bonus;
  return Math.round(Math.min(confidence, 1) * 1000) / 1000;
}

function stretchOf({ scan }: Reader, start: number, end: number): Stretch {
  return slice(scan.text, scan.start[start] as number, scan.end[end - 1] as number);
}

function slice(text: string, start: number, end: number): Stretch {
  return { text: text.slice(start, end), start, end };
}

/** A party without the conjunction and preposition that Arabic writes onto it, where what remains is a word. */
function partyStretch({ scan }: Reader, { sentence }: Reading, party: PartyPlace): Stretch {
  const { form } = sentence.units[party.unit] as { form: number };
  const { text } = scan;
  let start = scan.start[party.start] as number;
  const end = scan.end[party.end - 1] as number;
  const skip = () => {
    start++;
    while (LETTERS[text.charCodeAt(start)] === IGNORED) start++;
  };
  if ((scan.marks[party.start] as number) >> CLITIC_SHIFT !== 0 || text.charCodeAt(start) < 0x600)
    return slice(text, start, end);
  if ((form & FORM.conjunction) !== 0 && 'وف'.includes(text[start] as string)) skip();
  // لل hides the alef of the article: للسودان less ل would be لسودان.
  const bare =
    (form & (FORM.b | FORM.k)) !== 0 || ((form & FORM.l) !== 0 && text[start + 1] !== 'ل');
  if (bare && 'بلك'.includes(text[start] as string)) skip();
  return slice(text, start, end);
}

/** A sentence with the marks around it. */
function sentenceOf({ scan }: Reader, index: number): Stretch {
  const { text } = scan;
  let start = scan.start[scan.sentenceStart[index] as number] as number;
  let end = scan.end[(scan.sentenceStart[index + 1] as number) - 1] as number;
  while (start > 0 && '"“«([\'‘'.includes(text[start - 1] as string)) start--;
  while (end < text.length && '.!?؟…"”»)]\'’۔'.includes(text[end] as string)) end++;
  return slice(text, start, end);
}
