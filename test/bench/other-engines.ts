import { AhoCorasick } from '@monyone/aho-corasick/fast';
import ModernAhoCorasick from 'modern-ahocorasick';
import { CLASS } from '../../shared/watchlist/affixes.ts';
import { ARABIC_SUFFIXES } from '../../shared/watchlist/suffixes.ts';

/** What people write to match Arabic without a watchlist language: normalise by hand ... */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u064B-\u065F\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ئ/g, 'ي')
    .toLowerCase();
}

/** ... and allow in the expression the clitics and endings that the engine knows of a noun. */
const PREFIX = '(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)';
const SUFFIX = `(?:${[...ARABIC_SUFFIXES.values()]
  .flat()
  .filter(({ letters, classes }) => letters !== '' && (classes & CLASS.noun) !== 0)
  .map(({ letters }) => letters)
  .sort((a, b) => b.length - a.length)
  .join('|')})?`;

/**
 * Other engines over the same words: how often one of them stands in a text, which is normalised first, as for ours. They know
 * no class, sentence, window or rule; the expression knows words, the two others find them inside of words too.
 */
export function finders(words: readonly string[]): Record<string, (text: string) => number> {
  const normalised = [...new Set(words.map(normalise))];
  const escaped = normalised.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(
    `(?<![\\p{L}\\p{N}])${PREFIX}(${escaped.join('|')})${SUFFIX}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const monyone = new AhoCorasick(normalised);
  const modern = new ModernAhoCorasick(normalised);
  return {
    regex: (text) => {
      let count = 0;
      for (const _ of normalise(text).matchAll(regex)) count++;
      return count;
    },
    '@monyone/aho-corasick': (text) => monyone.matchInText(normalise(text)).length,
    'modern-ahocorasick': (text) => modern.search(normalise(text)).length,
  };
}
