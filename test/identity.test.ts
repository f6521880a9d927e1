import { articleId, identityForm } from '../shared/identity.ts';

/** Ids that stored articles have. They never change: a failing line here is a broken archive, not a wrong fixture. */
const FROZEN: readonly (readonly [string, string | null])[] = [
  [
    'حفتر يلتقي وزير خارجية روسيا ويدعو موسكو لتلعب دوراً في الأزمة الليبية',
    'TxxCIsIGL3ohhhghcJx4dm',
  ],
  ['Army chief lands in Moscow', 'e0lfaCaW_8b1iGMjh_DHoo'],
  ['Хафтар прибыл в Москву с визитом', 'vsPCEaYBFwyvsT-TZ4JXlV'],
  ['Le ministre a visité Moscou le 14 août 2017', 'dZ6iBGFHFInuBUH9Oou2qd'],
  ['فرمانده ارتش وارد مسکو شد ۱۴۰۲', 'G-qs3U9p7J-NFOhKUSsrdf'],
  ['1 2 3', null],
];

test.each(FROZEN)('the id of %j is kept for ever', (text, id) => {
  expect(articleId(text)).toBe(id);
});

test.each([
  ['diacritics', 'كرَّر الوزيرُ دعمَهُ', 'كرر الوزير دعمه'],
  ['tatweel', 'الســـلاح الروسي', 'السلاح الروسي'],
  ['presentation forms', 'ﺍﻟﺴﻼﺡ ﺍﻟﺮﻭﺳﻲ', 'السلاح الروسي'],
  ['bidi marks and NBSP', '\u200fالسلاح\u00a0الروسي\u202c', 'السلاح الروسي'],
  ['alef, yeh, teh marbuta and kaf', 'إلى القاهرة کتب', 'الي القاهره كتب'],
  ['digits', 'عام ٢٠١٧ و ۲۰۱۸ انتهى', 'عام 2017 و 2018 انتهى'],
  ['case and punctuation', 'ARMY Chief, lands: in "Moscow"!', 'army chief lands in moscow'],
  ['line breaks', 'army chief\r\nlands\n\nin moscow', 'army chief lands in moscow'],
])('%s do not make another article', (_, one, other) => {
  expect(identityForm(one)).toBe(identityForm(other));
  expect(articleId(one)).toBe(articleId(other));
});

test('another word makes another article', () => {
  expect(articleId('Army chief lands in Moscow')).not.toBe(articleId('Army chief lands in Minsk'));
});
