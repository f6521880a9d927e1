import { readBody } from '../../shared/parse/html-body.ts';
import { readOne } from './files.ts';

const TITLE = 'وزير الدفاع يصل موسكو في زيارة رسمية';
const FIRST = 'وصل وزير الدفاع إلى العاصمة الروسية صباح اليوم في زيارة رسمية تستغرق يومين.';
const SECOND = 'وقالت مصادر إن المحادثات تتناول التعاون بين البلدين في السنوات المقبلة.';
const BODY = `${FIRST}\n\n${SECOND}`;
const TEXT = `<p>${FIRST}</p><p>${SECOND}</p>`;
const COMMENT =
  'المفروض أن نطلب منهم السلاح لا القمح، فالجيش يحتاج إلى صواريخ ودبابات قبل أي شيء آخر يا سادة.';
const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>${TITLE}</title>${head}</head><body>${body}</body></html>`;
const links = (...texts: string[]): string =>
  `<ul>${texts.map((text, i) => `<li><a href="/${i}">${text}</a></li>`).join('')}</ul>`;
const OTHERS = links(
  'وزير الدفاع يطلب أسلحة نوعية',
  'الرئيس في زيارة مفاجئة',
  'طريقة تحضير البسبوسة',
);

/** Short news among furniture that tells of visits and weapons: none of it may stay. */
test.each([
  [
    'navigation, related links and a sidebar',
    page(
      `<nav>${links('سياسة', 'زيارات', 'تسليح')}</nav><article><h1>${TITLE}</h1>${TEXT}</article><div class="jp-relatedposts"><h3>اقرأ أيضا</h3>${OTHERS}</div><aside><h4>الأكثر قراءة</h4>${OTHERS}</aside><footer>جميع الحقوق محفوظة © 2024</footer>`,
    ),
  ],
  [
    'comments longer than the news',
    page(
      `<main><h1>${TITLE}</h1><div class="entry">${TEXT}</div><section id="comments"><h2>التعليقات</h2>${`<div class="comment"><p>${COMMENT}</p></div>`.repeat(4)}</section></main>`,
    ),
  ],
  [
    'a cookie dialog before the text',
    page(
      `<div role="dialog"><p>نحن وشركاؤنا نستخدم ملفات تعريف الارتباط، ويمكنك زيارة صفحة الخصوصية لمعرفة المزيد عنها قبل المتابعة.</p></div><article><h1>${TITLE}</h1>${TEXT}</article>`,
    ),
  ],
  [
    'related links in the text',
    page(
      `<article><h1>${TITLE}</h1><p>${FIRST}</p><p><a href="/x">اقرأ أيضا: الجيش يطلب أسلحة نوعية من موسكو</a></p><p>اقرأ أيضا: زيارة مفاجئة إلى بغداد</p><p>${SECOND}</p></article>`,
    ),
  ],
  [
    'share buttons, tags and an author box',
    page(
      `<article><h1>${TITLE}</h1><div class="share-buttons">شارك: <a href="#">فيسبوك</a> <a href="#">تويتر</a></div>${TEXT}<div class="post-tags">الوسوم: <a href="/t">سلاح</a>، <a href="/t">زيارة</a></div></article>`,
    ),
  ],
  [
    'an advertisement in the text',
    page(
      `<article><h1>${TITLE}</h1><p>${FIRST}</p><div class="adsbygoogle">اشتر الآن سلاح صيد بخصم 40% - زيارة المتجر</div><p>${SECOND}</p></article>`,
    ),
  ],
  [
    'a table for layout, line breaks for paragraphs',
    `<HTML><HEAD><TITLE>${TITLE}</TITLE></HEAD><BODY><TABLE><TR><TD WIDTH=160>الأكثر قراءة<BR><A HREF=/1>الجيش يطلب السلاح</A><BR><A HREF=/2>زيارة إلى بغداد</A></TD><TD><FONT SIZE=5><B>${TITLE}</B></FONT><BR><BR>${FIRST}<BR><BR>${SECOND}</TD></TR></TABLE></BODY></HTML>`,
  ],
  [
    'a byline and a date in one line',
    page(`<article><h1>${TITLE}</h1><div>كتب: محرر الموقع · 2021-05-04</div>${TEXT}</article>`),
  ],
  [
    'a caption',
    page(
      `<article><h1>${TITLE}</h1><figure><img src="x"><figcaption>الوزير يتفقد أسلحة روسية - رويترز</figcaption></figure>${TEXT}</article>`,
    ),
  ],
  ['no html, head or body', `<title>${TITLE}</title><h1>${TITLE}</h1>${TEXT}`],
  [
    'a form around the whole page',
    page(`<form id="aspnetForm" class="related"><h1>${TITLE}</h1><div>${TEXT}</div></form>`),
  ],
])('of %s the news alone remains', async (_, html) => {
  expect(await readOne('a.html', html)).toMatchObject({ title: TITLE, body: BODY });
});

test.each([
  [
    'og:title before the site',
    `<meta property="og:title" content="${TITLE}"><meta property="og:site_name" content="الراصد">`,
    `${TITLE} | الراصد`,
  ],
  ['the h1 within the title', '', `${TITLE} - أخبار - الراصد الإخباري`],
  ['the site in front', '<meta property="og:site_name" content="الراصد">', `الراصد - ${TITLE}`],
  [
    'JSON-LD',
    `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"${TITLE}"}]}</script>`,
    'الراصد',
  ],
])('the headline comes from %s without the name of the site', async (_, head, title) => {
  const html = `<html><head><title>${title}</title>${head}</head><body><h1>${TITLE}</h1>${TEXT}</body></html>`;
  expect((await readOne('a.html', html)).title).toBe(TITLE);
});

const ld = (data: object): string =>
  `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
