import { randomFillSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  bytesAllowed,
  CONTAINER_BYTES,
  FEED_ITEMS,
  GUNZIP_BYTES,
  HTML_DEPTH,
  HTML_ELEMENTS,
  MAIL_HEADER_BYTES,
  PDF_PAGES,
  RECORD_CHARS,
  RECORDS,
  RTF_DEPTH,
  TEXT_BYTES,
  XML_DEPTH,
  ZIP_ENTRIES,
  ZIP_ENTRY_BYTES,
  ZIP_TOTAL_BYTES,
} from '../../shared/parse/bounds.ts';
import { TOO_LARGE } from '../../shared/parse/parse.ts';
import { ADVICE } from '../../shared/parse/refusal.ts';
import { docx, pdf, readAll, readOne, zip } from './files.ts';

const SENTENCE = 'The chief of the army arrived in Moscow for talks with the minister on Monday.';
const TEXT = `Army chief lands in Moscow\n\n${SENTENCE}\n`;
const noise = (length: number): Buffer => randomFillSync(Buffer.alloc(length));
const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + SENTENCE + close.repeat(depth);
const entries = (count: number, data: string | Buffer): { name: string; data: string | Buffer }[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${i}.txt`, data }));

/** Each reason with a real bad file; the file's size and what stands in it is all the reader knows. */
test.each([
  ['empty', 'nothing', 'a.txt', ''],
  ['empty', 'a zip of nothing', 'a.zip', zip([])],
  ['empty', 'white space', 'a.txt', ' \n\t\r\n '],
  ['no-text', 'a page number', 'a.txt', '12 / 2017'],
  [
    'no-text',
    'a page that a script fills',
    'a.html',
    '<!doctype html><html><head><script src=x.js></script></head><body><div id="root"></div></body></html>',
  ],
  ['no-text', 'JSON about something else', 'a.json', '{"temperature": 31, "unit": "C"}'],
  [
    'no-text',
    'a feed without items',
    'a.xml',
    '<rss version="2.0"><channel><title>Empty feed of news</title></channel></rss>',
  ],
  [
    'binary',
    'a picture',
    'a.png',
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise(500)]),
  ],
  [
    'binary',
    'a picture named as text',
    'a.txt',
    Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), noise(500)]),
  ],
  [
    'binary',
    'a program',
    'a.txt',
    Buffer.concat([Buffer.from('7f454c46020101', 'hex'), noise(500)]),
  ],
  ['binary', 'null bytes all over', 'a.txt', Buffer.from(`${'\0'.repeat(50)}${TEXT}`)],
  ['binary', 'noise', 'a.txt', noise(4_000)],
  [
    'unknown-format',
    'an old Word file',
    'a.doc',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), noise(500)]),
  ],
  [
    'unknown-format',
    'a RAR archive',
    'a.rar',
    Buffer.concat([Buffer.from('526172211a0700', 'hex'), noise(500)]),
  ],
  [
    'unknown-format',
    'a spreadsheet',
    'a.xlsx',
    zip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'xl/workbook.xml', data: '<x/>' },
    ]),
  ],
  [
    'unknown-format',
    'XML of another kind',
    'a.xml',
    `<?xml version="1.0"?><invoice><line>${SENTENCE}</line></invoice>`,
  ],
  [
    'undecodable',
    'bytes of no encoding',
    'a.txt',
    Buffer.from(Array.from({ length: 400 }, (_, i) => 0x80 + ((i * 37) % 32))),
  ],
  [
    'undecodable',
    'a text of replacement characters',
    'a.txt',
    `Title\n\n${'\ufffd\ufffd\ufffd word '.repeat(30)}`,
  ],
  ['malformed', 'broken JSON', 'a.json', '{"title": "Army chief lands in Moscow", '],
  ['malformed', 'a table without a header', 'a.csv', '1,2,3\n4,5,6\n'],
  ['malformed', 'a gzip cut off', 'a.txt.gz', gzipSync(TEXT.repeat(50)).subarray(0, 60)],
  ['malformed', 'a zip cut off', 'a.zip', zip(entries(3, TEXT)).subarray(0, 200)],
  [
    'malformed',
    'a PDF of noise',
    'a.pdf',
    Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(2_000)]),
  ],
  ['malformed', 'RTF nested too deep', 'a.rtf', `{\\rtf1 ${nested('{', '}', RTF_DEPTH + 1)}}`],
  [
    'malformed',
    'a feed nested too deep',
    'a.xml',
    `<rss><channel>${nested('<item>', '</item>', XML_DEPTH + 1)}</channel></rss>`,
  ],
  [
    'malformed',
    'a DOCX nested too deep',
    'a.docx',
    docx([nested('<w:x>', '</w:x>', XML_DEPTH + 1)]),
  ],
  [
    'malformed',
    'a mail that is all header',
    'a.eml',
    `From: a@b.c\nSubject: x\nX-Long: ${'a '.repeat(MAIL_HEADER_BYTES)}\n\n${TEXT}`,
  ],
  [
    'malformed',
    'a mail of parts in parts',
    'a.eml',
    `From: a@b.c\nSubject: x\n${Array.from({ length: 100 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`).join('')}`,
  ],
  ['too-large', 'a text', 'a.txt', Buffer.alloc(TEXT_BYTES + 1, TEXT)],
  [
    'too-large',
    'a PDF',
    'a.pdf',
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(CONTAINER_BYTES)]),
  ],
  ['too-large', 'a gzip of zeros', 'a.txt.gz', gzipSync(Buffer.alloc(GUNZIP_BYTES + 1))],
  [
    'too-large',
    'a zip entry of zeros',
    'a.zip',
    zip([{ name: 'a.txt', data: Buffer.alloc(ZIP_ENTRY_BYTES + 1) }]),
  ],
  [
    'too-large',
    'a record',
    'a.ndjson',
    `{"title":"x","body":"${'word '.repeat(RECORD_CHARS / 4)}"}\n{"title":"y"}`,
  ],
  ['too-many-members', 'a zip', 'a.zip', zip(entries(ZIP_ENTRIES + 1, 'x'))],
  [
    'too-many-members',
    'a PDF',
    'a.pdf',
    pdf(Array.from({ length: PDF_PAGES + 1 }, () => [{ glyphs: ['x'], y: 700 }])),
  ],
  ['nested-archive', 'a zip in a gzip in a zip, twice over', 'a.gz', gzipSync(gzipSync(TEXT))],
  [
    'nested-archive',
    'a zip in a zip',
    'a.zip',
    zip([{ name: 'b.zip', data: zip(entries(1, TEXT)) }]),
  ],
  ['encrypted', 'a zip entry', 'a.zip', zip([{ name: 'a.txt', data: TEXT, encrypted: true }])],
  ['scan-without-text', 'a PDF of pictures', 'a.pdf', pdf([[], []])],
])('%s: %s', async (reason, _, key, content) => {
  const [reading] = await readAll(key, content);
  expect(reading).toMatchObject({ kind: 'rejected', reason, member: 0 });
  const { advice } = reading as { advice: string };
  expect(advice).toContain(ADVICE[reason as keyof typeof ADVICE].slice(0, 20));
});

