import { createClassifier } from '../../shared/classify/classify.ts';
import { openWatchlist } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';
import { readWatchlist } from '../../shared/watchlist/read-watchlist.ts';
import { bruteForce, type Plan } from './brute-force.ts';

/** `PROVE=1` compares a million pairs of rule and article; the usual run a slice of them. */
const { PROVE: prove } = process.env;
const PROVE = prove === '1';
const WATCHLISTS = PROVE ? 500 : 8;
const RULES = 40;
const ARTICLES = PROVE ? 50 : 25;

const ENTRIES = [
  ['noun', 'سلاح/أسلحة'],
  ['noun', 'زيارة'],
  ['noun', 'لقاء'],
  ['verb', 'زار/يزور'],
  ['verb', 'التقى/يلتقي'],
  ['verb', 'طلب/يطلب'],
  ['past', 'دعا'],
  ['imperfect', 'يزر'],
  ['name', 'حفتر'],
  ['name', 'السودان'],
  ['nisba', 'روسي'],
  ['exact', 'لم'],
  ['phrase', 'دعم عسكري'],
  ['phrase', 'طائرة/طائرات مسيرة'],
  ['gap', 'وصل/يصل + =إلى'],
] as const;
const ENGLISH = [
  ['noun', 'weapon/weapons'],
  ['noun', 'visit*'],
  ['phrase', 'military aid'],
] as const;

/** Words of texts: forms of the entries above, right and wrong ones, and words that mean nothing. */
const WORDS = (
  'سلاح السلاح بالسلاح أسلحته وسلاحا اسلحه زيارة زيارته والزيارة للزيارة زيارات لقاء لقائه لقاؤهم اللقاء زار زارت وزارة وزار سيزور يزورون ليزور ' +
  'التقى التقت التقوا يلتقون يلتق طلب طلبوا يطلبه الطلب مطلب دعا دعت دعوا يزر نزر حفتر لحفتر وحفتر حفترا السودان للسودان بالسودان سودان روسي الروسية روسيا ' +
  'لم ولم دعم الدعم عسكري العسكرية دعما طائرة الطائرات مسيرة المسيرة وصل يصل وصلوا إلى من كتاب قلم بحر weapon weapons visit visiting military aid bread'
).split(' ');

function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Pick = (below: number) => number;

function conceptSource(pick: Pick): string {
  const list = Array.from(
    { length: 1 + pick(3) },
    () => ENTRIES[pick(ENTRIES.length)] ?? ENTRIES[0],
  );
  const lines = list.map(([cls, text]) => `${cls}: ['${text}']`);
  const unique = [...new Map(lines.map((line) => [line.split(':')[0], line])).values()];
  const block = pick(4) === 0 ? [`block: [${WORDS[pick(20)]}]`] : [];
  const english = pick(3) === 0 ? ENGLISH[pick(ENGLISH.length)] : undefined;
  const en = english === undefined ? '' : `, en: { ${english[0]}: ['${english[1]}'] }`;
  return `{ ar: { ${[...unique, ...block].join(', ')} }${en} }`;
}

const CONCEPTS = 8;
const SCOPES = ['sentence', 'sentence', 'paragraph', 'headline', 'lead', 'article'];

function itemSource(pick: Pick, first: boolean): string {
  const word =
    pick(4) === 0 ? `(${['كتاب', 'سلاح', 'دعم عسكري', 'bread'][pick(4)]})` : `c${pick(CONCEPTS)}`;
  const also = pick(5) === 0 ? `|c${pick(CONCEPTS)}` : '';
  if (first) return word + also;
  const kind = pick(8);
  if (kind === 0) return `!${word}`;
  return kind === 1 ? `${word}?` : word + also;
}

