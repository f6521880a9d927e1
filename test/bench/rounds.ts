/** CPU microseconds that one unit of work took, at the median over rounds. */
export type Medians = Readonly<Record<string, number>>;

/** What is measured: `run` does so many units of work. The round lets it take work that it has not seen. */
export interface Candidate {
  readonly work: number;
  readonly run: (round: number) => unknown;
}
export type Candidates = Record<string, Candidate>;

/**
 * Runs every candidate once a round, in turn, so that a machine that slows down slows all of them; nothing is timed
 * against the clock on the wall. The first rounds warm up and do not count.
 */
export async function medians(
  candidates: Readonly<Candidates>,
  { rounds, warmUp = 1 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<Medians> {
  const taken = new Map<string, number[]>(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [name, { run, work }] of Object.entries(candidates)) {
      const before = process.cpuUsage();
      await run(round);
      const { user, system } = process.cpuUsage(before);
      if (round >= warmUp) taken.get(name)?.push((user + system) / work);
    }
  }
  return Object.fromEntries([...taken].map(([name, all]) => [name, median(all)]));
}

export function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A table in Markdown, first column left, the others right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