test('a claim of the wrong size in a zip is noticed', async () => {
  const lying = zip([{ name: 'a.txt', data: Buffer.alloc(1_000_000), claimedSize: 10 }]);
  expect(await readAll('a.zip', lying)).toMatchObject([{ reason: 'malformed' }]);
});

test('entries beyond the total are refused one by one, those before are read', async () => {
  const big = Buffer.alloc(ZIP_ENTRY_BYTES - 1, TEXT);
  const count = Math.floor(ZIP_TOTAL_BYTES / big.length) + 1;
  const readings = await readAll(
    'a.zip',
    zip([{ name: 'first.txt', data: TEXT }, ...entries(count, big)]),
  );
  expect(readings[0]).toMatchObject({ kind: 'article', name: 'first.txt' });
  expect(readings.at(-1)).toMatchObject({ kind: 'rejected', reason: 'too-large' });
});

test.each([
  ['NDJSON', 'a.ndjson', RECORDS, '{"title":"Army chief lands","body":"In Moscow."}\n', '', ''],
  ['CSV', 'a.csv', RECORDS, 'Army chief lands,In Moscow.\n', 'title,body\n', ''],
  [
    'RSS',
    'a.xml',
    FEED_ITEMS,
    '<item><title>Army chief lands in Moscow</title><description>Talks.</description></item>',
    '<rss><channel>',
    '</channel></rss>',
  ],
])(
  '%s is read up to its bound, the rest is refused in one',
  async (_, key, bound, item, before, after) => {
    const readings = await readAll(key, before + item.repeat(bound + 5) + after);
    expect(readings).toHaveLength(bound + 1);
    expect(readings.at(-1)).toMatchObject({
      kind: 'rejected',
      member: bound,
      reason: 'too-many-members',
    });
  },
);

test('the size allowed is known from the key, before an object is fetched', () => {
  expect(bytesAllowed('a/b.txt')).toBe(TEXT_BYTES);
  expect(bytesAllowed('a/b.PDF')).toBe(CONTAINER_BYTES);
  expect(bytesAllowed('a/b.docx')).toBe(CONTAINER_BYTES);
  expect(TOO_LARGE).toMatchObject({
    kind: 'rejected',
    member: 0,
    reason: 'too-large',
    advice: ADVICE['too-large'],
  });
});

