import { decode, decodeAs } from '../../shared/parse/charset.ts';
import { repairMojibake } from '../../shared/parse/mojibake.ts';
import { readAll, readOne } from './files.ts';

const ARABIC =
  'وصل وزير الدفاع إلى موسكو صباح اليوم في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره الروسي.';
const RUSSIAN =
  'Министр обороны прибыл в Москву с официальным визитом, сообщили «Известия» в понедельник.';
const FRENCH =
  'Le ministre est arrivé à Moscou : « une visite prévue de longue date », a déclaré l’état-major français.';
const PERSIAN = 'وزیر دفاع برای دیدار رسمی وارد مسکو شد و با همتای خود گفتگو کرد.';

function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = [
    ...decodeAs(
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      encoding,
    ),
  ];
  return Uint8Array.from([...text].map((c) => table.indexOf(c)).filter((byte) => byte >= 0));
}

const CASES: readonly (readonly [string, string, string])[] = [
  ['utf-8', 'Arabic', ARABIC],
  ['utf-16le', 'Arabic', ARABIC],
  ['utf-16be', 'Arabic', ARABIC],
  ['utf-16le', 'Russian', RUSSIAN],
  ['utf-16be', 'French', FRENCH],
  ['windows-1256', 'Arabic', ARABIC],
  ['iso-8859-6', 'Arabic', ARABIC],
  ['windows-1251', 'Russian', RUSSIAN],
  ['koi8-r', 'Russian', RUSSIAN.replace(/[«»]/g, '"')],
  ['windows-1252', 'French', FRENCH],
];

test.each(CASES)('%s is found in %s without a declaration', (encoding, _, text) => {
  expect(decode(encode(text, encoding), null)).toMatchObject({ encoding, text });
});

test.each(CASES)('%s in %s is found against a wrong declaration', (encoding, _, text) => {
  for (const wrong of ['utf-8', 'windows-1252', 'windows-1251', 'shift_jis', 'no-such-thing']) {
    if (wrong !== encoding) expect(decode(encode(text, encoding), wrong)?.text).toBe(text);
  }
});

test.each([
  [
    'windows-1254',
    'Türkiye Savunma Bakanı Moskova’ya resmî ziyarette bulundu, görüşmeler sürüyor.',
  ],
  [
    'windows-1250',
    'Minister obrony przybył do Moskwy z oficjalną wizytą, żeby rozmawiać o współpracy.',
  ],
  ['iso-8859-15', "Le coût est de 3 € selon l'état-major, a déclaré le ministre français."],
])('%s is taken as declared where its text is language', (encoding, text) => {
  expect(decode(encode(text, encoding), encoding)).toMatchObject({
    encoding,
    text,
    how: 'declared',
  });
});

test('a byte-order mark decides, and is no part of the text', () => {
  expect(decode(Buffer.from(`\ufeff${ARABIC}`), 'windows-1256')).toMatchObject({
    encoding: 'utf-8',
    how: 'bom',
    text: ARABIC,
  });
  const marked = Buffer.concat([Buffer.from([0xfe, 0xff]), encode(ARABIC, 'utf-16be')]);
  expect(decode(marked, null)).toMatchObject({ encoding: 'utf-16be', how: 'bom', text: ARABIC });
});

test('a few foreign bytes in UTF-8 become the quotes they were, with a warning', () => {
  const bytes = Buffer.concat([
    Buffer.from(`${ARABIC} \u201c`),
    Buffer.from([0x93]),
    Buffer.from('x'),
    Buffer.from([0x94]),
    Buffer.from(ARABIC),
    Buffer.from([0xd8]),
  ]);
  const decoded = decode(bytes, null);
  expect(decoded?.text).toBe(`${ARABIC} ““x”${ARABIC}`);
  expect(decoded?.warnings).toHaveLength(1);
});

test.each([
  ['windows-1252', 'utf-8', ARABIC],
  ['windows-1252', 'utf-8', RUSSIAN],
  ['windows-1256', 'utf-8', ARABIC],
  ['windows-1252', 'windows-1256', ARABIC],
  ['windows-1252', 'windows-1251', RUSSIAN],
])('text saved after being read as %s where it was %s is repaired', (assumed, real, text) => {
  const garbled = decodeAs(encode(text, real), assumed);
  expect(garbled).not.toBe(text);
  expect(repairMojibake(garbled)?.text).toBe(text);
});

test.each([ARABIC, RUSSIAN, FRENCH, PERSIAN, 'Ñandú, señor; ÀÉÎÕÜ and other names'])(
  'right text is not repaired: %s',
  (text) => {
    expect(repairMojibake(text)).toBeNull();
  },
);

test('a page is read by its meta, a feed by its XML declaration', async () => {
  const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>x</title></head><body><p>${ARABIC}</p></body></html>`;
  expect((await readOne('a.html', encode(page, 'windows-1256'))).body).toBe(ARABIC);
  const feed = `<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>Визит в Москву</title><description>${RUSSIAN}</description></item></channel></rss>`;
  expect((await readOne('a.xml', encode(feed, 'windows-1251'))).body).toBe(RUSSIAN);
});

test('no reading ever holds a replacement character', async () => {
  for (const bytes of [
    Buffer.from(`${ARABIC}\ufffd ${ARABIC}`),
    Buffer.concat([Buffer.from(ARABIC), Buffer.from([0xff]), Buffer.from(ARABIC)]),
  ]) {
    const [reading] = await readAll('a.txt', bytes);
    expect(JSON.stringify(reading)).not.toContain('\ufffd');
    expect(reading).toMatchObject({ article: { warnings: [expect.any(String)] } });
  }
});
