import { parse } from '../../shared/parse/parse.ts';
import type { Reading } from '../../shared/parse/reading.ts';

async function read(key: string, content: string | Uint8Array): Promise<Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const readings: Reading[] = [];
  for await (const reading of parse({ key, bytes, metadata: {}, contentType: null }))
    readings.push(reading);
  return readings;
}

test('a text file is a headline and paragraphs', async () => {
  const [reading] = await read(
    'a.txt',
    'Army chief lands in Moscow\n\nThe chief of the army arrived in Moscow on Monday for talks with the minister.\n',
  );
  expect(reading).toMatchObject({
    kind: 'article',
    member: 0,
    article: {
      title: 'Army chief lands in Moscow',
      body: 'The chief of the army arrived in Moscow on Monday for talks with the minister.',
      lang: 'en',
    },
  });
});

test('nothing is rejected as empty', async () => {
  expect(await read('a.txt', '')).toMatchObject([{ kind: 'rejected', reason: 'empty', member: 0 }]);
});
