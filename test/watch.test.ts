import { createHash } from 'node:crypto';
import { jsonLog } from '../shared/log.ts';
import type { Watch } from '../shared/ports.ts';
import { artifactName, type WatchlistSource, watchInForce } from '../shared/watch.ts';

/** A bucket of watchlists; a text is good unless it says `bad`, and its version is its text. */
function bucket(...versions: string[]) {
  const classify: Watch['classify'] = () => {
    throw new Error('nothing is classified here');
  };
  const watch = (version: string): Watch => ({ version, classify });
  const sourceOf = (yaml: string): WatchlistSource =>
    yaml === 'huge'
      ? { tag: 'huge', problem: 'watchlist.yaml has 99 bytes, at most 9 are read' }
      : { tag: createHash('md5').update(yaml).digest('hex'), yaml: Buffer.from(yaml) };
  const state = {
    /** Newest first. */
    versions,
    artifacts: new Map<string, Uint8Array>(),
    reads: 0,
    compiles: 0,
    isDown: false,
  };
  let time = 0;
  const lines: string[] = [];
  const counted: string[] = [];
  const inForce = watchInForce({
    store: {
      async read(tag) {
        state.reads += 1;
        if (state.isDown) throw new Error('SlowDown');
        const [yaml] = state.versions;
        if (yaml === undefined) return 'none';
        const source = sourceOf(yaml);
        return source.tag === tag ? 'same' : source;
      },
      async *earlier() {
        for (const yaml of state.versions) yield sourceOf(yaml);
      },
      artifact: async (name) => state.artifacts.get(name) ?? null,
    },
    reader: {
      base: async () => 'base',
      shipped: async () => watch('shipped'),
      open: (artifact) => (artifact.length === 0 ? null : watch(`cached ${Buffer.from(artifact)}`)),
      async compile(yaml) {
        state.compiles += 1;
        return yaml.startsWith('bad') ? { problems: [`${yaml}:1:1 no such word`] } : watch(yaml);
      },
    },
    log: jsonLog((line) => lines.push(line)),
    meter: { add: (metric) => void counted.push(metric) },
    now: () => new Date(time),
  });
  return {
    state,
    lines,
    counted,
    put: (yaml: string) => state.versions.unshift(yaml),
    pass: (ms: number) => {
      time += ms;
    },
    version: async () => (await inForce()).version,
  };
}

test('without a watchlist in the bucket, the shipped one is in force', async () => {
  expect(await bucket().version()).toBe('shipped');
});

test('a watchlist in the bucket is in force instead', async () => {
  expect(await bucket('mine').version()).toBe('mine');
});

test('a new one is live within a minute, and until then nobody asks the bucket again', async () => {
  const b = bucket('one');
  await b.version();
  b.put('two');
  b.pass(59_999);
  expect(await b.version()).toBe('one');
  expect(b.state.reads).toBe(1);
  b.pass(1);
  expect(await b.version()).toBe('two');
});

test('one that did not change is neither read nor compiled again', async () => {
  const b = bucket('one');
  for (let minute = 0; minute < 3; minute++) {
    expect(await b.version()).toBe('one');
    b.pass(60_000);
  }
  expect(b.state.compiles).toBe(1);
});

test('a deleted watchlist gives way to the shipped one', async () => {
  const b = bucket('one');
  await b.version();
  b.state.versions = [];
  b.pass(60_000);
  expect(await b.version()).toBe('shipped');
});

test.each(['bad', 'huge'])('a %s one never takes effect: the last good one stays', async (bad) => {
  const b = bucket('good');
  await b.version();
  b.put(bad);
  b.pass(60_000);
  expect(await b.version()).toBe('good');
});

test.each(['bad', 'huge'])(
  'a cold start that finds a %s one walks back to the last good one',
  async (bad) => {
    expect(await bucket(bad, 'bad too', 'good', 'older').version()).toBe('good');
  },
);

test('a cold start that finds nothing good takes the shipped one, without looking for ever', async () => {
  const b = bucket(...Array.from({ length: 50 }, (_, i) => `bad ${i}`));
  expect(await b.version()).toBe('shipped');
  expect(b.state.compiles).toBeLessThan(15);
});

test('a bad one is reported at every look, with its problems, until it is mended', async () => {
  const b = bucket('good');
  await b.version();
  b.put('bad');
  for (let minute = 1; minute <= 3; minute++) {
    b.pass(60_000);
    await b.version();
  }
  expect(b.counted).toEqual(Array(3).fill('WatchlistInvalid'));
  expect(b.lines).toHaveLength(3);
  expect(b.lines[2]).toContain('bad:1:1 no such word');
  b.put('mended');
  b.pass(60_000);
  expect(await b.version()).toBe('mended');
  expect(b.counted).toHaveLength(3);
});

test('a compiled form is used when it fits the text, the engine and the shipped words', async () => {
  const b = bucket('one');
  b.state.artifacts.set(artifactName('one', 'base'), Buffer.from('one'));
  expect(await b.version()).toBe('cached one');
  expect(artifactName('one', 'other base')).not.toBe(artifactName('one', 'base'));
});

test('a damaged compiled form is passed over: the text is the truth', async () => {
  const b = bucket('one');
  b.state.artifacts.set(artifactName('one', 'base'), new Uint8Array());
  expect(await b.version()).toBe('one');
});

test('when the bucket does not answer, the upload waits, and the next one asks again', async () => {
  const b = bucket('one');
  b.state.isDown = true;
  await expect(b.version()).rejects.toThrow('SlowDown');
  b.state.isDown = false;
  expect(await b.version()).toBe('one');
});

test('many uploads at once ask once', async () => {
  const b = bucket('one');
  await Promise.all(Array.from({ length: 5 }, () => b.version()));
  expect(b.state.reads).toBe(1);
});
