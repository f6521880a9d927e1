import type { SQSRecord } from 'aws-lambda';
import { settleBatch } from '../shared/batch.ts';
import { forEachBounded, OutOfTime } from '../shared/bounded.ts';
import { fc } from './property.ts';

const record = (messageId: string) => ({ messageId, body: messageId }) as SQSRecord;
const always = () => true;

describe('a batch', () => {
  const run = (bodies: string[], work: (body: string) => Promise<void>, hasTime = always) => {
    const heard: string[] = [];
    return settleBatch(bodies.map(record), {
      decode: ({ body }) => {
        if (body.startsWith('unreadable')) throw new SyntaxError(body);
        return body;
      },
      cost: (body) => body.length,
      width: 2,
      work,
      hasTime,
      failed: ({ messageId }, error) => heard.push(`${messageId}: ${(error as Error).message}`),
    }).then(({ batchItemFailures }) => ({
      failed: batchItemFailures.map((f) => f.itemIdentifier),
      heard,
    }));
  };

  test('only what failed goes back to the queue, and each failure is heard', async () => {
    const work = async (body: string) => {
      if (body.startsWith('bad')) throw new Error('no');
    };
    expect(await run(['a', 'bad1', 'b', 'bad2'], work)).toEqual({
      failed: ['bad1', 'bad2'],
      heard: ['bad1: no', 'bad2: no'],
    });
  });

  test('whichever fail, exactly those go back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 10 }),
        fc.infiniteStream(fc.boolean()),
        async (bodies, coin) => {
          const bad = new Set(bodies.filter(() => coin.next().value));
          const { failed } = await run(
            bodies.map((body) => `m${body}`),
            async (body) => {
              await Promise.resolve();
              if (bad.has(body.slice(1))) throw new Error('no');
            },
          );
          expect(failed.sort()).toEqual([...bad].map((body) => `m${body}`).sort());
        },
      ),
    );
  });

  test('one that cannot be read fails alone', async () => {
    const done: string[] = [];
    const { failed } = await run(['a', 'unreadable', 'b'], async (body) => void done.push(body));
    expect(failed).toEqual(['unreadable']);
    expect(done).toEqual(['a', 'b']);
  });

  test('cheap ones come first, so that one that kills the run has let them through', async () => {
    const begun: string[] = [];
    await run(['ccc', 'a', 'bb'], async (body) => void begun.push(body));
    expect(begun).toEqual(['a', 'bb', 'ccc']);
  });

  test('without time left nothing more is begun: the rest goes back untouched and unheard', async () => {
    let done = 0;
    const { failed, heard } = await run(
      ['a', 'bb', 'ccc', 'dddd'],
      async () => {
        done += 1;
      },
      () => done < 2,
    );
    expect(failed).toEqual(['ccc', 'dddd']);
    expect(heard).toEqual([]);
  });
});

describe('many at a time', () => {
  test('never more than asked for are under way, and all are done', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    await forEachBounded([1, 2, 3, 4, 5, 6, 7], 3, async (n) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      done.push(n);
    });
    expect(most).toBe(3);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('a failure stops no other, and is told at the end with its cause', async () => {
    const done: number[] = [];
    const first = new Error('two');
    const run = forEachBounded([1, 2, 3], 1, async (n) => {
      if (n === 2) throw first;
      done.push(n);
    });
    await expect(run).rejects.toMatchObject({ message: '1 of 3 failed', cause: first });
    expect(done).toEqual([1, 3]);
  });

  test('when time runs out the source is let go, and what is done stays done', async () => {
    let isLetGo = false;
    async function* source() {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        isLetGo = true;
      }
    }
    const done: number[] = [];
    const run = forEachBounded(
      source(),
      2,
      async (n) => void done.push(n),
      () => done.length < 5,
    );
    await expect(run).rejects.toBeInstanceOf(OutOfTime);
    expect(done.length).toBeGreaterThanOrEqual(5);
    expect(isLetGo).toBe(true);
  });

  test('a source that breaks is a failure', async () => {
    async function* source() {
      yield 1;
      throw new Error('broken');
    }
    await expect(forEachBounded(source(), 2, async () => {})).rejects.toThrow('broken');
  });
});
