import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../infra/settings.ts';

/** A CloudFormation resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is a document, and tests look deep into it
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

export interface Synthesized {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  /** Resources of a type, by logical id. */
  ofType(type: string): Record<string, Resource>;
  /** The only logical id that starts with `prefix` and has that type. */
  idOf(type: string, prefix: string): string;
}

export const DEV: Settings = {
  name: 'news',
  env: 'dev',
  operatorEmail: 'desk@example.org',
  alertLanguage: 'en',
  logRetentionDays: 30,
  maxAlertAgeDays: 30,
  silenceHours: 24,
  subscribers: [],
  alertsPerRule: 60,
  digest: 'off',
};
export const PROD: Settings = { ...DEV, env: 'prod' };

/** The stack's template, without bundles inside: for tests of what surrounds the code. */
export async function synthesizeStack(settings: Settings): Promise<Synthesized> {
  const outdir = mkdtempSync(join(tmpdir(), 'rasid-stack-'));
  process.env['CDK_OUTDIR'] = outdir;
  for (const name of ['ingest', 'relay', 'digest']) {
    mkdirSync(join(outdir, 'bundles', name), { recursive: true });
    writeFileSync(join(outdir, 'bundles', name, `${name}.mjs`), '');
  }
  const { App } = await import('aws-cdk-lib');
  const { RasidStack } = await import('../infra/rasid-stack.ts');
  const { stackId } = await import('../infra/settings.ts');
  const app = new App({ builtinCloudFormationValidation: false, outdir });
  new RasidStack(app, stackId(settings), settings);
  const { Resources, Outputs } = app.synth().getStackByName(stackId(settings)).template;
  rmSync(outdir, { recursive: true });
  const resources: Record<string, Resource> = Resources;
  const ofType = (type: string) =>
    Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type === type));
  return {
    resources,
    outputs: Outputs,
    ofType,
    idOf(type, prefix) {
      const ids = Object.keys(ofType(type)).filter((id) => id.startsWith(prefix));
      if (ids.length !== 1) throw new Error(`${ids.length} ${type} begin with ${prefix}: ${ids}`);
      return ids[0] as string;
    },
  };
}
