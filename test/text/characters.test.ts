import { identityForm } from '../../shared/identity.ts';
import { countWords, fold, foldLines } from '../../shared/parse/fold.ts';
import '../../shared/parse/lines.ts';
import { knownCharacters } from '../../shared/text/character-register.ts';
import {
  countRuns,
  hasCharacters,
  LETTER,
  MARK,
  NUMBER,
  propertiesOf,
} from '../../shared/text/characters.ts';
import { COMMON } from '../../shared/text/common-characters.ts';
import { cleanCharacters } from '../../shared/text/order.ts';
import { fc } from '../property.ts';

/** The letters of our languages, what composes with them, and anything at all. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ...'ابتثأإآؤئةىیکگ\u0640\u064b\u0651\u0652\u0653\u0654\u0670٠٣۵',
      ...'abzAZéÉeñß\u0301\u0327ёЁйЙΣσ…ﬁ½ﻻﷺ가\u1100\u1161',
      ...' \t\n\r\u00a0\u2003\u2028\u200b\u200c\u200d\u200f\ufeff\u00ad.,;"\'’«»-–',
      ...['🙂', '𝐀', '𞸀', '\ud800', '\udc00', '\uffff', '\ufffe'],
    ),
    maxLength: 40,
  }),
);

// The same in whole passes over the text, as each was first written: slow and plain.
const foldByPasses = (all: string) =>
  all
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Mn}|\p{Cf}|\u0640/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\s+/g, ' ')
    .trim();
const identityByPasses = (all: string) =>
  all
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]|\u0640/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

const SAME = { numRuns: 2_000 };

describe('one look-up a character says the same as passes over the text', () => {
  test('of folded lines', async () => {
    await fc.assert(
      fc.property(text, (all) => {
        expect(fold(all)).toBe(foldByPasses(all));
      }),
      SAME,
    );
  });

  test('of lines folded together', async () => {
    const line = text.map((all) => all.replace(/\n/g, ''));
    await fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const found = foldLines(lines);
        expect(found.folded).toBe(lines.map(foldByPasses).join('\n'));
        expect(found.lines).toEqual(
          lines.map((one) => ({
            folded: foldByPasses(one),
            words: countWords(one),
            hasLatin: /[A-Za-z]/.test(one),
            hasOther: /[\u0620-\u06ff\u0400-\u04ff]/.test(one),
          })),
        );
      }),
      SAME,
    );
  });

  test('of the identity form, which is frozen', async () => {
    await fc.assert(
      fc.property(text, (all) => {
        expect(identityForm(all)).toBe(identityByPasses(all));
      }),
      SAME,
    );
  });

  test('of every character alone, and between two letters', () => {
    const different: string[] = [];
    for (let code = 1; code < 0x10000; code++) {
      const character = String.fromCharCode(code);
      for (const all of [character, `ا${character}ب`]) {
        if (fold(all) !== foldByPasses(all)) different.push(`fold ${code.toString(16)}`);
        if (identityForm(all) !== identityByPasses(all)) different.push(`id ${code.toString(16)}`);
      }
    }
    expect(different).toEqual([]);
  });

  test('of words and letters', async () => {
    await fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 5 }), (all, least) => {
        expect(countWords(all)).toBe(all.match(/[\p{L}\p{M}\p{N}\u200c]+/gu)?.length ?? 0);
        const letters = all.match(/\p{L}/gu)?.length ?? 0;
        expect(hasCharacters(all, LETTER, least)).toBe(letters >= least);
        expect(countRuns(all, NUMBER)).toBe(all.match(/\p{N}+/gu)?.length ?? 0);
      }),
      SAME,
    );
  });
});

test('a text that is in order is left as it is, and putting it in order changes nothing more', async () => {
  await fc.assert(
    fc.property(text, (all) => {
      const once = cleanCharacters(all);
      expect(cleanCharacters(once)).toBe(once);
      // A joiner at the end sends the text through every pass, a private-use character through one walk; both are taken out.
      expect(cleanCharacters(`${all}\u200c`)).toBe(once);
      expect(cleanCharacters(`${all}\ue000`)).toBe(once);
    }),
    SAME,
  );
});

test('a character is a letter, a mark, a number, or none of them', () => {
  expect(propertiesOf(0x633)).toBe(LETTER);
  expect(propertiesOf(0x64e)).toBe(MARK);
  expect(propertiesOf(0x663)).toBe(NUMBER);
  expect(propertiesOf(0x20)).toBe(0);
});

test('what a bundle knows beforehand is what the tables say of the common characters', () => {
  const known = knownCharacters();
  expect(Object.keys(known).sort()).toEqual([
    'fold',
    'identity',
    'letters',
    'order',
    'properties',
    'tidied',
  ]);
  const lam = COMMON.indexOf(0x644);
  expect(known['properties']?.[lam]).toBe(LETTER + 1);
  for (const [i, code] of COMMON.entries())
    expect([code, (known['properties']?.[i] ?? 0) - 1]).toEqual([code, propertiesOf(code)]);
});
