import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The stack could not be built; the message is what the build said. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

/**
 * Builds the bundles and writes the stack's template as `cdk deploy` would, without the deploy-time checks.
 * @param outdir where the cloud assembly comes to lie.
 * @param settings instead of those in cdk.json.
 * @returns the path of the template.
 * @throws BuildError with what the build said, when it fails.
 */
export async function synthesize(
  outdir: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { app, context } = JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8'));
  const [command, ...args] = String(app).split(' ');
  const built = promisify(execFile)(command ?? 'node', args, {
    cwd: ROOT,
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        rasid: { ...context.rasid, ...settings },
        checks: 'off',
        '@aws-cdk/core:validateAgainstDefaultRules': false,
      }),
    },
  });
  await built.catch((error: Error & { stderr?: string }) => {
    throw new BuildError(error.stderr || error.message);
  });
  const manifest = JSON.parse(await readFile(join(outdir, 'manifest.json'), 'utf8'));
  const stacks = Object.entries<{ type: string; properties?: { templateFile?: string } }>(
    manifest.artifacts,
  ).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [, stack] = stacks[0] ?? [];
  if (stack?.properties?.templateFile === undefined)
    throw new Error(`${outdir} holds no stack: is cdk.json's app still infra/app.ts?`);
  return join(outdir, stack.properties.templateFile);
}
