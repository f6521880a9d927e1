import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the bundles come to lie, one folder a function: inside the cloud assembly that is being made, so that two syntheses
 * at a time (a test beside a deployment) never ship each other's half-written code.
 */
export function bundlesFolder(): string {
  const assembly = process.env['CDK_OUTDIR'];
  return join(assembly ?? fileURLToPath(new URL('../cdk.out', import.meta.url)), 'bundles');
}

/** Each function's entry points, by the name they get in its bundle; the one of the function's own name is the handler. */
export const FUNCTIONS = {
  ingest: { ingest: 'functions/ingest.ts', 'isolate-child': 'shared/node/isolate-child.ts' },
  relay: { relay: 'functions/relay.ts' },
  digest: { digest: 'functions/digest.ts' },
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

/** The folder of a function's bundle. */
export function bundleOf(name: FunctionName): string {
  return join(bundlesFolder(), name);
}
