import { startLocalHost } from '../../infra/local/host.ts';

// A host in a process of its own, for tests that kill it: `node --import tsx host-process.ts TEMPLATE STATE`.
const [template = '', stateDir = ''] = process.argv.slice(2);
const { url } = await startLocalHost({ template, stateDir });
process.stdout.write(`${url}\n`);
