import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const RASID = fileURLToPath(new URL('../cli/rasid.js', import.meta.url));

/** As on a machine that knows nothing of AWS. */
async function fail(env: Record<string, string>, ...argv: string[]) {
  const bare = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env };
  return promisify(execFile)(process.execPath, [RASID, ...argv], { env: bare }).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

test.each([
  ['a region', {}, 'no AWS region: give --region, or set AWS_REGION'],
  [
    'credentials',
    { AWS_REGION: 'eu-central-1', AWS_EC2_METADATA_DISABLED: 'true' },
    'no AWS credentials: run aws configure, or set AWS_PROFILE',
  ],
])('without %s a command says what to do, and nothing else', async (_, env, says) => {
  expect(await fail(env, 'alerts', '--stack', 'Rasid-news-dev')).toEqual({
    code: 1,
    stderr: `rasid alerts: ${says}\n`,
  });
});
