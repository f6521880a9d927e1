import type { Reading } from '../../shared/parse/reading.ts';

/** What is wrong with a reading; null when nothing is. Every law that holds for any input stands here once. */
export function flawOf(reading: Reading): string | null {
  if (reading.kind === 'rejected')
    return reading.advice.length > 20 ? null : 'a rejection without advice';
  const { article } = reading;
  const texts = [
    article.title,
    article.body,
    article.byline ?? '',
    article.source ?? '',
    ...article.dropped.map(({ text }) => text),
  ];
  if (texts.some((text) => /\p{Cs}/u.test(text))) return 'a lone surrogate';
  if (texts.some((text) => /(?!\n)\p{Cc}|\ufffd/u.test(text))) return 'a control character';
  if (/\n/.test(article.title) || article.title !== article.title.trim())
    return 'a title of several lines';
  if (/\n{3,}|(?<!\n)\n(?!\n)|^\s|\s$| \n|\n /.test(article.body))
    return 'paragraphs not parted by one blank line';
  if (!/^[\w-]{22}$/.test(article.id)) return 'an id of another form';
  if (article.title === '' && article.body === '') return 'an article of nothing';
  if (
    article.published !== null &&
    !/^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d.*)?)?)?$/.test(article.published.value)
  )
    return 'a date of another form';
  return null;
}
