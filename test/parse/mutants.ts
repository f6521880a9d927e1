import { gzipSync } from 'node:zlib';
import { docx, odt, pdf, zip } from './files.ts';

const ARABIC =
  'وصل وزير الدفاع إلى موسكو صباح اليوم الإثنين 14 أغسطس/آب في زيارة رسمية تستغرق يومين.';
const ENGLISH = 'The chief of the army arrived in Moscow for talks with the minister on Monday.';
const PAGE = `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>وزير يزور موسكو | موقع</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"وزير يزور موسكو","datePublished":"2021-05-04"}</script></head><body><nav><a href=/>x</a></nav><article><h1>وزير يزور موسكو</h1><time datetime="2021-05-04">4 مايو</time><p>${ARABIC}</p><p>${ENGLISH} &amp; &#x202b; ${ARABIC}</p></article><aside>اقرأ أيضا: خبر آخر</aside></body></html>`;

/** One sound file of each format. */
const SOUND: readonly (readonly [string, Buffer])[] = [
  [
    'a.txt',
    Buffer.from(`وزير يزور موسكو\n\n${ARABIC}\n\nاقرأ أيضا: خبر آخر\n\n${ARABIC} ${ENGLISH}\n`),
  ],
  ['b.txt', Buffer.from(`\ufeff${ARABIC}\n\n${ENGLISH}`, 'utf16le')],
  [
    'a.md',
    Buffer.from(
      `---\ntitle: x\ndate: 2021-05-04\n---\n# Title of *it*\n\n${ENGLISH} [a](b) ![c](d)\n\n> ${ARABIC}\n`,
    ),
  ],
  ['a.html', Buffer.from(PAGE)],
  [
    'a.json',
    Buffer.from(
      JSON.stringify([
        {
          title: 'Title',
          body: [ENGLISH, { text: ARABIC }],
          date: '2021-05-04',
          source: { name: 'x' },
        },
      ]),
    ),
  ],
  [
    'a.ndjson',
    Buffer.from(`{"title":"a","body":"${ENGLISH}"}\n{"headline":"b","text":"${ARABIC}"}\n`),
  ],
  ['a.csv', Buffer.from(`title,body,date\n"a ""b""","${ENGLISH}\n${ARABIC}",2021-05-04\nc,d,e\n`)],
  [
    'a.xml',
    Buffer.from(
      `<?xml version="1.0"?><rss><channel><title>x</title><item><title>a</title><pubDate>Mon, 14 Aug 2017 16:05:00 +0300</pubDate><description><![CDATA[<p>${ARABIC}</p>]]></description></item></channel></rss>`,
    ),
  ],
  [
    'a.eml',
    Buffer.from(
      `From: a@b.c\r\nSubject: =?utf-8?B?${Buffer.from(ARABIC).toString('base64')}?=\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nA text =D8=A7 of it.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>${ENGLISH}</p>\r\n--b--\r\n`,
    ),
  ],
  [
    'a.rtf',
    Buffer.from(
      `{\\rtf1\\ansi\\ansicpg1256{\\fonttbl{\\f0\\fcharset178 A;}}\\f0 \\'e1\\'c7\\u1587?\\par ${ENGLISH}\\par}`,
    ),
  ],
  ['a.docx', docx(['Title', ENGLISH, ARABIC])],
  ['a.odt', odt(['Title', ENGLISH, ARABIC])],
  [
    'a.pdf',
    pdf([
      [
        { glyphs: [...'Title of it'], y: 700, size: 20 },
        { glyphs: [...ENGLISH], y: 650 },
      ],
    ]),
  ],
  ['a.txt.gz', gzipSync(`${ARABIC}\n\n${ENGLISH}`)],
  [
    'a.zip',
    zip([
      { name: 'a.txt', data: ARABIC },
      { name: 'b.html', data: PAGE },
    ]),
  ],
];

/** What formats and patterns trip over. */
const BAIT = [
  '\0',
  '\ufffd',
  '\u202e',
  '\u00a0',
  '<',
  '</',
  '<!--',
  '<![CDATA[',
  '&#xd800;',
  '&#0;',
  '&',
  '{',
  '}',
  '[',
  '\\u',
  "\\'",
  '"',
  '\\ud800',
  '\r',
  '\u2028',
  '%PDF-',
  'PK\x03\x04',
  '<div>'.repeat(40),
  '<p>',
  '<table><tr>',
  '<script>',
  '((((',
  '////',
  '----',
  'تم النشر: ',
  '14 أغسطس ',
  'Published: 2017',
  '\\bin999999999 ',
  'startxref',
  'stream',
  '=?utf-8?B?',
  '999999999999',
  '-1',
  '1e999',
  'ﷺ',
  '\u0640'.repeat(50),
  '\u064b'.repeat(50),
].map((bait) => Buffer.from(bait));

/** A small generator of its own, so that a number names an input for ever. */
function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The input of a number: a sound file with some bytes changed, cut, doubled or baited; every tenth is noise. */
export function mutant(seed: number): { key: string; bytes: Buffer } {
  const next = random(seed);
  const pick = (limit: number): number => Math.floor(next() * limit);
  const [key, sound] = SOUND[pick(SOUND.length)] as readonly [string, Buffer];
  if (seed % 10 === 0)
    return { key, bytes: Buffer.from(Array.from({ length: pick(600) }, () => pick(256))) };
  let bytes = Buffer.from(sound);
  for (let changes = 1 + pick(6); changes > 0; changes--) {
    const at = pick(bytes.length + 1);
    const end = Math.min(bytes.length, at + pick(40));
    const bait = BAIT[pick(BAIT.length)] as Buffer;
    const kind = pick(6);
    if (kind === 0 && at < bytes.length) bytes[at] = pick(256);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bait, bytes.subarray(at)]);
    else if (kind === 4)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        ...Array<Buffer>(pick(30)).fill(bait),
        bytes.subarray(end),
      ]);
    else if (pick(4) === 0) bytes = bytes.subarray(0, at);
  }
  return { key, bytes: Buffer.from(bytes) };
}
