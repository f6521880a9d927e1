import { childIsolate, ISOLATE_LIMITS } from '../../shared/node/isolate.ts';
import { docx, pdf, readAll, zip } from './files.ts';

const ENTRY = new URL('../../shared/node/isolate-child.ts', import.meta.url);
const LOADER = ['--import', 'tsx'];
const SENTENCE = 'The chief of the army arrived in Moscow for talks with the minister on Monday.';
const DOCX = docx(['Army chief lands in Moscow', SENTENCE]);

test('an isolated file gives what it gives in place, under its own place in the upload', async () => {
  const isolate = childIsolate(ENTRY, ISOLATE_LIMITS, LOADER);
  const archive = zip([
    { name: 'a.docx', data: DOCX },
    { name: 'b.txt', data: `Another headline here\n\n${SENTENCE}` },
    { name: 'c.pdf', data: pdf([[]]) },
  ]);
  expect(await readAll('day.zip', archive, {}, { isolate })).toEqual(
    await readAll('day.zip', archive),
  );
});

test.each([
  ['time', { ...ISOLATE_LIMITS, deadlineMs: 1 }],
  ['memory', { ...ISOLATE_LIMITS, memoryBytes: 20 * 1024 * 1024 }],
])('a reader that exceeds its %s dies alone, and the file is too expensive', async (_, limits) => {
  const isolate = childIsolate(ENTRY, limits, LOADER);
  expect(await readAll('a.docx', DOCX, {}, { isolate })).toMatchObject([
    { kind: 'rejected', member: 0, reason: 'too-expensive' },
  ]);
});

test('a child that cannot start is a fault, not an answer about the file', async () => {
  const isolate = childIsolate(ENTRY, ISOLATE_LIMITS, ['--import', './no-such-loader.js']);
  await expect(readAll('a.docx', DOCX, {}, { isolate })).rejects.toThrow(/could not start/);
});
