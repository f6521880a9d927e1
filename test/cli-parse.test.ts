import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseCommand } from '../cli/parse.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rasid-'));
  await writeFile(
    join(folder, 'good.txt'),
    'Army chief lands in Moscow\n\nThe chief of the army arrived in Moscow on Monday for talks with the minister.\n',
  );
  await writeFile(join(folder, 'photo.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await parseCommand(args, { stdout, stderr });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: text(stdout), err: text(stderr) };
}

test('a folder gives one JSON line an article; a rejection is told on stderr and by the exit code', async () => {
  const { code, out, err } = await run('--json', folder);
  expect(code).toBe(1);
  expect(err).toMatch(/photo\.png: binary: .*text/);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(1);
  expect(Object.keys(lines[0])).toEqual([
    'file',
    'member',
    'name',
    'id',
    'title',
    'body',
    'lang',
    'published',
    'publishedHow',
    'modified',
    'source',
    'url',
    'byline',
    'dropped',
    'warnings',
  ]);
  expect(lines[0]).toMatchObject({
    member: 0,
    title: 'Army chief lands in Moscow',
    lang: 'en',
    published: null,
  });
});

test('all well is exit code 0, a wrong call 2', async () => {
  expect(await run(join(folder, 'good.txt'))).toMatchObject({ code: 0, err: '' });
  expect((await run()).code).toBe(2);
});