function patternSource(pick: Pick, depth: number): string {
  const scope = `scope: ${SCOPES[pick(SCOPES.length)]}`;
  const kind = depth > 1 ? pick(2) : pick(5);
  if (kind < 2) {
    const items = Array.from({ length: 1 + pick(4) }, (_, i) => `'${itemSource(pick, i === 0)}'`);
    return `{ ${kind === 0 ? 'seq' : 'near'}: [${items.join(', ')}], within: ${1 + pick(10)}, ${scope} }`;
  }
  const parts = Array.from({ length: 1 + pick(3) }, () => patternSource(pick, depth + 1));
  if (kind === 2) return `{ any: [${parts.join(', ')}], ${scope} }`;
  if (kind === 3)
    return `{ atleast: ${1 + pick(parts.length)}, of: [${parts.join(', ')}], ${scope} }`;
  const none = pick(2) === 0 ? `, { none: [${patternSource(pick, 2)}] }` : '';
  return `{ all: [${parts.join(', ')}${none}], ${scope} }`;
}

function watchlistSource(pick: Pick): string {
  const concepts = Array.from({ length: CONCEPTS }, (_, i) => `  c${i}: ${conceptSource(pick)}`);
  const rules = Array.from(
    { length: RULES },
    (_, i) => `  - { id: r${i}, status: none, match: ${patternSource(pick, 0)} }`,
  );
  return `lexicon:\n${concepts.join('\n')}\nrules:\n${rules.join('\n')}\n`;
}

function planOf(pick: Pick): Plan {
  const sentence = () =>
    Array.from({ length: 1 + pick(12) }, () => WORDS[pick(WORDS.length)] ?? '');
  const paragraph = () => Array.from({ length: 1 + pick(3) }, sentence);
  const headline = pick(2) === 0;
  const body = Array.from({ length: 1 + pick(4) }, paragraph);
  return { headline, paragraphs: headline ? [[sentence()], ...body] : body };
}

const text = (sentences: Plan['paragraphs'][number]) =>
  sentences.map((words) => words.join(' ')).join('! ');

const normal = (word: string) =>
  word.replace(/[أإآ]/g, 'ا').replace(/ى/g, 'ي').replace(/ؤ/g, 'و').replace(/ئ/g, 'ي');

describe('candidate selection and matching', () => {
  test(
    'find exactly what trying every rule on every article finds',
    () => {
      const pick = random(20261122);
      let matched = 0;
      let pairs = 0;
      for (let w = 0; w < WATCHLISTS; w++) {
        const sources = [{ name: 'w.yaml', text: watchlistSource(pick) }];
        const compiled = compileWatchlist(sources);
        if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
        const { watchlist } = readWatchlist(sources);
        const classify = createClassifier(openWatchlist(compiled.artifact));
        for (let a = 0; a < ARTICLES; a++) {
          const plan = planOf(pick);
          const [head, ...rest] = plan.headline ? plan.paragraphs : [[], ...plan.paragraphs];
          const title = (head as string[][]).map((words) => words.join(' ')).join('');
          const article = { title, body: rest.map(text).join('\n\n'), lang: 'ar' };
          const found = [...new Set(classify(article).events.map(({ rule }) => rule))].sort();
          const normalised = {
            ...plan,
            paragraphs: plan.paragraphs.map((p) => p.map((s) => s.map(normal))),
          };
          const expected = bruteForce(watchlist, normalised).sort();
          pairs += RULES;
          matched += expected.length;
          if (JSON.stringify(found) !== JSON.stringify(expected)) {
            const extra = found.filter((id) => !expected.includes(id));
            const missing = expected.filter((id) => !found.includes(id));
            const rules = [...extra, ...missing].map((id) =>
              sources[0]?.text.split('\n').find((l) => l.includes(`id: ${id},`)),
            );
            throw new Error(JSON.stringify({ extra, missing, rules, article }, null, 1));
          }
        }
      }
      expect(matched).toBeGreaterThan(pairs / 50);
      expect(matched).toBeLessThan(pairs / 2);
    },
    PROVE ? 3_600_000 : 30_000,
  );
});
