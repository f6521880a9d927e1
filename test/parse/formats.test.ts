import { gzipSync } from 'node:zlib';
import { decodeAs } from '../../shared/parse/charset.ts';
import { docx, odt, pdf, readAll, readOne, zip } from './files.ts';

const TITLE = 'وزير الدفاع يصل موسكو في زيارة رسمية';
const FIRST =
  'وصل وزير الدفاع إلى موسكو صباح اليوم في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره الروسي.';
const SECOND =
  'وقال مصدر في الوزارة إن المحادثات تتناول التعاون العسكري بين البلدين في السنوات المقبلة.';
const BODY = `${FIRST}\n\n${SECOND}`;
const ARTICLE = { title: TITLE, body: BODY, lang: 'ar' };
const HTML = `<!doctype html><html lang="ar"><head><title>${TITLE} | الموقع</title><meta property="og:site_name" content="الموقع">
<link rel="canonical" href="https://example.org/a1"><meta property="article:published_time" content="2021-05-04T10:15:00+02:00"></head>
<body><nav><a href="/">الرئيسية</a><a href="/p">سياسة</a></nav><article><h1>${TITLE}</h1><p>${FIRST}</p><p>${SECOND}</p></article>
<footer>جميع الحقوق محفوظة © 2024</footer></body></html>`;
const rtf = (text: string): string =>
  [...text].map((c) => (c.charCodeAt(0) < 128 ? c : `\\u${c.charCodeAt(0)}?`)).join('');
const cp1256 = (text: string): string => {
  const table = decodeAs(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    'windows-1256',
  );
  return [...text]
    .map((c) => (c.charCodeAt(0) < 128 ? c : `\\'${table.indexOf(c).toString(16)}`))
    .join('');
};
/** Glyphs as printed, left to right: the letters of an Arabic line turned round, لا one glyph. */
const printed = (text: string): string[] => (text.match(/لا|./gu) ?? []).reverse();
const lines = (text: string, width: number): string[] => {
  const out: string[] = [''];
  for (const word of text.split(' ')) {
    if (`${out.at(-1)} ${word}`.length > width) out.push(word);
    else out[out.length - 1] = `${out.at(-1)} ${word}`.trim();
  }
  return out;
};

