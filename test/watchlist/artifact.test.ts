import { createClassifier } from '../../shared/classify/classify.ts';
import { shippedSourcesIn } from '../../shared/node/watchlist-sources.ts';
import { HEADER_BYTES, openWatchlist, versionIn } from '../../shared/watchlist/artifact.ts';
import { compileWatchlist } from '../../shared/watchlist/compile.ts';

const sources = await shippedSourcesIn(new URL('../../watchlist/', import.meta.url));

function build(): Uint8Array {
  const compiled = compileWatchlist(sources, { tests: false });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems[0]));
  return compiled.artifact;
}

const artifact = build();

describe('a compiled watchlist', () => {
  test('is the same to the byte when it is compiled again', () => {
    expect(Buffer.compare(build(), artifact)).toBe(0);
  });

  test('has another version when a word of it changes', () => {
    const versionOf = (word: string) => {
      const text = `rules: [{ id: a, status: none, match: (${word}) }]`;
      const compiled = compileWatchlist([{ name: 'w.yaml', text }]);
      return compiled.kind === 'compiled' && compiled.version;
    };
    expect(versionOf('bread')).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf('bread')).not.toBe(versionOf('milk'));
  });

  test('names its version in its first bytes', () => {
    const { version } = openWatchlist(artifact);
    expect(versionIn(artifact.slice(0, HEADER_BYTES))).toBe(version);
  });

  test('knows what its actors are called, in their order', () => {
    const { meta, actorLabels } = openWatchlist(artifact);
    const labels = actorLabels();
    expect(labels.length).toBe(meta.actors.length);
    expect(labels[meta.actors.findIndex(({ id }) => id === 'libya')]).toEqual(
      expect.objectContaining({ ar: 'ليبيا', en: 'Libya' }),
    );
  });

  test('opens from bytes that lie anywhere', () => {
    const moved = new Uint8Array(artifact.length + 3);
    moved.set(artifact, 3);
    const classify = createClassifier(openWatchlist(moved.subarray(3)));
    expect(classify({ title: '', body: 'زار بوتين بكين.', lang: 'ar' }).labels).toEqual(['visit']);
  });

  test.each([
    ['is no watchlist', () => new TextEncoder().encode('rules: []'), /not a compiled watchlist/],
    ['is empty', () => new Uint8Array(0), /not a compiled watchlist/],
    ['is cut short', () => artifact.slice(0, artifact.length - 8), /damaged or cut short/],
    [
      'is damaged',
      () => artifact.map((byte, i) => (i === artifact.length >> 1 ? byte ^ 1 : byte)),
      /damaged or cut short/,
    ],
    [
      'was built for another engine',
      () => artifact.map((byte, i) => (i === 4 ? 99 : byte)),
      /compiled for engine 99.*rasid watchlist build/,
    ],
  ])('that %s is refused with what to do', (_, bytes, message) => {
    expect(() => openWatchlist(bytes())).toThrow(message);
  });

  test('takes at most 220 bytes a rule where there are ten thousand', () => {
    const words = (i: number) =>
      `(${'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'[i % 28]}ن${i}دار|كتاب${i % 97})`;
    const rules = Array.from(
      { length: 10_000 },
      (_, i) =>
        `  - { id: r${i}, status: none, match: { near: ['${words(i)}', '(قلم${i % 500})'] } }`,
    );
    const compiled = compileWatchlist([{ name: 'w.yaml', text: `rules:\n${rules.join('\n')}` }]);
    expect(compiled.kind === 'compiled' && compiled.artifact.length / 10_000).toBeLessThanOrEqual(
      220,
    );
  });
});
