import { seeded } from './articles.ts';

const CONSONANTS = [...'بتثجحخدذرزسشصضطظعغفقكلمنهوي'];
const LATIN = [...'bcdfghjklmnprstvwz'];
const VOWELS = [...'aeiou'];

/**
 * A user's watchlist of so many rules, as newsrooms have them: most look for one name, the others for two words near each
 * other; two of three are Arabic. The words are made up, so that few of them stand in an article.
 */
export function makeWatchlist(rules: number, seed = 3): string {
  const random = seeded(seed);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  const arabic = () =>
    Array.from({ length: 4 + Math.floor(random() * 3) }, () => pick(CONSONANTS)).join('');
  const latin = () =>
    Array.from({ length: 3 + Math.floor(random() * 2) }, () => pick(LATIN) + pick(VOWELS)).join('');
  const lines = ['include: [default]', 'rules:'];
  for (let i = 0; i < rules; i++) {
    const word = random() < 2 / 3 ? arabic : latin;
    const match = random() < 0.7 ? `(${word()} ${word()})` : `{ near: [(${word()}), (${word()})] }`;
    lines.push(`  - { id: rule-${i}, match: ${match} }`);
  }
  return `${lines.join('\n')}\n`;
}