test.each([
  ['text', 'a.txt', `${TITLE}\n\n${FIRST}\n\n${SECOND}\n`],
  [
    'text with CRLF and NBSP lines',
    'a.txt',
    `${TITLE}\r\n\u00a0\r\n${FIRST}\r\n\u00a0\r\n${SECOND}`,
  ],
  [
    'Markdown',
    'a.md',
    `# ${TITLE}\n\n${FIRST.replace('موسكو', '**موسكو**')}\n\n${SECOND.replace('الوزارة', '[الوزارة](https://example.org/x)')}\n`,
  ],
  ['a page', 'a.html', HTML],
  ['a page without an extension', 'a', HTML],
  ['XHTML', 'a.xhtml', `<?xml version="1.0" encoding="UTF-8"?>\n${HTML}`],
  [
    'a JSON article',
    'a.json',
    JSON.stringify({ headline: TITLE, articleBody: BODY, datePublished: '2021-05-04' }),
  ],
  [
    'JSON-LD',
    'a.json',
    JSON.stringify({ '@graph': [{ '@type': 'NewsArticle', headline: TITLE, articleBody: BODY }] }),
  ],
  [
    'a WordPress export',
    'a.json',
    JSON.stringify([
      {
        id: 7,
        title: { rendered: TITLE },
        content: { rendered: `<p>${FIRST}</p><p>${SECOND}</p>` },
      },
    ]),
  ],
  ['CSV', 'a.csv', `title,body,date\n"${TITLE}","${FIRST}\n${SECOND}",2021-05-04\n`],
  [
    'CSV with semicolons by its header',
    'export',
    `Date;Title;Text\n2021-05-04;${TITLE};"${FIRST}\n${SECOND}"\n`,
  ],
  [
    'RSS',
    'a.xml',
    `<?xml version="1.0"?><rss version="2.0"><channel><title>الموقع</title><item><title>${TITLE}</title><description><![CDATA[<p>${FIRST}</p><p>${SECOND}</p>]]></description></item></channel></rss>`,
  ],
  [
    'Atom',
    'a.atom',
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>${TITLE}</title><content type="xhtml"><div><p>${FIRST}</p><p>${SECOND}</p></div></content></entry></feed>`,
  ],
  [
    'a mail',
    'a.eml',
    `From: Desk <desk@example.org>\r\nTo: a@example.org\r\nSubject: =?utf-8?B?${Buffer.from(TITLE).toString('base64')}?=\r\nDate: Tue, 4 May 2021 10:15:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${FIRST}\r\n\r\n${SECOND}\r\n\r\n-- \r\nDesk of example.org\r\n`,
  ],
  [
    'MHTML',
    'a.mhtml',
    `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a1\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a1\r\n\r\n${Buffer.from(HTML).toString('base64')}\r\n--b--\r\n`,
  ],
  [
    'RTF with Unicode',
    'a.rtf',
    `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}{\\info{\\author X}}\\f0 ${rtf(TITLE)}\\par\\par ${rtf(FIRST)}\\par ${rtf(SECOND)}\\par}`,
  ],
  [
    'RTF with an Arabic font',
    'a.rtf',
    `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}{\\f1\\fnil\\fcharset178 Arial;}}\\f1 ${cp1256(TITLE)}\\par\n${cp1256(FIRST)}\\par\n${cp1256(SECOND)}\\par}`,
  ],
  ['DOCX', 'a.docx', docx([TITLE, FIRST, SECOND])],
  ['ODT', 'a.odt', odt([TITLE, FIRST, SECOND])],
  ['a gzip', 'a.txt.gz', gzipSync(`${TITLE}\n\n${FIRST}\n\n${SECOND}\n`)],
  ['a zip', 'a.zip', zip([{ name: 'أخبار/1.txt', data: `${TITLE}\n\n${FIRST}\n\n${SECOND}\n` }])],
])('%s becomes headline and paragraphs', async (_, key, content) => {
  const readings = await readAll(key, content);
  expect(readings).toHaveLength(1);
  expect(readings[0]).toMatchObject({ kind: 'article', member: 0, article: ARTICLE });
});

test('a PDF gives Arabic in logical order, ligatures whole, lines joined to paragraphs', async () => {
  const [first, second] = [lines(FIRST, 60), lines(SECOND, 60)];
  const width = Math.max(...[...first, ...second].map((line) => printed(line).length));
  const rtlLine = (text: string, y: number, size = 10) => {
    const glyphs = printed(text);
    return { glyphs: [...Array(width - glyphs.length).fill(' '), ...glyphs], y, size };
  };
  const page = [
    rtlLine(TITLE, 780, 16),
    ...first.map((line, i) => rtlLine(line, 740 - i * 14)),
    ...second.map((line, i) => rtlLine(line, 740 - first.length * 14 - 16 - i * 14)),
  ];
  expect(await readOne('a.pdf', pdf([page]))).toMatchObject(ARTICLE);
});

test('the members of an upload are counted in its order, and a bad one rejects itself only', async () => {
  const archive = zip([
    { name: 'one.txt', data: `${TITLE}\n\n${FIRST}` },
    { name: '__MACOSX/._one.txt', data: 'x' },
    { name: 'photo.png', data: Buffer.from('89504e470d0a1a0a00', 'hex') },
    { name: '../../etc/passwd', data: `${TITLE}\n\n${SECOND}` },
    {
      name: 'many.ndjson',
      data: `{"title":"Army chief lands in Moscow","body":"Talks begin on Monday."}\n{broken\n{"headline":"Second item of the day","text":"It has a text."}\n`,
    },
    { name: 'inner.zip', data: zip([{ name: 'x.txt', data: 'x' }]) },
    { name: 'last.txt', data: `Another headline here\n\n${SECOND}` },
  ]);
  const readings = await readAll('day.zip', archive);
  expect(
    readings.map((r) => [r.member, r.name, r.kind === 'article' ? 'article' : r.reason]),
  ).toEqual([
    [0, 'one.txt', 'article'],
    [1, 'photo.png', 'binary'],
    [2, '../../etc/passwd', 'malformed'],
    [3, 'many.ndjson', 'article'],
    [4, 'many.ndjson', 'malformed'],
    [5, 'many.ndjson', 'article'],
    [6, 'inner.zip', 'nested-archive'],
    [7, 'last.txt', 'article'],
  ]);
});

test('an export names its fields as it likes', async () => {
  const readings = await readAll(
    'export.json',
    JSON.stringify({
      status: 'ok',
      articles: [
        {
          source: { id: null, name: 'The Ledger' },
          Author: 'A. Writer',
          Headline: 'Army chief lands in Moscow',
          content_text: 'The chief of the army arrived in Moscow for talks.',
          link: 'https://example.org/1',
          published_at: '2019-03-02T10:00:00Z',
          updatedAt: '2019-03-05',
          language: 'en',
        },
      ],
    }),
  );
  expect(readings[0]).toMatchObject({
    article: {
      title: 'Army chief lands in Moscow',
      byline: 'A. Writer',
      source: 'The Ledger',
      url: 'https://example.org/1',
      published: { value: '2019-03-02T10:00:00Z', precision: 'time', origin: 'field' },
      modified: { value: '2019-03-05' },
    },
  });
});

test('what the uploader says stands in for what the text does not say', async () => {
  const text = `${TITLE}\n\n${FIRST}`;
  expect(await readOne('source=Example News/2021/05/04/a.txt', text)).toMatchObject({
    source: 'Example News',
    url: null,
    published: { value: '2021-05-04', origin: 'upload' },
  });
  const said = {
    source: '%D8%B9%D8%B1%D8%A8%D9%8A21',
    url: 'https://example.org/1',
    published: '2021-05-03',
    lang: 'ar',
  };
  expect(await readOne('a.txt', text, said)).toMatchObject({
    source: 'عربي21',
    url: 'https://example.org/1',
    published: { value: '2021-05-03', origin: 'upload', precision: 'day' },
  });
  expect(await readOne('a.html', HTML, said)).toMatchObject({
    source: 'الموقع',
    url: 'https://example.org/a1',
    published: { value: '2021-05-04T10:15:00+02:00', origin: 'meta' },
  });
});

test('a mail gives sender, date and only its own text', async () => {
  const mail = `From: "Ann Writer" <ann@news.example>\nSubject: Fwd: Army chief lands in Moscow\nDate: Mon, 14 Aug 2017 16:05:00 +0300\nMessage-ID: <1@x>\nContent-Type: text/plain\n\nThe chief of the army arrived in Moscow for talks on Monday.\n\nOn Sun, Bob wrote:\n> old text\n-- \nAnn\n`;
  expect(await readOne('a.eml', mail)).toMatchObject({
    title: 'Army chief lands in Moscow',
    body: 'The chief of the army arrived in Moscow for talks on Monday.',
    byline: 'Ann Writer',
    source: 'news.example',
    published: { value: '2017-08-14T16:05:00+03:00', origin: 'mail' },
  });
});
