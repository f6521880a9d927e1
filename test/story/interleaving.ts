/** Waits for its turn; one who acts calls it before every step. */
export type Step = () => Promise<void>;

/** One who acts beside others. */
export type Actor<Result> = (step: Step) => Promise<Result>;

/** Which of those that are ready takes its next step. */
type Choose = (ready: readonly number[]) => number;

/** Lets all act beside each other, one step at a time. */
async function actOut<Result>(actors: readonly Actor<Result>[], choose: Choose): Promise<Result[]> {
  const parked = new Map<number, () => void>();
  let active = actors.length;
  let wake = () => {};
  const rest = () => {
    active -= 1;
    wake();
  };
  const results = actors.map((act, i) => {
    const step = () =>
      new Promise<void>((go) => {
        parked.set(i, go);
        rest();
      });
    return act(step).finally(rest);
  });
  // Whoever fails, the others must not be left waiting; the failure is the caller's.
  const all = Promise.allSettled(results);
  for (;;) {
    while (active > 0) await new Promise<void>((resume) => (wake = resume));
    if (parked.size === 0) break;
    const next = choose([...parked.keys()].sort());
    const go = parked.get(next);
    parked.delete(next);
    active += 1;
    go?.();
  }
  await all;
  return Promise.all(results);
}

/**
 * Every order in which these can take their steps, one after the other: each gets actors of its own.
 * @returns how many orders there are.
 */
export async function inEveryOrder<Result>(
  begin: () => Promise<readonly Actor<Result>[]>,
  check: (results: readonly Result[], order: string) => Promise<void> | void,
): Promise<number> {
  let path: { readonly taken: number; readonly of: number }[] = [];
  for (let orders = 1; ; orders++) {
    const made: typeof path = [];
    const order: number[] = [];
    const results = await actOut(await begin(), (ready) => {
      const taken = path[made.length]?.taken ?? 0;
      made.push({ taken, of: ready.length });
      const next = ready[taken] as number;
      order.push(next);
      return next;
    });
    await check(results, order.join(''));
    const last = made.findLastIndex(({ taken, of }) => taken + 1 < of);
    const changed = made[last];
    if (changed === undefined) return orders;
    path = [...made.slice(0, last), { ...changed, taken: changed.taken + 1 }];
  }
}

/** So many orders at random, the same ones every time. */
export async function inSomeOrders<Result>(
  orders: number,
  random: () => number,
  begin: () => Promise<readonly Actor<Result>[]>,
  check: (results: readonly Result[], order: string) => Promise<void> | void,
): Promise<void> {
  for (let i = 0; i < orders; i++) {
    const order: number[] = [];
    const results = await actOut(await begin(), (ready) => {
      const next = ready[Math.floor(random() * ready.length)] as number;
      order.push(next);
      return next;
    });
    await check(results, order.join(''));
  }
}
