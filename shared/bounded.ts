/**
 * Runs `work` on each item as it comes, at most `width` at a time. One that fails stops no other.
 * @param goOn asked before each item; once it says no, the rest is left and counts as failed.
 * @throws Error that says how many failed, with the first as its cause.
 */
export async function forEachBounded<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
  goOn: () => boolean = () => true,
): Promise<void> {
  let done = 0;
  const failures: unknown[] = [];
  let isCut = false;
  const source = stream(items);
  const lane = async () => {
    for (;;) {
      if (isCut) return;
      const { done: isOver, value } = await source.next();
      if (isOver) return;
      if (!goOn()) {
        isCut = true;
        return;
      }
      try {
        await work(value);
        done += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (isCut) {
    await source.return(undefined);
    throw new OutOfTime(`no time left after ${done}`, failures[0]);
  }
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${done + failures.length} failed`, {
      cause: failures[0],
    });
}

/** The work was cut short so that what is done stays done; the rest is to be tried again. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
  }
}

async function* stream<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

/** The same source of results, for one caller at a time: the others wait until it is read to its end. */
export function oneAtATime<Input, Result>(
  read: (input: Input) => AsyncIterable<Result>,
): (input: Input) => AsyncIterable<Result> {
  let last = Promise.resolve();
  return async function* (input) {
    const before = last;
    let end: () => void = () => {};
    last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    try {
      yield* read(input);
    } finally {
      end();
    }
  };
}
