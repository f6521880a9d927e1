import type { Target } from '../../cli/target.ts';
import type { LocalHost } from '../../infra/local/host.ts';

/** The stack that runs in this process, as the commands speak to it. */
export function targetOf(host: LocalHost): Target {
  return {
    name: 'this machine',
    isLocal: true,
    client: {
      endpoint: host.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
    has: (name) => host.outputs[name] !== undefined,
    output: (name) => host.outputs[name] ?? '',
    idle: () => host.idle(),
    close: async () => {},
  };
}
