import { seeded } from './articles.ts';

/** Words, articles and rules made up from a seed: Arabic-looking words with the frequencies and affixes of news. */
export interface MatchCorpus {
  /** An article of about 5 KB; no two are the same, and rare words keep coming. */
  readonly article: () => string;
  /** So many rules of the kinds that analysts write: a name, a name and topics, names near topics, exclusions. */
  readonly rules: (count: number) => MadeRules;
}

/** Rules, and the words that they look for. */
export interface MadeRules {
  readonly yaml: string;
  readonly words: readonly string[];
}

/** Letters as often as they are in Arabic, of a hundred: words then begin and end alike, as they do in news. */
const LETTERS = Object.entries({
  ...{ ا: 16, ل: 11, ي: 8, م: 7, و: 6, ن: 6, ر: 5, ت: 5, ب: 4, ع: 4, د: 4, ه: 3, ف: 3, ق: 3, س: 3 },
  ...{ ك: 2, ح: 2, ج: 2, ش: 1, ص: 1, ط: 1, خ: 1, ض: 1, ذ: 1, ز: 1, ث: 1, غ: 1, ظ: 1 },
}).flatMap(([letter, times]) => Array.from({ length: times }, () => letter));
/** Everyday Arabic words: a few thousand make most of a text, the tail is long. */
const VOCABULARY = 40_000;
const NAMES = 60_000;
const EVERYDAY = 5_000;
const PREFIXES = ['', '', '', '', 'ال', 'ال', 'ال', 'و', 'وال', 'ب', 'بال', 'ل', 'لل', 'ف'];
const SUFFIXES = ['', '', '', '', '', 'ه', 'ها', 'هم', 'ات', 'ين'];

/** Makes a corpus; the same seed gives the same. */
export function matchCorpus(seed: number): MatchCorpus {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const word = (length: number) =>
    Array.from({ length }, () => LETTERS[below(LETTERS.length)]).join('');
  const vocabulary = [...new Set(Array.from({ length: VOCABULARY }, () => word(3 + below(4))))];
  const names = Array.from({ length: NAMES }, () =>
    Array.from({ length: 1 + below(2) }, () => word(5 + below(4))).join(' '),
  );
  const rank = zipf(vocabulary.length, random);
  const nameRank = zipf(names.length, random);
  const common = () => vocabulary[rank()] as string;
  const inflect = () => pick(PREFIXES) + common() + pick(SUFFIXES);
  // Two words in three are everyday forms, as in news; the others keep a cache of words at work.
  const everyday = Array.from({ length: EVERYDAY }, inflect);
  const everydayRank = zipf(EVERYDAY, random);
  const inflected = () => (random() < 0.75 ? (everyday[everydayRank()] as string) : inflect());
  const article = () => {
    const sentences: string[] = [];
    for (let letters = 0; letters < 2_600; ) {
      const sentence = Array.from({ length: 8 + below(22) }, () =>
        random() < 0.01 ? `${pick(['', 'و', 'ل', 'ب'])}${names[nameRank()]}` : inflected(),
      ).join(' ');
      letters += sentence.length;
      sentences.push(sentence + pick(['.', '.', '.', '.\n\n', '؟', '،']));
    }
    return sentences.join(' ');
  };
  const topic = () => (random() < 0.6 ? common() : (pick(vocabulary) as string));
  const name = () => pick(names) as string;
  return {
    article,
    rules: (count) => {
      const words: string[] = [];
      const noted = (make: () => string) => () => {
        const made = make();
        words.push(made);
        return made;
      };
      const parts = { random, below, topic: noted(topic), name: noted(name) };
      const lines = Array.from(
        { length: count },
        (_, i) => `  - { id: r${i}, status: none, match: ${rule(parts)} }`,
      );
      return { yaml: `rules:\n${lines.join('\n')}\n`, words };
    },
  };
}

function rule({
  random,
  below,
  topic,
  name,
}: {
  random: () => number;
  below: (n: number) => number;
  topic: () => string;
  name: () => string;
}): string {
  const group = (n: number, make: () => string) =>
    `'(${Array.from({ length: n }, make).join('|')})'`;
  const all = (...parts: string[]) => `{ scope: article, all: [${parts.join(', ')}] }`;
  const kind = random();
  if (kind < 0.3) return random() < 0.5 ? group(1, name) : all(group(1, name), group(1, topic));
  if (kind < 0.5) return all(group(1, name), group(2 + below(3), topic));
  if (kind < 0.7) return `{ near: [${group(2, name)}, ${group(3, topic)}], within: 10 }`;
  if (kind < 0.8) return `{ all: [${group(1, name)}, ${group(3, topic)}] }`;
  if (kind < 0.93) return all(group(2, name), group(3, topic), `{ none: [${group(1, topic)}] }`);
  return `{ scope: article, all: [{ near: [${group(1, name)}, ${group(3, topic)}], within: 15 }, ${group(2, topic)}] }`;
}

/** Ranks by Zipf's law. */
function zipf(size: number, random: () => number): () => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    sum += 1 / (i + 1);
    sums[i] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
