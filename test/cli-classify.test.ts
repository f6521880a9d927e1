import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { classifyCommand } from '../cli/classify.ts';
import { watchlistCommand } from '../cli/watchlist.ts';
import { openWatchlist } from '../shared/watchlist/artifact.ts';

const folder = await mkdtemp(join(tmpdir(), 'rasid-cli-'));
const article = join(folder, 'a.txt');
const own = join(folder, 'own.yaml');
const broken = join(folder, 'broken.yaml');
await writeFile(article, 'خبر عاجل\n\nوصل الخبز الطازج إلى السوق صباح اليوم بعد غياب طويل.\n');
await writeFile(
  own,
  'rules: [{ id: bread, status: none, match: (خبز), alert_when: { status: [asserted] } }]\n',
);
await writeFile(broken, 'rules: [{ id: bread, mach: (خبز) }]\n');

async function run(command: typeof classifyCommand, ...argv: string[]) {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const code = await command(argv, { stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...written };
}

describe('rasid classify', () => {
  test('gives one JSON object an article', async () => {
    const { code, stdout } = await run(classifyCommand, '--json', '--watchlist', own, article);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: article,
      lang: 'ar',
      labels: ['bread'],
      statuses: { bread: 'asserted' },
      alerts: [{ rule: 'bread', quote: { text: 'الخبز' } }],
    });
  });

  test('shows a person the event in its sentence', async () => {
    const { stdout } = await run(classifyCommand, '--watchlist', own, article);
    expect(stdout).toMatch(/ALERT bread asserted/);
    expect(stdout).toMatch(/الطازج/);
  });

  test('says how it is called', async () => {
    expect(await run(classifyCommand)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^usage/),
    });
  });
});

describe('rasid watchlist', () => {
  test('check says where a watchlist is wrong', async () => {
    const { code, stderr } = await run(watchlistCommand, 'check', broken);
    expect(code).toBe(1);
    expect(stderr).toMatch(/broken\.yaml:1:\d+: a rule has no 'mach' \(did you mean 'match'\?\)/);
  });

  test('build writes an artifact that opens', async () => {
    const out = join(folder, 'own.bin');
    expect((await run(watchlistCommand, 'build', own, '-o', out)).code).toBe(0);
    expect(openWatchlist(await readFile(out)).rule(0).id).toBe('bread');
    expect((await run(classifyCommand, '--watchlist', out, article)).stdout).toMatch(/bread/);
  });

  test('explain says why a rule matched', async () => {
    const { stdout } = await run(watchlistCommand, 'explain', '--watchlist', own, article);
    expect(stdout).toMatch(/bread: matched/);
  });

  test('schema is JSON', async () => {
    expect(JSON.parse((await run(watchlistCommand, 'schema')).stdout)).toHaveProperty('$defs');
  });
});
