import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../infra/build.ts';
import { FUNCTIONS, type FunctionName } from '../infra/bundles.ts';
import { synthesized } from './synthesized.ts';

interface Lambda {
  readonly Properties?: { readonly Handler?: string; readonly Code?: { readonly S3Key?: string } };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rasid-bundles-'));
  for (const [name, entries] of Object.entries(FUNCTIONS))
    await bundle(entries, join(folder, 'bundles', name));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Everything that loads before the handler can run: the entry and what it imports at once. */
async function loadedAtStart(name: FunctionName): Promise<string> {
  const texts = new Map<string, string>();
  const load = async (file: string): Promise<void> => {
    if (texts.has(file)) return;
    texts.set(file, '');
    const text = await readFile(join(folder, 'bundles', name, file), 'utf8');
    texts.set(file, text);
    for (const [, next = ''] of text.matchAll(/\b(?:from|import)"\.\/([\w-]+\.mjs)"/g))
      await load(next);
  };
  await load(`${name}.mjs`);
  return [...texts.values()].join('\n');
}

async function everythingIn(name: FunctionName): Promise<string> {
  const files = await readdir(join(folder, 'bundles', name));
  const texts = files.map((file) => readFile(join(folder, 'bundles', name, file), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

/**
 * Kilobytes that load at a cold start. The SDK's clients are two thirds of it; every 100 KB more cost some 5 ms of CPU
 * (2026-11), so who raises a limit says for what.
 */
const LIMITS_KB: Readonly<Record<FunctionName, number>> = { ingest: 555, relay: 252, digest: 230 };

/** What each SDK client names its own errors and shapes by. */
const CLIENTS = {
  s3: 'com.amazonaws.s3',
  sns: 'com.amazonaws.sns',
  dynamodb: 'com.amazonaws.dynamodb',
};

describe.each(Object.keys(FUNCTIONS) as FunctionName[])('the bundle of %s', (name) => {
  test('keeps to its budget of what loads at a cold start', async () => {
    const kilobytes = Buffer.byteLength(await loadedAtStart(name)) / 1024;
    expect(kilobytes).toBeGreaterThan(100);
    expect(kilobytes).toBeLessThan(LIMITS_KB[name]);
  });

  test('has its source maps outside', async () => {
    const files = await readdir(join(folder, 'bundles', name));
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(await loadedAtStart(name)).not.toContain('sourceMappingURL=');
    expect(await readdir(join(folder, 'source-maps', name))).toContain(`${name}.mjs.map`);
  });
});

test.each([
  ['ingest', ['s3', 'dynamodb']],
  ['relay', ['dynamodb', 'sns']],
  ['digest', ['dynamodb', 'sns']],
] as const)('%s has the SDK clients %p and no other', async (name, clients) => {
  const text = await everythingIn(name);
  const found = Object.entries(CLIENTS).filter(([, mark]) => text.includes(mark));
  expect(found.map(([client]) => client).sort()).toEqual([...clients].sort());
});

test('what the end-to-end tests run is what a deployment ships: bundles of these sources, byte for byte', async () => {
  const template = await synthesized();
  const { Resources } = JSON.parse(await readFile(template, 'utf8'));
  const { files } = JSON.parse(
    await readFile(template.replace('.template.json', '.assets.json'), 'utf8'),
  );
  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    const handler = `${name}.handler`;
    const made = Object.values<Lambda>(Resources).find(
      (one) => one.Properties?.Handler === handler,
    );
    const asset = files[made?.Properties?.Code?.S3Key?.replace('.zip', '') ?? ''];
    expect(asset.source.path).toMatch(/^asset\./);
    const shipped = join(dirname(template), asset.source.path);
    // As deep as the first time: the names of chunks have the way to the sources in them.
    const built = join(dirname(template), 'again', name);
    await bundle(FUNCTIONS[name], built);
    const code = (await readdir(shipped)).filter((file) => file.endsWith('.mjs')).sort();
    expect(code).toEqual((await readdir(built)).sort());
    for (const file of code)
      expect([file, await readFile(join(shipped, file), 'utf8')]).toEqual([
        file,
        await readFile(join(built, file), 'utf8'),
      ]);
  }
}, 120_000);

test('what always comes out the same is in the bundle as it came out', async () => {
  const text = await loadedAtStart('ingest');
  // How characters are folded, and what the phrases of page furniture begin with.
  for (const work of ['.normalize("NFD")', 'ignoreCase'])
    expect({ work, found: text.includes(work) }).toEqual({ work, found: false });
});

test('what only some files need loads when such a file comes', async () => {
  const [atStart, all] = [await loadedAtStart('ingest'), await everythingIn('ingest')];
  // What only Readability, pdf.js and postal-mime say.
  for (const mark of ['unlikelyCandidates', 'getOperatorList', 'attachmentEncoding']) {
    const where = { mark, shipped: all.includes(mark), atStart: atStart.includes(mark) };
    expect(where).toEqual({ mark, shipped: true, atStart: false });
  }
});
