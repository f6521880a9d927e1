import {
  ARABIC_SCRIPT,
  CYRILLIC_SCRIPT,
  LATIN_SCRIPT,
  type LanguageSigns,
} from './language-signs.ts';

/** Characters looked at; more changes no verdict and costs time. */
const SAMPLE_CHARS = 6_000;

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['am', /\p{Script=Ethiopic}/gu],
];

/** Primary language subtag of a text by its script, its telling letters and its function words; `und` if there are no letters. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS).toLowerCase();
  const counts = SCRIPTS.map(([script, letters]) => ({
    script,
    count: sample.match(letters)?.length ?? 0,
  }));
  const most = counts.reduce((a, b) => (b.count > a.count ? b : a));
  if (most.count === 0) return 'und';
  if (most.script === 'zh' && counts.some((s) => s.script === 'ja' && s.count > 0)) return 'ja';
  const signs = { arabic: ARABIC_SCRIPT, latin: LATIN_SCRIPT, cyrillic: CYRILLIC_SCRIPT }[
    most.script
  ];
  return signs === undefined ? most.script : bestOf(signs, sample);
}

function bestOf(languages: Readonly<Record<string, LanguageSigns>>, sample: string): string {
  const letters = new Map<string, number>();
  for (const c of sample) letters.set(c, (letters.get(c) ?? 0) + 1);
  const words = sample.match(/[\p{L}\p{M}\u200c]+/gu) ?? [];
  let best = { lang: 'und', score: Number.NEGATIVE_INFINITY };
  for (const [lang, signs] of Object.entries(languages)) {
    let score = 0;
    for (const [group, weight] of Object.entries(signs.letters)) {
      for (const c of group) score += weight * (letters.get(c) ?? 0);
    }
    for (const word of words) if (signs.words.has(word)) score += signs.wordWeight;
    for (const [pattern, weight] of signs.patterns) {
      score += weight * (sample.match(pattern)?.length ?? 0);
    }
    if (score > best.score) best = { lang, score };
  }
  return best.lang;
}
