import { AR } from './words-ar.ts';
import { EN, type WordKey } from './words-en.ts';

export type UiLanguage = 'en' | 'ar';

const WORDS = { en: EN, ar: AR };

/** Says a word of the console, with `{name}`s filled in. */
export function say(
  language: UiLanguage,
  key: WordKey,
  fill: Readonly<Record<string, string | number>> = {},
): string {
  return WORDS[language][key].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(fill[name] ?? ''),
  );
}
