// A local host in a process of its own, so that a test can kill it: `host-process.ts TEMPLATE STATE`.
import { startLocalHost } from '../infra/local/host.ts';

const [template = '', stateDir = ''] = process.argv.slice(2);
const { url, outputs } = await startLocalHost({
  template,
  stateDir,
  timeScale: 0.001,
  env: { MAX_ALERT_AGE_DAYS: 'off', MAX_MESSAGES_PER_SECOND: '1000', MAX_ALERTS_PER_RULE: '1000' },
  onLog: ({ line }) => process.send?.({ line }),
});
process.send?.({ url, outputs });
