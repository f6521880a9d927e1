import { readFileSync } from 'node:fs';
import { openWatchlist, type Watchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';

/** A few actors and words that hold still while the shipped ones grow; the language packs are the shipped ones. */
const OWN = `
include: [default]
actors:
  - { id: libya, kind: state, country: LBY, ar: { names: [ليبيا], adjectives: [ليبي] }, en: { names: [Libya], adjectives: [Libyan] }, ru: { names: ['Ливи~'], adjectives: ['ливийск~'] }, fr: { adjectives: [libyen/libyenne] } }
  - { id: russia, kind: state, country: RUS, ar: { names: [روسيا], adjectives: [روسي], people: [الروس] }, en: { names: [Russia], adjectives: [Russian] }, ru: { names: ['Росси~'], adjectives: ['российск~'] }, fr: { names: [Russie], adjectives: [russe] } }
  - { id: moscow, kind: city, of: russia, ar: { names: [موسكو] }, en: { names: [Moscow] }, ru: { names: ['Москв~'] }, fr: { names: [Moscou] } }
  - { id: egypt, kind: state, country: EGY, ar: { names: [مصر], adjectives: [مصري] }, en: { names: [Egypt], adjectives: [Egyptian] } }
  - { id: sudan, kind: state, country: SDN, ar: { names: [السودان], adjectives: [سوداني] }, en: { names: [Sudan] } }
  - { id: cairo, kind: city, of: egypt, ar: { names: [القاهرة] }, en: { names: [Cairo] } }
  - { id: benghazi, kind: city, of: libya, ar: { names: [بنغازي] }, en: { names: [Benghazi] } }
  - { id: mali, kind: state, country: MLI, ar: { names: [دولة مالي], weak: [مالي] }, en: { names: [Mali] } }
  - { id: haftar, kind: person, of: libya, ar: { names: [خليفة حفتر, حفتر], weak: [المشير] }, en: { names: [Khalifa Haftar, Haftar] }, ru: { names: ['Халиф~ Хафтар~', 'Хафтар~'] }, fr: { names: [Haftar] } }
  - { id: putin, kind: person, of: russia, ar: { names: [فلاديمير بوتين, بوتين] }, en: { names: [Vladimir Putin, Putin] }, ru: { names: ['Владимир~ Путин~', 'Путин~'] } }
  - { id: lavrov, kind: person, of: russia, ar: { names: [سيرغي لافروف, لافروف] }, en: { names: [Sergei Lavrov, Lavrov] } }
lexicon:
  t.visit.noun: { ar: { noun: [زيارة/زيارات] }, en: { noun: [visit/visits] }, ru: { noun: ['визит*'] }, fr: { noun: [visite] } }
  t.visit.verb: { ar: { verb: [زار/يزور/يزر] }, en: { verb: [visit/visits/visited/visiting] }, ru: { verb: [посетил/посетит>] }, fr: { verb: [visiter/visité/visitera] } }
  t.arrive: { ar: { verb: [وصل/يصل] }, en: { verb: [arrive/arrives/arrived] }, ru: { verb: [прибыл/прибудет>] }, fr: { verb: [arriver/arrivé] } }
  t.host: { ar: { verb: [استقبل/يستقبل] }, en: { verb: [receive/receives/received, host/hosted] } }
rules:
  - id: trip
    foreign: true
    match:
      any:
        - near: [t.visit.verb, subject @person|@group:source, object @place|@person:target]
        - near: [t.visit.noun, owner @person|@group:source, to|in @place:target]
        - near: [t.arrive, subject @person|@group:source, to|in @place:target]
        - near: [t.host, subject @actor:target, object @person|@group:source]
    alert_when: { status: [asserted, planned], min_confidence: 0.6 }
    dedupe: { key: [source, target], window: 48h }
`;

const PACKS = ['grammar', 'parties', 'status', 'lexicon-status'];

/** The small watchlist, compiled and opened. */
export function smallWatchlist(): Watchlist {
  const packs = PACKS.map((name) => ({
    name: `default/${name}.yaml`,
    text: readFileSync(new URL(`../../watchlist/${name}.yaml`, import.meta.url), 'utf8'),
  }));
  const compiled = compileWatchlist([...packs, { name: 'small.yaml', text: OWN }]);
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems, null, 1));
  return openWatchlist(compiled.artifact);
}
