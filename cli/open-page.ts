import { spawn } from 'node:child_process';

/** What opens an address, by system. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** Opens an address in the person's browser; where that cannot be done, the address on the screen must do. */
export function openPage(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? [];
  if (command === undefined) return;
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // There is no such program: a machine without a screen.
  opener.once('error', () => {});
  opener.unref();
}
