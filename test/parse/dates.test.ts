import { readDate } from '../../shared/parse/date-value.ts';
import { findDates } from '../../shared/parse/prose-dates.ts';
import { dateInUrl } from '../../shared/parse/url-date.ts';

test.each([
  ['2017-08-14', '2017-08-14'],
  ['2017-08-14T16:05:00+03:00', '2017-08-14T16:05:00+03:00'],
  ['2017-08-14T16:05:00.000Z', '2017-08-14T16:05:00Z'],
  ['2017-08-14 16:05', '2017-08-14T16:05'],
  ['20170814', '2017-08-14'],
  ['20170814T160500Z', '2017-08-14'],
  ['Mon, 14 Aug 2017 16:05:00 +0300', '2017-08-14T16:05:00+03:00'],
  ['Mon, 14 Aug 2017 16:05:00 GMT', '2017-08-14T16:05:00Z'],
  ['August 14, 2017', '2017-08-14'],
  ['Aug. 14, 2017 at 4:05 PM', '2017-08-14T16:05'],
  ['14th of August, 2017', '2017-08-14'],
  ['14 août 2017 à 16h05', '2017-08-14T16:05'],
  ['le 1er mars 2019', '2019-03-01'],
  ['14 августа 2017 г., 16:05', '2017-08-14T16:05'],
  ['14 Ağustos 2017', '2017-08-14'],
  ['14.08.2017 16:05', '2017-08-14T16:05'],
  ['14/8/17', '2017-08-14'],
  ['25/12/2020', '2020-12-25'],
  ['1502726700', '2017-08-14T16:05:00Z'],
  ['1502726700000', '2017-08-14T16:05:00Z'],
  ['الاثنين 14 أغسطس 2017', '2017-08-14'],
  ['14 أغسطس/آب 2017', '2017-08-14'],
  ['14 آب/أغسطس 2017', '2017-08-14'],
  ['14 آب (أغسطس) 2017', '2017-08-14'],
  ['١٤ أغسطس ٢٠١٧', '2017-08-14'],
  ['14 أوت 2017', '2017-08-14'],
  ['14 غشت 2017', '2017-08-14'],
  ['14 من شهر أغسطس عام 2017', '2017-08-14'],
  ['أغسطس 14, 2017', '2017-08-14'],
  ['3 كانون الثاني 2018', '2018-01-03'],
  ['25 تشرين الأول/أكتوبر 2018', '2018-10-25'],
  ['22 فيفري 2017', '2017-02-22'],
  ['5 جويلية 2016', '2016-07-05'],
  ['7 دجنبر 2015', '2015-12-07'],
  ['٢٠١٧/٠٨/١٤', '2017-08-14'],
  ['2017-08-14 الساعة 4:05 مساء', '2017-08-14T16:05'],
  ['22 ذو القعدة 1438', '2017-08-14'],
  ['1438/11/22 هـ', '2017-08-14'],
  ['۱۴۰۲/۰۳/۱۵', '2023-06-05'],
  ['۱۵ خرداد ۱۴۰۲', '2023-06-05'],
  ['أغسطس 2017', '2017-08'],
  ['2017-08', '2017-08'],
  ['2017', '2017'],
])('%s is %s', (written, value) => {
  expect(readDate(written)?.value).toBe(value);
});

test('an American page writes the month first', () => {
  expect(readDate('04/05/2017', { monthFirst: true })?.value).toBe('2017-04-05');
  expect(readDate('04/05/2017')?.value).toBe('2017-05-04');
  expect(readDate('04/25/2017')?.value).toBe('2017-04-25');
});

test.each([
  '',
  'yesterday',
  '31/02/2017',
  '2017-13-01',
  '14 of them',
  'version 3.14.15',
  '0000-00-00',
  '1/2',
  'قبل يومين',
  '12345678901234567890',
  'May we',
])('%j is no date', (written) => {
  expect(readDate(written)).toBeNull();
});

test.each([
  ['تم النشر: 14 أغسطس 2017 تم التحديث: 15 أغسطس 2017', '2017-08-14', '2017-08-15'],
  ['آخر تحديث: 15 أغسطس 2017', undefined, '2017-08-15'],
  ['Published 14 August 2017', '2017-08-14', undefined],
  ['Updated: August 15, 2017', undefined, '2017-08-15'],
  ['Опубликовано 14.08.2017', '2017-08-14', undefined],
  ['Publié le 14 août 2017', '2017-08-14', undefined],
])('%s', (line, published, modified) => {
  const found = findDates([line], []);
  expect([found.published?.value, found.modified?.value]).toEqual([published, modified]);
});

test.each([
  ['a dateline', 'موسكو 14 أغسطس 2017 (رويترز) - اجتمع القائد مع الوزير.', '2017-08-14'],
  [
    'a dateline',
    'MOSCOW, August 14, 2017 (Reuters) - The commander met the minister.',
    '2017-08-14',
  ],
  ['the day of writing', 'اجتمع القائد اليوم الإثنين 14 أغسطس 2017 مع الوزير.', '2017-08-14'],
  [
    'weekday, day and month after a printed year',
    'اجتمع القائد مع الوزير، الإثنين 14 أغسطس/آب، في موسكو منذ 2016.',
    '2017-08-14',
  ],
])('%s in the opening dates the article, with low confidence', (_, paragraph, value) => {
  const { published } = findDates([], [paragraph]);
  expect(published).toMatchObject({ value, origin: 'text' });
  expect(published?.confidence).toBeLessThan(0.7);
});

test.each([
  'كشفت صحيفة بتاريخ 22 فيفري 2017، أن السيناتور زار سوريا.',
  'فرض مجلس الأمن حظرا على السلاح في فبراير 2011.',
  'The embargo of 26 February 2011 is still in force, officials said.',
  'Контракт подписан 14 августа 2017 года в Москве.',
])('a date in prose is not the date of publication: %s', (paragraph) => {
  expect(findDates([], [paragraph]).published).toBeNull();
});

test.each([
  ['https://example.org/2017/08/14/slug', '2017-08-14'],
  ['https://example.org/news/2017-8-14-slug.html', '2017-08-14'],
  ['https://example.org/20170814/x', '2017-08-14'],
])('an address holds a date: %s', (url, value) => {
  expect(dateInUrl(url)?.value).toBe(value);
});

test('an address without one does not', () => {
  expect(dateInUrl('https://example.org/story/20991399/2017')).toBeNull();
});
