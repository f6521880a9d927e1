import { costOf, isLitter, noticeOf, objectsIn, type StoredObject } from '../shared/notice.ts';
import { fc } from './property.ts';

/** How S3 writes a key into its notices: form encoding, with the slash left as it is. */
function asS3Writes(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replaceAll(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function notice(...keys: string[]): string {
  return JSON.stringify({
    Records: keys.map((key) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      eventTime: '2026-11-22T08:00:00.000Z',
      s3: {
        bucket: { name: 'inbox' },
        object: { key: asS3Writes(key), size: 7, eTag: 'e', versionId: 'v1', sequencer: '00' },
      },
    })),
  });
}

test.each([
  ['plain.txt'],
  ['زيارة حفتر + 100% #1 (نسخة).txt'],
  ['a b.txt'],
  ['a+b.txt'],
  ['100%.txt'],
  ['%2B.txt'],
  ['%D8%AD.txt'],
  ['source=reuters/2026/11/22/خبر.html'],
  ['🗞️/👩‍💻.txt'],
  ['cafe\u0301.txt'],
  ['caf\u00e9.txt'],
  ['quote\'"&<>.txt'],
  ['../../etc/passwd'],
  ['a//b/./c'],
  ['line\nbreak\ttab.txt'],
  [' leading and trailing '],
  [`${'ا'.repeat(512)}`],
])('a file named %j is found under that very name', (key) => {
  expect(objectsIn(notice(key))).toEqual([
    {
      bucket: 'inbox',
      key,
      versionId: 'v1',
      size: 7,
      uploadedAt: '2026-11-22T08:00:00.000Z',
      rescore: false,
      tellNew: false,
    },
  ]);
});

test('10,000 random names come through the form encoding unchanged', async () => {
  const name = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 200 })
    .filter((key) => key.isWellFormed());
  const law = fc.property(name, (key) => {
    expect(objectsIn(notice(key))[0]?.key).toBe(key);
  });
  await fc.assert(law, { numRuns: 10_000 });
});

test('S3 greets a new queue with a test event, which names no object', () => {
  const greeting = {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: '2026-11-22T08:00:00.000Z',
    Bucket: 'inbox',
  };
  expect(objectsIn(JSON.stringify(greeting))).toEqual([]);
});

test('a notice of several objects names them all, in order', () => {
  expect(objectsIn(notice('a', 'b', 'c')).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
});

test('a notice that is no JSON is a failure, not silence', () => {
  expect(() => objectsIn('hello')).toThrow(SyntaxError);
});

test('a notice of our own is read as S3’s are: any name, version, size, and the wish to look again', async () => {
  const object: fc.Arbitrary<StoredObject> = fc.record({
    bucket: fc.constant('inbox'),
    key: fc.string({ unit: 'binary', minLength: 1 }).filter((key) => key.isWellFormed()),
    versionId: fc.option(fc.string()),
    size: fc.option(fc.nat()),
    uploadedAt: fc.constant('2026-11-22T08:00:00.000Z'),
    rescore: fc.boolean(),
    tellNew: fc.boolean(),
  });
  const law = fc.property(fc.array(object), (objects) => {
    expect(objectsIn(noticeOf(objects))).toEqual(objects);
  });
  await fc.assert(law);
});

test.each([
  ['a/', 0, true],
  ['a/', 5, false],
  // A replay may not know the size: better read a marker than lose an article.
  ['a/', null, false],
  ['.DS_Store', 6148, true],
  ['x/.DS_Store', 6148, true],
  ['x/._article.txt', 120, true],
  ['Thumbs.db', 1, true],
  ['desktop.ini', 1, true],
  ['~$report.docx', 162, true],
  ['empty.txt', 0, false],
  ['my.DS_Store.txt', 9, false],
  ['notes~$.txt', 9, false],
])('%j of %j bytes is litter: %j', (key, size, expected) => {
  expect(isLitter({ key, size })).toBe(expected);
});

test('what unpacks or lays out counts dearer than more text', () => {
  const costs = [
    costOf({ key: 'a.txt', size: 1000 }),
    costOf({ key: 'a.html', size: 90_000 }),
    costOf({ key: 'A.PDF', size: 1000 }),
    costOf({ key: 'a.zip', size: 2000 }),
  ];
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
});