test.each([
  [
    'json-ld',
    '2021-05-04',
    ld({
      '@graph': [
        { '@type': 'WebPage', datePublished: '2012-01-01' },
        { '@type': 'NewsArticle', datePublished: '2021-05-04', dateModified: '2021-05-09' },
      ],
    }),
    '',
  ],
  [
    'meta',
    '2021-05-04T10:15:00+02:00',
    '<meta property="article:published_time" content="2021-05-04T10:15:00+02:00"><meta property="article:modified_time" content="2021-05-09T10:00:00Z">',
    '',
  ],
  [
    'meta',
    '2021-05-04',
    '',
    '<span itemprop="dateModified" content="2021-05-09">نشر</span><span itemprop="datePublished" content="2021-05-04"></span>',
  ],
  [
    'time',
    '2021-05-04',
    '',
    '<time datetime="2021-05-04">4 مايو</time><time class="updated" datetime="2021-05-09">9 مايو</time>',
  ],
  ['url', '2021-05-04', '<link rel="canonical" href="https://example.org/2021/05/04/x">', ''],
  ['label', '2021-05-04', '', '<div class="post-date">٤ أيار/مايو ٢٠٢١</div>'],
])('the date of publication by %s', async (origin, value, head, inBody) => {
  const html = page(
    `<article><h1>${TITLE}</h1>${inBody}${TEXT}</article><aside><time datetime="2020-01-01">خبر آخر</time></aside><footer>© 2024</footer>`,
    head,
  );
  expect((await readOne('a.html', html)).published).toMatchObject({ value, origin });
});

test('the date of the last change, a related story or the copyright is not the date of publication', async () => {
  const html = page(
    `<article><h1>${TITLE}</h1><time class="updated" datetime="2021-05-09">9 مايو</time>${TEXT}</article><div class="related-posts"><time datetime="2020-01-01">خبر</time></div><footer><span class="date">© 2024-01-01</span></footer>`,
    ld({ '@type': 'NewsArticle', dateModified: '2021-05-09' }),
  );
  expect(await readOne('a.html', html)).toMatchObject({
    published: null,
    modified: { value: '2021-05-09' },
  });
});

test('a page whose text is only in its data is read from there', async () => {
  const html = page(
    '<div id="root"></div>',
    ld({ '@type': 'NewsArticle', headline: TITLE, articleBody: BODY }),
  );
  expect(await readOne('a.html', html)).toMatchObject({ title: TITLE, body: BODY });
});

test('a page of a video keeps its one line', async () => {
  const html = page(
    `<nav>${links('سياسة', 'زيارات')}</nav><article><h1>${TITLE}</h1><p>شاهد الفيديو كاملا في الأعلى.</p></article><aside>${OTHERS}</aside>`,
  );
  expect((await readOne('a.html', html)).body).toBe('شاهد الفيديو كاملا في الأعلى.');
});

test('no tree is built from a page too deep, even if a broken script hides its depth from the first look', () => {
  expect(readBody(`<script></script>${'<div>'.repeat(20)}${TEXT}`)).not.toBeNull();
  expect(readBody(`<script></script>${'<div>'.repeat(200)}${TEXT}`)).toBeNull();
});
