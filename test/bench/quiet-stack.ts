import { readFile, writeFile } from 'node:fs/promises';
import { synthesize } from '../../cli/synthesize.ts';

const STARTERS = ['AWS::Lambda::EventSourceMapping', 'AWS::Scheduler::Schedule'];

/**
 * The stack with nothing that starts its functions: what a bench runs is then all that runs.
 * @returns the path of its template.
 */
export async function quietStack(outdir: string): Promise<string> {
  const path = await synthesize(outdir);
  const template: { Resources: Record<string, { Type: string }> } = JSON.parse(
    await readFile(path, 'utf8'),
  );
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).filter(([, { Type }]) => !STARTERS.includes(Type)),
  );
  await writeFile(path, JSON.stringify({ ...template, Resources }));
  return path;
}