test.each([
  ['deep', `<html><body>${nested('<div>', '</div>', 5_000)}<p>${SENTENCE}</p></body></html>`],
  [
    'deep tables',
    `<html><body>${nested('<table><tr><td>', '</td></tr></table>', 2_000)}</body></html>`,
  ],
  ['wide', `<html><body>${`<p>${SENTENCE}</p>`.repeat(HTML_ELEMENTS)}</body></html>`],
  [
    'just deeper than a page',
    `<html><body>${nested('<div>', '</div>', HTML_DEPTH + 1)}</body></html>`,
  ],
  ['unclosed', `<html><body><p>${SENTENCE}</p>${'<b><i><a href=x>'.repeat(20_000)}`],
  ['open comments', `<html><body><p>${SENTENCE}</p>${'<!--'.repeat(100_000)}`],
  ['open scripts', `<html><body><p>${SENTENCE}</p>${'<script>'.repeat(50_000)}`],
  ['angle brackets', `<html><body><p>${SENTENCE}</p>${'<'.repeat(200_000)}`],
  [
    'attributes',
    `<html><body><p ${Array.from({ length: 50_000 }, (_, i) => `a${i}=1`).join(' ')}>${SENTENCE}</p></body></html>`,
  ],
  [
    'nested JSON-LD',
    `<html><head><script type="application/ld+json">${'{"@graph":['.repeat(50_000)}</script></head><body><p>${SENTENCE}</p></body></html>`,
  ],
  [
    'a title of separators',
    `<html><head><title>${' | '.repeat(100_000)}</title></head><body><h1>x</h1><p>${SENTENCE}</p></body></html>`,
  ],
  [
    'a line of spaces',
    `<html><head><title>a${' '.repeat(300_000)}b</title></head><body><p>${' '.repeat(300_000)}${SENTENCE}</p></body></html>`,
  ],
])(
  'a hostile page (%s) is read for its text without building what it asks for',
  async (_, html) => {
    const article = await readOne('a.html', html);
    expect(article.body).toContain('The chief of the army arrived');
  },
);

test.each([
  [
    'billion laughs',
    `<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "lol"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]><rss><channel><item><title>Army chief lands &c;</title><description>${SENTENCE}</description></item></channel></rss>`,
  ],
  [
    'an external entity',
    `<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>Army chief lands &a;</title><description>${SENTENCE}</description></item></channel></rss>`,
  ],
])('%s is not expanded', async (_, xml) => {
  const { title } = await readOne('a.xml', xml);
  expect(title).toMatch(/^Army chief lands &[ac];$/);
});

test.each([
  ['one line of 10 MB', 'word '.repeat(2_000_000)],
  ['one word of 10 MB', 'a'.repeat(10_000_000)],
  ['10 MB of brackets', '['.repeat(10_000_000)],
  ['10 MB of slashes', `${'/'.repeat(5_000_000)} ${'|'.repeat(4_000_000)} text of letters`],
  ['a million lines', 'a line\n'.repeat(1_000_000)],
  ['digits for a date', `${'1'.repeat(500_000)} ${'1/'.repeat(500_000)} text of letters`],
  ['quotes for a table', `title,body\n${'"'.repeat(2_000_000)}`],
  ['braces for RTF', `{\\rtf1 ${'\\u1?'.repeat(1_000_000)}}`],
])('bait for slow patterns (%s) gets an answer', async (_, text) => {
  expect((await readAll('a.txt', text)).length).toBeGreaterThan(0);
});

test('a file that is two things is read as what it begins with', async () => {
  const pdfInZip = Buffer.concat([zip([{ name: 'a.txt', data: TEXT }]), Buffer.from('%PDF-1.7')]);
  expect((await readAll('a.pdf', pdfInZip))[0]?.kind).toBeDefined();
  const pageWithPdf = `<!doctype html><html><body><p>%PDF-1.7 ${SENTENCE}</p></body></html>`;
  expect(await readOne('a.pdf', pageWithPdf)).toMatchObject({ lang: 'en' });
});

test('a stray null byte is left out and said', async () => {
  const article = await readOne('a.txt', TEXT.replace('chief of', 'chief\0 of'));
  expect(article.body).toBe(SENTENCE);
  expect(article.warnings).toEqual(['Control characters were left out.']);
});

test('lines of JSON without a single article are refused once, not line by line', async () => {
  const log = Array.from({ length: 50 }, (_, i) => JSON.stringify({ level: 'info', count: i }));
  const readings = await readAll('a.jsonl', log.join('\n'));
  expect(readings).toHaveLength(1);
  expect(readings[0]).toMatchObject({ kind: 'rejected', reason: 'no-text' });
});
