import { normaliseWords } from '../../shared/text/normalise.ts';

describe('the one normalisation of rules and text', () => {
  test.each([
    ['vowel marks and tatweel are as if they were not there', 'وَزِيـــرُهُ', ['وزيره']],
    ['hamza seats fold', 'أإآٱ مسؤول رئيس', ['اااا', 'مسوول', 'رييس']],
    ['a final alef maqsura is a ya', 'مستشفى', ['مستشفي']],
    ['ta marbuta is not ha', 'وزارة وزاره', ['وزارة', 'وزاره']],
    ['Persian letters are the Arabic ones', 'کی', ['كي']],
    ['presentation forms are letters', 'ﻻﻋﺐ', ['لاعب']],
    ['digits of any script', '٤٠٠ ۴۰۰ ４００', ['400', '400', '400']],
    ['accents and case fold', 'Élysée ЁЛКА', ['elysee', 'елка']],
    ['й stays a letter of its own', 'йод', ['йод']],
    [
      'hyphens and apostrophes part words',
      "S-400 l'Arabie l’ONU",
      ['s', '400', 'l', 'arabie', 'l', 'onu'],
    ],
    ['no-break spaces and zero-width marks', 'a\u00a0b\u200cc', ['a', 'bc']],
    ['punctuation of both directions', '«كتاب»، قلم؛ ورق؟', ['كتاب', 'قلم', 'ورق']],
  ])('%s', (_, text, words) => {
    expect(normaliseWords(text)).toEqual(words);
  });
});
